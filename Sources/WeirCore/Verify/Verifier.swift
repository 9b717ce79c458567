/// Keeps the candidates: opens one where a signature or a zone says so, runs it as far as the bytes go, and hands over what is accepted.
///
/// The open ones are bounded by the shapes: at most one for each form and start, and a held form is at most 4,096 bytes wide.
struct Verifier: ~Copyable {
  private let tables: Tables
  private let policy: Policy
  private let caches: UnsafeMutablePointer<RunCache>
  private var open: [Candidate] = []
  private var openings: [KeyBlockOpening] = []
  private var swallows: [Swallow] = []
  private var zones: Zones
  private var serial: UInt64 = 0
  private var maskTail = MaskTail()

  init(catalogue: Catalogue, policy: Policy) {
    tables = catalogue.tables
    self.policy = policy
    caches = .allocate(capacity: tables.cacheCount)
    caches.initialize(repeating: RunCache(), count: tables.cacheCount)
    zones = Zones(catalogue: catalogue)
    open.reserveCapacity(64)
  }

  deinit {
    caches.deallocate()
  }

  /// The least offset that an open candidate holds; `UInt64.max` when none holds any.
  var hold: UInt64 {
    var least = UInt64.max
    for candidate in open {
      if let start = candidate.secretStart { least = min(least, start) }
    }
    for opening in openings { least = min(least, opening.candidate.start) }
    return least
  }

  /// Goes on with what waited for more bytes. To be called first after bytes came.
  mutating func resume(in view: View, decider: inout Decider) {
    if !swallows.isEmpty {
      for swallow in swallows { advance(swallow, in: view, decider: &decider) }
      swallows.removeAll { $0.isAtEnd }
    }
    if !open.isEmpty {
      let waiting = open
      open.removeAll(keepingCapacity: true)
      for candidate in waiting { run(candidate, in: view, decider: &decider) }
    }
    if !openings.isEmpty {
      let waiting = openings
      openings.removeAll(keepingCapacity: true)
      for opening in waiting { run(opening, in: view, decider: &decider) }
    }
  }

  /// A signature ends at `end`.
  mutating func begin(
    signature index: Int, end: UInt64, in view: View, decider: inout Decider
  ) {
    let signature = tables.signatures[index]
    let start = end - UInt64(signature.widthBytes)
    if signature.targetCount == 0 {
      maskTail.begin(at: end, in: view)
      return
    }
    let targets = signature.firstTarget..<signature.firstTarget + signature.targetCount
    if signature.isCue {
      arm(targets, from: start, at: end, in: view, decider: &decider)
      return
    }
    for target in targets {
      let index = tables.targets[Int(target)]
      let form = tables.form(at: index)
      if FormMatcher.isRefused(form, at: start, caches: caches, tables: tables, view: view) {
        continue
      }
      open(index, at: start, in: view, decider: &decider)
    }
  }

  /// A form that the dry run did not refuse.
  @inline(never)
  private mutating func open(
    _ form: UInt16, at start: UInt64, in view: View, decider: inout Decider
  ) {
    if isSwallowed(form, at: start) { return }
    if tables.form(at: form).pointee.needsLeftEdge, !Edge.isLeftEdge(start, in: view) { return }
    run(Candidate(form: form, start: start, tables: tables), in: view, decider: &decider)
  }

  /// A cue stands at `[start, end)`.
  @inline(never)
  private mutating func arm(
    _ targets: Range<UInt16>, from start: UInt64, at end: UInt64, in view: View,
    decider: inout Decider
  ) {
    if maskTail.reaches(start, in: view) { return }
    // All that can arm a zone before this has.
    searchZones(below: end, in: view, decider: &decider)
    for target in targets {
      arm(zone: Int(tables.targets[Int(target)]), at: end, in: view, decider: &decider)
    }
  }

  /// Looks through the zones as far as the bytes go. To be called after the last signature.
  mutating func searchZones(in view: View, decider: inout Decider) {
    searchZones(below: view.end, in: view, decider: &decider)
    maskTail.follow(to: view.end, in: view)
  }

