/// A text, what a replay and a scan say of it, and the questions an explanation asks.
struct ExplainedText {
  typealias Fact = Explanation.Fact
  typealias Step = Explanation.Step
  typealias Position = Explanation.Position

  let explainer: Explainer
  let view: View
  let watch: RuleWatch
  let findings: [Finding]
  private let caches: RunCaches
  private let lineStarts: [UInt64]

  private var tables: Tables { explainer.tables }

  /// A place to be told, and the forms that may stand there.
  struct Candidate {
    var start: UInt64
    var forms: [UInt16]
  }

  init(explainer: Explainer, view: View, watch: RuleWatch, findings: [Finding]) {
    self.explainer = explainer
    self.view = view
    self.watch = watch
    self.findings = findings
    caches = RunCaches(tables: explainer.tables)
    var starts: [UInt64] = [0]
    for (index, byte) in view[0..<view.end].enumerated() where byte == 0x0A {
      starts.append(UInt64(index) + 1)
    }
    lineStarts = starts
  }

  // MARK: Places

  /// So many of the places: those in findings of the rule, then the first of the others.
  func nearest(_ most: Int, of places: [Candidate]) -> [Candidate] {
    guard places.count > most else { return places }
    let own = findings.filter { $0.rule == explainer.rule }
    var next = 0
    var (inside, outside): ([Candidate], [Candidate]) = ([], [])
    for place in places {
      while next < own.count, own[next].end <= place.start { next += 1 }
      // Its form may begin before its secret does.
      let isNear = next < own.count && own[next].start < place.start + UInt64(tables.holdBytes)
      if isNear { inside.append(place) } else { outside.append(place) }
    }
    return Array((inside.prefix(most) + outside).prefix(most))
  }

  func anchoredPlaces() -> [Candidate] {
    var places: [Candidate] = []
    for anchor in watch.anchors.sorted(by: { $0.start < $1.start }) {
      if places.last?.start == anchor.start {
        places[places.count - 1].forms += anchor.forms
      } else {
        places.append(Candidate(start: anchor.start, forms: anchor.forms))
      }
    }
    return places
  }

  /// Where the scan tries the rule, and where its shape stands without being looked for; if neither, where it comes furthest.
  func armedPlaces(most: Int) -> [Candidate] {
    let all = explainer.forms.map(\.index)
    let first = all.reduce(ByteSet()) { $0.union(firstBytes(of: $1)) }
    var starts = Set(watch.armedStarts.filter { reach(of: all, at: $0) > 0 })
    var nearest: (start: UInt64, reach: UInt64)?
    var place = view.start
    while place < view.end, starts.count < most {
      defer { place += 1 }
      guard first.contains(view[place]) else { continue }
      let traces = all.compactMap { trace(of: $0, at: place) }
      if let end = traces.filter(\.stands).map(\.end).max() {
        starts.insert(place)
        // What begins inside is of no interest, save where the scan tries it.
        place = max(end, place + 1) - 1
      } else if let reach = traces.map({ $0.stop - place }).max(), reach > nearest?.reach ?? 0 {
        nearest = (place, reach)
      }
    }
    if starts.isEmpty, let nearest { starts = [nearest.start] }
    return starts.sorted().map { Candidate(start: $0, forms: all) }
  }

  private func reach(of forms: [UInt16], at start: UInt64) -> UInt64 {
    forms.compactMap { trace(of: $0, at: start).map { ($0.stands ? $0.end : $0.stop) - start } }
      .max() ?? 0
  }

  /// - Returns: nil where the form cannot begin.
  private func trace(of form: UInt16, at start: UInt64) -> FormTrace? {
    guard tables.contains(view[start], inSet: tables.forms[Int(form)].firstSet),
      !tables.forms[Int(form)].needsLeftEdge || !explainer.isArmed
        || Edge.isLeftEdge(start, in: view)
    else { return nil }
    return FormTrace(
      of: form, at: start, isWhole: true, caches: caches.runs, tables: tables, view: view)
  }

  private func firstBytes(of form: UInt16) -> ByteSet {
    tables.byteSet(tables.forms[Int(form)].firstSet)
  }

  func anchors() -> [Explanation.Anchor] {
    var anchors: [Explanation.Anchor] = []
    for (index, form) in explainer.forms {
      guard let literal = form.anchor, !anchors.contains(where: { $0.literal == literal }) else {
        continue
      }
      let count = watch.anchors.count { $0.forms.contains(index) }
      anchors.append(
        Explanation.Anchor(
          literal: literal, count: count,
          inOtherCase: count == 0 ? placeInAnyCase(of: literal) : nil))
    }
    return anchors
  }

