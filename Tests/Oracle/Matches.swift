internal import WeirCore

/// A match that was not dropped.
struct Match {
  var rule: Int
  var secret: Range<Int>
  var check: CheckOutcome
  var confidence: Confidence
  var via: [Coding] = []
}

extension Oracle {
  /// Everything that stands in the text, and of that what is kept.
  func keptMatches(in text: [UInt8]) -> [Match] {
    let isNamed = rules.contains { !$0.context.isEmpty || $0.judge != nil }
    let values = isNamed ? names.values(in: text) : []
    let parts = Parts(of: text)
    let plain = rules.indices.flatMap { rule in
      readings(of: rule, in: text, values: values, parts: parts).compactMap {
        keep($0.reading, of: rule, as: $0.writing, in: text)
      }
    }
    return plain + encodedMatches(in: text)
  }

  /// "Where forms are looked for."
  private func readings(
    of rule: Int, in text: [UInt8], values: [Int], parts: Parts
  ) -> [(reading: Reading, writing: Writing)] {
    var result: [(reading: Reading, writing: Writing)] = []
    let definition = rules[rule]
    let zones = definition.isArmed ? zones(of: rule, in: text, parts: parts) : []
    // Most words are in no text.
    let words = values.isEmpty ? [] : contexts[rule].filter { $0.allSatisfy(parts.mayHold) }
    let named = Set(
      values.filter { value in
        if let judge = definition.judge {
          // "If the name before `p` is of the rule's kind."
          return Self.name(before: value, in: text)?.kind == judge
        }
        return Names.hasWord(words, before: value, within: definition.withinBytes, in: text)
      })
    if definition.isArmed, zones.isEmpty, named.isEmpty { return [] }
    // "The byte before `p` is none that a form of the rule may begin with."
    let anyFirst =
      definition.isArmed ? writings[rule].reduce(ByteSet()) { $0.union($1.firstBytes) } : ByteSet()
    for (writing, literal) in zip(writings[rule], literals[rule]) {
      // Most rules have nothing to do with most texts.
      if !parts.mayHold(literal) { continue }
      let first = writing.firstBytes
      let needsEdge = !first.isDisjoint(with: .word)
      for place in text.indices where first.contains(text[place]) {
        if needsEdge, !parts.isLeftEdge[place] { continue }
        if definition.isArmed {
          let isArmed =
            place > 0 && (!anyFirst.contains(text[place - 1]) || parts.endsEscape[place])
            && zones.contains { $0.has(place, in: text) }
          guard named.contains(place) || isArmed else { continue }
          // "A phrase begins with its first word, or with the first behind a cue."
          if let kind = writing.phrase,
            let floor = zones.filter({ $0.has(place, in: text) }).map(\.end).max(),
            PhraseText.isJoined(text, place, kind: kind, floor: floor)
          {
            continue
          }
        }
        // "A form that begins with a run does not begin in a mask."
        if !definition.isArmed, writing.beginsWithRun, Mask.reaches(place, in: text) { continue }
        if let reading = writing.read(text, at: place, holdBytes: holdBytes) {
          result.append((reading, writing))
        }
      }
    }
    return result
  }

  /// "A cue, context or pair" of the rule, wherever there is one.
  private func zones(of rule: Int, in text: [UInt8], parts: Parts) -> [ZoneReading] {
    let definition = rules[rule]
    var result: [ZoneReading] = []
    for word in definition.cue {
      for start in text.indices where Cue.stands(word, in: text, at: start) {
        let end = start + word.utf8.count
        if Mask.reaches(start, in: text) { continue }
        result.append(
          ZoneReading(
            end: end, withinBytes: definition.withinBytes,
            isOfOneLine: !definition.crossesLines, needsAssignment: definition.isAssigned,
            text: text))
      }
    }
    if let pair = definition.pair, let other = rules.firstIndex(where: { $0.id == pair }) {
      // "A match of the other rule that holds no mask."
      for match in readings(of: other, in: text, values: [], parts: parts)
      where match.reading.openingEnd == nil
        && !Mask.isContained(in: text, match.reading.start..<match.reading.end)
      {
        result.append(
          ZoneReading(
            end: match.reading.end, withinBytes: definition.withinBytes, isOfOneLine: false,
            needsAssignment: false, text: text))
      }
    }
    return result
  }