  private mutating func searchZones(below limit: UInt64, in view: View, decider: inout Decider) {
    while let start = zones.nextStart(below: limit, in: view) {
      var edges = StartEdges()
      for place in 0..<zones.activeCount {
        let zone = zones.activeZone(place)
        guard zone.pointee.firsts & start.firsts != 0, zone.pointee.from <= start.offset else {
          continue
        }
        begin(zone, at: start.offset, edges: &edges, in: view, decider: &decider)
      }
    }
  }

  private mutating func arm(
    zone index: Int, at offset: UInt64, in view: View, decider: inout Decider
  ) {
    if zones.walkNeeded(toArm: index, at: offset) {
      searchZones(below: min(offset, view.end), in: view, decider: &decider)
    }
    guard var late = zones.arm(index, at: offset, in: view) else { return }
    var place = late.from
    while let start = zones.nextStart(in: &late, from: place, view: view) {
      var edges = StartEdges()
      withUnsafePointer(to: late) {
        begin($0, at: start, edges: &edges, in: view, decider: &decider)
      }
      place = start + 1
    }
    zones.join(late, to: index)
  }

  private mutating func begin(
    _ zone: UnsafePointer<Zone>, at start: UInt64, edges: inout StartEdges, in view: View,
    decider: inout Decider
  ) {
    let first = zone.pointee.record.firstForm
    for index in first..<first + zone.pointee.record.formCount {
      let form = tables.form(at: index)
      if FormMatcher.isRefused(form, at: start, caches: caches, tables: tables, view: view)
        || !tables.contains(view[start], inSet: form.pointee.firstSet)
        || form.pointee.needsLeftEdge && !edges.isLeftEdge(start, in: view)
        || zone.pointee.record.needsAssignment && !edges.isAssigned(start, in: view)
      {
        continue
      }
      run(Candidate(form: index, start: start, tables: tables), in: view, decider: &decider)
    }
  }

  /// What begins inside a run that its own form swallows ends with it: if its own open run begins in there too, and no pair waits for its end.
  private func isSwallowed(_ form: UInt16, at start: UInt64) -> Bool {
    guard !swallows.isEmpty else { return false }
    let record = tables.forms[Int(form)]
    guard !tables.rules[Int(record.rule)].isPairSource else { return false }
    // Where its last run begins, if that is certain.
    var runStart = start
    for number in 0..<Int(record.elementCount) - 1 {
      let element = tables.elements[Int(record.firstElement) + number]
      guard element.min == element.max else { return false }
      runStart += UInt64(element.min)
    }
    return swallows.contains {
      $0.form == form && $0.isOpenRun && start >= $0.runStart && runStart < $0.acceptedEnd
    }
  }

  /// The open run it has read into is one that its own form swallows already: it ends with it, and lies inside.
  ///
  /// Without this, all that were open when the first was decided would read the rest of the run, each for itself.
  private func isInSwallowedRun(_ candidate: Candidate) -> Bool {
    swallows.contains {
      $0.form == candidate.form && $0.isOpenRun && candidate.elementStart >= $0.runStart
        && candidate.elementStart < $0.acceptedEnd
    }
  }

  private mutating func run(_ candidate: Candidate, in view: View, decider: inout Decider) {
    var candidate = candidate
    switch FormMatcher.step(&candidate, caches: caches, tables: tables, view: view) {
    case .no: break
    case .needsMore: open.append(candidate)
    case .yes(let end): match(candidate, end: end, in: view, decider: &decider)
    case .opened(let end):
      if isInSwallowedRun(candidate) { return }
      if tables.forms[Int(candidate.form)].tail == .keyBlock {
        let block = KeyBlock(start: candidate.start, body: end)
        run(KeyBlockOpening(candidate: candidate, block: block), in: view, decider: &decider)
      } else {
        swallow(candidate, keyBlock: nil, opening: end, in: view, decider: &decider)
      }
    }
  }

  private mutating func run(_ opening: KeyBlockOpening, in view: View, decider: inout Decider) {
    var opening = opening
    if !opening.block.isOpened { opening.block.advance(in: view) }
    guard opening.block.isOpened else {
      if opening.block.phase != .ended { openings.append(opening) }
      return
    }
    let end = opening.block.acceptedEnd
    switch Edge.isInMask(end, in: view) {
    case .yes: break
    case .needsMore: openings.append(opening)
    case .no:
      swallow(opening.candidate, keyBlock: opening.block, opening: end, in: view, decider: &decider)
    }
  }

