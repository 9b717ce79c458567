public import WeirCore

// What comes close and is none.
extension SpecimenMaker {
  /// In no alphabet of a credential.
  private static let foreignByte: UInt8 = 0x02
  private static let mostTries = 1000

  /// Near misses of the rule, those that its shape allows. The rule must report none; another rule
  /// may.
  public mutating func nearMisses(of rule: RuleDefinition) -> [NearMiss] {
    let forms = forms(of: rule)
    return forms.flatMap { nearMisses(of: rule, form: $0, among: forms) }
  }

  private mutating func nearMisses(
    of rule: RuleDefinition, form: Form, among forms: [Form]
  ) -> [NearMiss] {
    var result: [NearMiss] = []
    func add(_ bytes: [UInt8], _ why: NearMiss.Reason) {
      result.append(NearMiss(ruleID: rule.id, bytes: bytes, why: why))
    }
    // Of a longer form a part may be another form, and a finding.
    let isShortest = forms.allSatisfy { $0.leastWidthBytes >= form.leastWidthBytes }
    let mayBeLonger = forms.contains { $0 != form && $0.allows(form.leastWidthBytes + 1) }
    if !rule.isArmed, isShortest, !mayBeLonger,
      forms.allSatisfy({ !$0.firstBytes.isDisjoint(with: .word) })
    {
      let whole = unarmed(of: rule, form: form, length: .least)
      add([UInt8(ascii: "x")] + whole.bytes, .gluedToWord)
    }
    if rule.isArmed, !form.firstBytes.isSubset(of: ByteSet("-")) {
      add([0x0A] + unarmed(of: rule, form: form, length: .least).bytes + [0x0A], .unarmed)
    }
    switch form.tail {
    case .jwt where form.elements.count == 4:
      add(token(header: #"{"typ":"JWT","alg":"none"}"#), .unsigned)
    case .keyBlock:
      var opening: [UInt8] = []
      for case .literal(let bytes, _) in form.elements { opening += bytes }
      add(keyBlock(after: opening, bodyBytes: 63), .shortBody)
    case .phrase(let kind):
      for miss in phraseNearMisses(kind) {
        add(armed(Specimen(miss.bytes, of: rule), by: rule).bytes, miss.why)
      }
    case .jwt, nil: break
    }
    guard form.tail == nil else { return result }
    let specimen = specimen(of: rule, form: form, length: .least)
    if rule.refutes, let wrong = withWrongChecksum(specimen, of: rule, form: form) {
      add(wrong, .wrongChecksum)
    }
    let count = specimen.form.count
    if case .run(let alphabet, let min, let max)? = form.elements.last {
      if isShortest, !forms.contains(where: { $0.allows(count - 1) }) {
        var short = specimen.bytes
        short.remove(at: specimen.form.upperBound - 1)
        add(short, .oneByteShort)
      }
      if min == max, !forms.contains(where: { $0.allows(count + 1) }) {
        var long = specimen.bytes
        let members = alphabet.subtracting(.rightEdges).subtracting(ByteSet(".")).bytes
        long.insert(random.pick(members), at: specimen.form.upperBound)
        add(long, .oneByteLong)
      }
    }
    if let place = form.placeInLongestRun, place < forms.leastWidthBytes,
      !rule.isArmed || count - place - 1 < forms.leastWidthBytes
    {
      var foreign = specimen.bytes
      foreign[specimen.form.lowerBound + place] = Self.foreignByte
      add(foreign, .wrongByte)
    }
    return result
  }

  /// Specimens of the rule's forms with one character of the checksum changed.
  public mutating func specimensWithWrongChecksum(of rule: RuleDefinition) -> [Specimen] {
    forms(of: rule).compactMap { form in
      var specimen = specimen(of: rule, form: form, length: .least)
      guard let bytes = withWrongChecksum(specimen, of: rule, form: form) else { return nil }
      specimen.bytes = bytes
      return specimen
    }
  }

  private mutating func withWrongChecksum(
    _ specimen: Specimen, of rule: RuleDefinition, form: Form
  ) -> [UInt8]? {
    guard let check = rule.check, let span = form.names[check.target ?? check.source],
      let last = form.elements[span].lastIndex(where: { !$0.isLiteral }),
      case .run(let alphabet, let width, _) = form.elements[last], width > 1
    else { return nil }
    // With the least lengths each element's place is known. The last character may hold bits that count for nothing.
    let start = form.elements[..<last].reduce(0) { $0 + $1.leastWidthBytes }
    let base = specimen.form.lowerBound
    let source = range(of: check.source, in: form, target: check.target)
    let target = range(of: check.target ?? check.source, in: form, target: check.target)
    for _ in 0..<Self.mostTries {
      // Some may be changed without harm: letters of a text, the random bytes behind a number.
      let place = base + start + random.below(width)
      var bytes = specimen.bytes
      let others = alphabet.subtracting(.rightEdges).subtracting(ByteSet([bytes[place]])).bytes
      bytes[place] = random.pick(others)
      let text = bytes[base...]
      let outcome = Array(text[(base + source.lowerBound)..<(base + source.upperBound)])
        .withUnsafeBytes { source in
          Array(text[(base + target.lowerBound)..<(base + target.upperBound)]).withUnsafeBytes {
            Check.outcome(of: check.kind, source, $0)
          }
        }
      if outcome == .failed { return bytes }
    }
    return nil
  }

  /// Where a segment of a form with the least lengths is, or `head`.
  private func range(of name: String, in form: Form, target: String?) -> Range<Int> {
    func offset(_ element: Int) -> Int {
      form.elements[..<element].reduce(0) { $0 + $1.leastWidthBytes }
    }
    if name == CheckExpression.head { return 0..<offset(form.names[target!]!.lowerBound) }
    let span = form.names[name]!
    return offset(span.lowerBound)..<offset(span.upperBound)
  }
}

extension Form.Element {
  fileprivate var isLiteral: Bool {
    if case .literal = self { true } else { false }
  }

  fileprivate var leastWidthBytes: Int {
    switch self {
    case .literal(let bytes, _): bytes.count
    case .run(_, let min, _): min
    }
  }
}

extension Form {
  fileprivate var leastWidthBytes: Int { elements.reduce(0) { $0 + $1.leastWidthBytes } }

  /// A form may be so many bytes wide.
  fileprivate func allows(_ count: Int) -> Bool {
    count >= leastWidthBytes && count <= greatestWidthBytes ?? .max
  }

  /// The middle of its longest run, all runs being as short as may be.
  fileprivate var placeInLongestRun: Int? {
    var offset = 0
    var best: (length: Int, place: Int)?
    for element in elements {
      if case .run(_, let min, _) = element, min > best?.length ?? 0 {
        best = (min, offset + min / 2)
      }
      offset += element.leastWidthBytes
    }
    return best?.place
  }
}

extension [Form] {
  fileprivate var leastWidthBytes: Int { map(\.leastWidthBytes).min() ?? 0 }
}
