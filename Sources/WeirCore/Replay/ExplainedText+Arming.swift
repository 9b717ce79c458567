// What makes a scan look for an armed rule at a place: a cue, a name with one of the rule's words, a pair.
extension ExplainedText {
  typealias Arming = Explanation.Arming

  private var tables: Tables { explainer.tables }

  /// The steps of the way on which the rule is looked for here; if on none, those of all.
  func armingSteps(at start: UInt64) -> [Step] {
    let ways = waysOfArming(at: start)
    return ways.first { $0.allSatisfy(\.holds) } ?? ways.flatMap(\.self)
  }

  private func waysOfArming(at start: UInt64) -> [[Step]] {
    var ways: [[Step]] = []
    if let named = explainer.named { ways.append(nameSteps(named, at: start)) }
    if let judge = tables.rules[explainer.rule].judge {
      ways.append(judgedSteps(judge, at: start))
    }
    for (index, zone) in tables.zones.enumerated() where explainer.owns(zone) {
      let isPair = zone.pairSource != ZoneRecord.noRule
      let source: Arming.Source =
        isPair
        ? .pair(explainer.catalogue.ruleID(Int(zone.pairSource))) : .cue(explainer.words)
      var steps = [arming(zone: index, as: source, at: start)]
      if zone.needsAssignment { steps.append(assignment(at: start)) }
      steps.append(apart(zone, at: start))
      ways.append(steps)
    }
    return ways
  }

  private func nameSteps(_ named: Int, at start: UInt64) -> [Step] {
    guard let zone = tables.zones.firstIndex(where: \.isOfNames) else { return [] }
    return [
      arming(zone: zone, as: .name, at: start), assignment(at: start), word(named, at: start),
    ]
  }

  private func judgedSteps(_ judge: CredentialKind, at start: UInt64) -> [Step] {
    guard let zone = tables.zones.firstIndex(where: \.isOfNames) else { return [] }
    let holds = CredentialName(before: start, in: view)?.kind == judge
    return [
      arming(zone: zone, as: .name, at: start), assignment(at: start),
      Step(fact: .nameOf(judge), holds: holds),
    ]
  }

  private func assignment(at start: UInt64) -> Step {
    Step(fact: .assigned, holds: Edge.isAssigned(start, in: view))
  }

  /// "The byte before is none that a form of the rule may begin with, or an escape ends there."
  private func apart(_ zone: ZoneRecord, at start: UInt64) -> Step {
    let holds =
      start > 0
      && (!zone.firstBytes(sets: tables.sets).contains(view[start - 1])
        || Edge.endsEscape(start, in: view))
    return Step(fact: .apart(before: kind(before: start)), holds: holds)
  }

  private func arming(zone: Int, as source: Arming.Source, at start: UInt64) -> Step {
    let record = tables.zones[zone]
    let arms = watch.arms.filter { $0.zone == zone }
    var arming = Arming(
      source: source, withinBytes: Int(record.withinBytes), reach: .missing, word: nil, end: nil)
    let before = arms.filter { $0.end <= start }
    let reaching = before.last { reach(from: $0.end, of: record, to: start) == .reaches }
    if let nearest = reaching ?? before.last {
      arming.reach = reach(from: nearest.end, of: record, to: start)
      arming.word = word(of: nearest.signature)
      arming.end = position(of: nearest.end)
    } else if let next = arms.first {
      arming.reach = .behind
      arming.word = word(of: next.signature)
      arming.end = position(of: next.end)
    }
    return Step(fact: .armed(arming), holds: arming.reach == .reaches)
  }

  private func reach(from end: UInt64, of zone: ZoneRecord, to start: UInt64) -> Arming.Reach {
    if zone.isOfOneLine, view[end..<start].contains(0x0A) { return .otherLine }
    if watch.maskHeads.contains(where: { end < $0 && $0 <= start }) { return .mask }
    return start - end < UInt64(zone.withinBytes) ? .reaches : .tooFar(byteCount: start - end)
  }

  /// The cue or noun that a signature stands for.
  private func word(of signature: Int?) -> String? {
    guard let signature else { return nil }
    switch explainer.cues.words[signature] {
    case .cue(let word)?, .noun(let word)?: return word
    case nil: return nil
    }
  }

  // MARK: Words

  private func word(_ named: Int, at start: UInt64) -> Step {
    let within = Int(tables.named[named].withinBytes)
    var word = Explanation.Word(
      words: explainer.words, withinBytes: within, found: nil, start: nil, distanceBytes: 0)
    let holds = speaks(named, before: start)
    if let nearest = nearestWord(before: start, within: holds ? UInt64(within) : .max) {
      word.found = nearest.word
      word.start = position(of: nearest.range.lowerBound)
      word.distanceBytes = start - nearest.range.upperBound
    }
    return Step(fact: .word(word), holds: holds)
  }

  /// A word of the rule stands before the place, as the scan finds it.
  private func speaks(_ named: Int, before start: UInt64) -> Bool {
    var tail = MaskTail()
    for head in watch.maskHeads where head <= start { tail.begin(at: head, in: view) }
    var words = NameWords(tables: tables)
    var isSpoken = false
    words.forEachRule(before: start, from: tail.floor(before: start, in: view), in: view) {
      if Int($0) == named { isSpoken = true }
    }
    return isSpoken
  }

  /// The nearest spelling of a word on the line, whether it counts there or not.
  private func nearestWord(
    before start: UInt64, within reach: UInt64
  ) -> (word: String, range: Range<UInt64>)? {
    let spellings = explainer.words.flatMap { word in
      (NameTree.spellings(of: word) ?? []).map { (word, $0) }
    }
    var place = start
    while place > 0, view[place - 1] != 0x0A, start - place < 1024 {
      place -= 1
      for (word, spelling) in spellings where stands(spelling, at: place, before: start) {
        let end = place + UInt64(spelling.count)
        if start - end < reach { return (word, place..<end) }
      }
    }
    return nil
  }

  private func stands(_ spelling: [UInt8], at place: UInt64, before end: UInt64) -> Bool {
    guard place + UInt64(spelling.count) <= end else { return false }
    return spelling.indices.allSatisfy { index in
      let byte = view[place + UInt64(index)]
      return spelling[index] == NameTree.separator
        ? NameWords.separators.contains(byte) : byte.lowercased == spelling[index]
    }
  }
}