  /// The form stands from the candidate's start to `end`.
  private mutating func match(
    _ candidate: Candidate, end: UInt64, in view: View, decider: inout Decider
  ) {
    if containsMask(candidate.start..<end, in: view) { return }
    let form = tables.forms[Int(candidate.form)]
    if tables.rules[Int(form.rule)].isPairSource {
      for zone in 0..<zones.count where zones.isZone(zone, behind: form.rule) {
        arm(zone: zone, at: end, in: view, decider: &decider)
      }
    }
    let secret = candidate.range(form.secretBegin, form.secretEnd)
    guard !secret.isEmpty, !isPlaceholder(secret, form: form, in: view) else { return }
    let check = Check.outcome(of: candidate, form: form, in: view)
    accept(candidate, secret: secret, check: check, isGrowing: false, in: view, decider: &decider)
  }

  /// The opening of a form with a tail, or 4,096 bytes of an open run, stand.
  private mutating func swallow(
    _ candidate: Candidate, keyBlock: KeyBlock?, opening end: UInt64, in view: View,
    decider: inout Decider
  ) {
    let form = tables.forms[Int(candidate.form)]
    let secret = (candidate.secretStart ?? candidate.start)..<end
    guard !containsMask(candidate.start..<end, in: view) else { return }
    switch form.tail {
    case .jwt:
      let header = candidate.range(form.elementCount - 4, form.elementCount - 2)
      let payload = candidate.range(form.elementCount - 1, form.elementCount)
      guard TokenHeader.isValid(view[header]), !Placeholder.isSampleToken(payload: view[payload])
      else { return }
    case .keyBlock:
      guard let block = keyBlock,
        !Placeholder.isMonotonous(view[block.bodyStart..<block.bodyEnd])
      else { return }
    case .openRun, .none:
      guard !isPlaceholder(secret, form: form, in: view) else { return }
    }
    let check: CheckOutcome = form.tail == .jwt ? .valid : .none
    let isKept = accept(
      candidate, secret: secret, check: check, isGrowing: true, in: view, decider: &decider)
    guard isKept else { return }
    let element = tables.elements[Int(form.firstElement) + Int(form.elementCount) - 1]
    let swallow = Swallow(
      candidate: candidate, keyBlock: keyBlock, record: form, element: element, opening: end,
      serial: serial, fingerprint: policy.key.map(FingerprintState.init))
    advance(swallow, in: view, decider: &decider)
    if !swallow.isAtEnd { swallows.append(swallow) }
  }

  private func advance(_ swallow: Swallow, in view: View, decider: inout Decider) {
    swallow.advance(in: view, tables: tables)
    decider.grow(swallow)
  }

  @discardableResult
  private mutating func accept(
    _ candidate: Candidate, secret: Range<UInt64>, check: CheckOutcome, isGrowing: Bool,
    in view: View, decider: inout Decider
  ) -> Bool {
    let form = tables.forms[Int(candidate.form)]
    let rule = tables.rules[Int(form.rule)]
    let isRefuted = check == .failed && rule.refutes
    let confidence = isRefuted ? .low : rule.confidence
    guard confidence >= policy.minConfidence || isRefuted && policy.keepsRefuted else {
      return false
    }
    serial += 1
    decider.accept(
      form: candidate.form, record: form, specificity: rule.specificity, secret: secret,
      check: check, confidence: confidence, serial: serial, isGrowing: isGrowing, in: view)
    return true
  }

  private func isPlaceholder(_ secret: Range<UInt64>, form: FormRecord, in view: View) -> Bool {
    let bytes = view[secret]
    if form.isNotHex, bytes.allSatisfy(Edge.isHex) { return true }
    return Placeholder.stands(for: bytes, prefixBytes: Int(form.shownPrefixBytes))
  }

  /// Nothing that contains a mask is a finding: redaction must not make one.
  private func containsMask(_ range: Range<UInt64>, in view: View) -> Bool {
    let bytes = view[range]
    var index = MaskText.head.count - 1
    // A mask's head is found by its last byte.
    while index < bytes.count {
      if bytes[index] == MaskText.headLast,
        view.hasSuffix(MaskText.head, at: range.lowerBound + UInt64(index) + 1)
      {
        return true
      }
      index += 1
    }
    return false
  }
}