  private func placeInAnyCase(of literal: [UInt8]) -> Position? {
    let bytes = view[0..<view.end]
    guard bytes.count >= literal.count else { return nil }
    let wanted = literal.map(\.lowercased)
    for start in 0...bytes.count - literal.count
    where bytes[start].lowercased == wanted[0]
      && bytes[start..<start + wanted.count].elementsEqual(wanted, by: { $0.lowercased == $1 })
    {
      return position(of: UInt64(start))
    }
    return nil
  }

  /// Findings of the rule that are encoded. How a form stands in what they decode to is not told.
  func encodedPlaces() -> [Explanation.Place] {
    findings.filter { $0.rule == explainer.rule && !$0.via.isEmpty }.map { finding in
      let start = position(of: finding.start)
      let report = Fact.reported(start, byteCount: finding.end - finding.start, as: .own)
      return Explanation.Place(
        position: start,
        steps: [Step(fact: .encoded(finding.via), holds: true), Step(fact: report, holds: true)],
        otherForms: 0)
    }
  }

  // MARK: A place

  /// All that is asked at a place, of the form that comes furthest.
  func place(_ candidate: Candidate) -> Explanation.Place {
    let start = candidate.start
    let tellings = candidate.forms.compactMap { form -> (steps: [Step], reach: UInt64)? in
      guard
        let written = explainer.forms.first(where: { $0.index == form })?.form,
        tables.contains(view[start], inSet: tables.forms[Int(form)].firstSet)
      else { return nil }
      let trace = FormTrace(
        of: form, at: start, isWhole: true, caches: caches.runs, tables: tables, view: view)
      let before = explainer.isArmed ? armingSteps(at: start) : anchorSteps(written, at: start)
      var steps = before + edgeSteps(form, at: start) + formSteps(trace, written)
      // What is not looked for is in no finding of the rule, whatever else it lies in.
      if !steps.dropLast().allSatisfy(\.holds), case .reported? = steps.last?.fact {
        steps.removeLast()
      }
      return (steps, trace.stands ? trace.end : trace.stop)
    }
    let best = tellings.max { a, b in
      let (isA, isB) = (a.steps.allSatisfy(\.holds), b.steps.allSatisfy(\.holds))
      return isA != isB ? isB : a.reach < b.reach
    }
    return Explanation.Place(
      position: position(of: start), steps: best?.steps ?? [],
      otherForms: max(candidate.forms.count - 1, 0))
  }

  private func anchorSteps(_ form: Form, at start: UInt64) -> [Step] {
    var steps = [Step(fact: .anchor(form.anchor ?? []), holds: true)]
    if form.elements.first?.isLiteral != true {
      steps.append(Step(fact: .outsideMask, holds: !isInMask(start)))
    }
    return steps
  }

  private func edgeSteps(_ form: UInt16, at start: UInt64) -> [Step] {
    guard tables.forms[Int(form)].needsLeftEdge else { return [] }
    return [
      Step(fact: .leftEdge(before: kind(before: start)), holds: Edge.isLeftEdge(start, in: view))
    ]
  }

  private func formSteps(_ trace: FormTrace, _ form: Form) -> [Step] {
    var steps: [Step] = []
    let stop = position(of: trace.stop)
    for (number, element) in form.elements.enumerated() {
      guard number <= trace.number else { break }
      let holds = number < trace.number || trace.ending == .opened
      if !holds, trace.ending != .fails { break }
      let from =
        number == 0
        ? trace.candidate.start
        : trace.candidate.start + UInt64(trace.candidate.elementEnds[number - 1])
      let to =
        number < trace.number
        ? trace.candidate.start + UInt64(trace.candidate.elementEnds[number])
        : holds ? trace.end : trace.stop
      steps.append(
        Step(
          fact: .element(
            element, at: position(of: from), count: to - from,
            stop: holds ? position(of: to) : stop, follows: kind(at: to)), holds: holds))
    }
    switch trace.ending {
    case .fails: return steps
    case .noEdge:
      return steps + [
        Step(fact: .rightEdge(stop: stop, follows: kind(at: trace.stop)), holds: false)
      ]
    case .mask: return steps + [Step(fact: .notBeforeMask(stop: stop), holds: false)]
    case .stands:
      if tables.forms[Int(trace.candidate.form)].edgeClass != FormRecord.noClass {
        steps.append(
          Step(
            fact: .rightEdge(stop: position(of: trace.end), follows: kind(at: trace.end)),
            holds: true))
      }
    case .opened: break
    }
    return steps + judgementSteps(trace, form)
  }

