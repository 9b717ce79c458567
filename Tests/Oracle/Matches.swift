internal import WeirCore

/// A match that was not dropped.
struct Match {
  var rule: Int
  var secret: Range<Int>
  var check: CheckOutcome
  var confidence: Confidence
}

extension Oracle {
  /// Everything that stands in the text, and of that what is kept.
  func keptMatches(in text: [UInt8]) -> [Match] {
    rules.indices.flatMap { rule in
      readings(of: rule, in: text).compactMap {
        keep($0.reading, of: rule, as: $0.writing, in: text)
      }
    }
  }

  /// "Where forms are looked for."
  private func readings(
    of rule: Int, in text: [UInt8]
  ) -> [(reading: Reading, writing: Writing)] {
    var result: [(reading: Reading, writing: Writing)] = []
    let zones = rules[rule].isArmed ? zones(of: rule, in: text) : []
    // "The byte before `p` is none that a form of the rule may begin with."
    let anyFirst = writings[rule].reduce(ByteSet()) { $0.union($1.firstBytes) }
    for writing in writings[rule] {
      let first = writing.firstBytes
      let needsEdge = !first.isDisjoint(with: .word)
      for place in text.indices where first.contains(text[place]) {
        if needsEdge, !LeftEdge.isEdge(text, place) { continue }
        if rules[rule].isArmed {
          guard place > 0,
            !anyFirst.contains(text[place - 1]) || LeftEdge.endsEscape(text, place),
            zones.contains(where: { $0.has(place, in: text) })
          else { continue }
        }
        if let reading = writing.read(text, at: place, holdBytes: holdBytes) {
          result.append((reading, writing))
        }
      }
    }
    return result
  }

  /// "A cue, context or pair" of the rule, wherever there is one.
  private func zones(of rule: Int, in text: [UInt8]) -> [ZoneReading] {
    let definition = rules[rule]
    var result: [ZoneReading] = []
    for word in definition.context + definition.cue {
      for start in text.indices where Cue.stands(word, in: text, at: start) {
        let end = start + word.utf8.count
        if Mask.reaches(start, in: text) { continue }
        result.append(
          ZoneReading(
            end: end, withinBytes: definition.withinBytes, isOfOneLine: true,
            needsAssignment: !definition.context.isEmpty, text: text))
      }
    }
    if let pair = definition.pair, let other = rules.firstIndex(where: { $0.id == pair }) {
      // "A match of the other rule that holds no mask."
      for match in readings(of: other, in: text)
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
  private func keep(
    _ reading: Reading, of rule: Int, as writing: Writing, in text: [UInt8]
  ) -> Match? {
    let definition = rules[rule]
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
    let isRefuted = check == .failed && definition.refutes
    let confidence = isRefuted ? .low : definition.confidence
    guard confidence >= policy.minConfidence || isRefuted && policy.keepsRefuted else { return nil }
    return Match(rule: rule, secret: secret, check: check, confidence: confidence)
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