  /// "What is kept."
  func keep(
    _ reading: Reading, of rule: Int, as writing: Writing, in text: [UInt8]
  ) -> Match? {
    let definition = rules[rule]
    // "So is every match of a rule that is not asked for."
    guard reportedIDs.contains(definition.id) else { return nil }
    let opening = reading.openingEnd ?? reading.end
    if Mask.isContained(in: text, reading.start..<opening) { return nil }
    let secret = reading.segments["secret"] ?? reading.start..<reading.end
    if secret.isEmpty { return nil }
    var check = CheckOutcome.none
    switch reading.tail {
    case .jwt:
      guard Array(text[reading.tokenHeader]).withUnsafeBytes(TokenHeader.isValid),
        !Array(text[reading.tokenPayload]).withUnsafeBytes(Placeholder.isSampleToken)
      else { return nil }
      check = .valid
    case .keyBlock:
      // "Of a key block also when one begins there."
      if Mask.begins(in: text, reading.start..<opening) { return nil }
      if Array(text[reading.keyBody]).withUnsafeBytes(Placeholder.isMonotonous) { return nil }
      check = reading.isKey ? .valid : .none
    case .phrase: check = .valid
    case nil:
      let known = Array(text[secret.lowerBound..<min(secret.upperBound, opening)])
      let prefixBytes = writing.secretPrefixBytes
      let isPlaceholder = known.withUnsafeBytes {
        Placeholder.stands(for: $0, prefixBytes: prefixBytes)
      }
      if isPlaceholder { return nil }
      if definition.isNotHex, known.allSatisfy(Alphabet.named["hexmixed"]!.contains) { return nil }
      if reading.openingEnd == nil, let expression = definition.check {
        check = outcome(of: expression, reading, in: text)
      }
    }
    var sureness = definition.confidence
    if definition.judge != nil {
      // "The judge says how sure."
      let next = secret.upperBound < text.count ? text[secret.upperBound] : nil
      guard let name = Self.name(before: reading.start, in: text),
        let verdict = Array(text[secret]).withUnsafeBytes({
          Judge.confidence(
            of: $0, named: name, next: next, isClosed: secret.upperBound < reading.end)
        })
      else { return nil }
      sureness = min(sureness, verdict)
    }
    let isRefuted = check == .failed && definition.refutes
    let confidence = isRefuted ? .low : sureness
    // "`redact` takes a refuted match for as sure as its rule."
    let judged = policy.keepsRefuted ? sureness : confidence
    guard judged >= policy.minConfidence else { return nil }
    return Match(rule: rule, secret: secret, check: check, confidence: confidence)
  }

  private static func name(before place: Int, in text: [UInt8]) -> CredentialName? {
    Array(text[max(0, place - CredentialName.lookBehindBytes)..<place]).withUnsafeBytes {
      CredentialName(before: $0)
    }
  }

  private func outcome(
    of check: CheckExpression, _ reading: Reading, in text: [UInt8]
  ) -> CheckOutcome {
    let target = check.target.flatMap { reading.segments[$0] } ?? 0..<0
    let source =
      check.source == CheckExpression.head
      ? reading.start..<target.lowerBound : reading.segments[check.source]!
    return Checksums.outcome(of: check.kind, Array(text[source]), Array(text[target]))
  }
}

/// What is asked of a text again and again: its rows of three bytes in small letters, which tell quickly what is not in it, and its left edges.
private struct Parts {
  private var rows: Set<UInt32> = []
  let isLeftEdge: [Bool]
  let endsEscape: [Bool]

  init(of text: [UInt8]) {
    isLeftEdge = text.indices.map { LeftEdge.isEdge(text, $0) }
    endsEscape = text.indices.map { LeftEdge.endsEscape(text, $0) }
    rows.reserveCapacity(text.count)
    for start in text.indices.dropLast(2) { rows.insert(Self.row(text[start..<start + 3])) }
  }

  /// - Parameter word: in small letters.
  func mayHold(_ word: [UInt8]) -> Bool {
    word.indices.dropLast(2).allSatisfy { rows.contains(Self.row(word[$0..<$0 + 3])) }
  }

  private static func row(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    bytes.reduce(0) { $0 << 8 | UInt32(lowerCase($1)) }
  }
}