  private func judgementSteps(_ trace: FormTrace, _ form: Form) -> [Step] {
    let judgement = Judgement(of: trace, catalogue: explainer.catalogue, view: view)
    var steps: [Step] = []
    let flaws = judgement.flaws.map(Explanation.Flaw.init)
    if let tail = form.tail {
      let isOpened = !flaws.contains(where: \.isOfOpening)
      steps.append(Step(fact: .opening(tail), holds: isOpened))
    }
    for flaw in flaws where !flaw.isOfOpening {
      steps.append(Step(fact: .free(of: flaw), holds: false))
    }
    guard steps.allSatisfy(\.holds) else { return steps }
    let record = tables.forms[Int(trace.candidate.form)]
    let rule = tables.rules[explainer.rule]
    let isRefuted = judgement.check == .failed && rule.refutes
    if judgement.check != .none || record.check != nil {
      // What a failed check does, its confidence says.
      steps.append(
        Step(fact: .check(record.check, judgement.check, refutes: rule.refutes), holds: true))
    }
    let judged =
      isRefuted && explainer.policy.keepsRefuted ? rule.confidence : judgement.confidence
    let limit = explainer.policy.minConfidence
    steps.append(Step(fact: .confidence(judged, limit: limit), holds: judged >= limit))
    guard judged >= limit else { return steps }
    var secret = judgement.secret
    let around = findings.filter {
      $0.start <= secret.lowerBound && secret.upperBound <= $0.end
    }
    // What was decided by its opening goes on to the end of its finding.
    if trace.ending == .opened,
      let own = around.first(where: { $0.rule == explainer.rule && $0.start == secret.lowerBound })
    {
      secret = secret.lowerBound..<own.end
    }
    let report = report(of: secret, in: around)
    let at = position(of: secret.lowerBound)
    steps.append(
      Step(
        fact: .reported(at, byteCount: UInt64(secret.count), as: report), holds: report.isOwn))
    return steps
  }

  private func report(of secret: Range<UInt64>, in around: [Finding]) -> Explanation.Report {
    func isSame(_ finding: Finding) -> Bool {
      finding.start == secret.lowerBound && finding.end == secret.upperBound
    }
    let own = around.filter { $0.rule == explainer.rule }
    if own.contains(where: isSame) { return .own }
    if !own.isEmpty {
      return tables.rules[explainer.rule].specificity == .provider ? .namesWider : .insideOwn
    }
    guard let other = around.first else { return .unknown }
    let id = explainer.catalogue.ruleID(other.rule)
    let isSame = isSame(other)
    let specificity = tables.rules[explainer.rule].specificity
    if isSame, tables.rules[other.rule].specificity.rawValue < specificity.rawValue {
      return .named(rule: id)
    }
    return .inside(rule: id, isSame: isSame)
  }

  // MARK: Bytes

  func position(of offset: UInt64) -> Position {
    var low = 0
    var high = lineStarts.count
    while low + 1 < high {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return Position(
      offset: offset, line: UInt64(low) + 1, column: offset - lineStarts[low] + 1)
  }

  func kind(before offset: UInt64) -> ByteKind {
    offset > 0 ? ByteKind(view[offset - 1]) : .none
  }

  func kind(at offset: UInt64) -> ByteKind {
    offset < view.end ? ByteKind(view[offset]) : .none
  }

  /// It begins in the head of a mask, or in what follows it without a break.
  private func isInMask(_ start: UInt64) -> Bool {
    var tail = MaskTail()
    for head in watch.maskHeads where head <= start { tail.begin(at: head, in: view) }
    return tail.reaches(start, in: view)
  }
}

extension Explanation.Report {
  /// The finding carries this rule's name.
  var isOwn: Bool {
    switch self {
    // The scan is believed, and the contradiction shown.
    case .own, .namesWider, .insideOwn, .unknown: true
    case .inside, .named: false
    }
  }
}

extension Explanation.Flaw {
  /// What decides the form is not there.
  fileprivate var isOfOpening: Bool {
    self == .noTokenHeader || self == .noKeyBody || self == .noPhrase
  }

  init(_ flaw: Judgement.Flaw) {
    self =
      switch flaw {
      case .noTokenHeader: .noTokenHeader
      case .sampleToken: .sampleToken
      case .noKeyBody: .noKeyBody
      case .monotonousKey: .monotonousKey
      case .mask: .mask
      case .empty: .emptySecret
      case .hex: .hex
      case .judged: .judged
      case .noPhrase: .noPhrase
      case .placeholder(let kind): .placeholder(kind)
      }
  }
}

extension Form {
  /// The literal by which it is looked for: its first, or of a form that begins with a run its longest.
  var anchor: [UInt8]? {
    let literals = elements.compactMap { element -> [UInt8]? in
      if case .literal(let bytes, _) = element { bytes } else { nil }
    }
    return elements.first?.isLiteral == true
      ? literals.first : literals.max { $0.count < $1.count }
  }
}
