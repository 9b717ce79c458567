public import WeirCore

/// Makes valid credentials from the shapes of rules. The same seed makes the same ones.
public struct SpecimenMaker: Sendable {
  /// A run of open or wide length takes at most so many bytes more than its least.
  private static let mostSpareBytes = 24
  private static let mostTries = 10_000

  public let rules: [RuleDefinition]
  public var random: SplitMix64

  public init(rules: [RuleDefinition], seed: UInt64) {
    self.rules = rules
    random = SplitMix64(seed: seed)
  }

  /// One credential of the rule, in any of its forms, with what arms it.
  public mutating func specimen(of rule: RuleDefinition, length: RunLength = .any) -> Specimen {
    let forms = forms(of: rule)
    return specimen(of: rule, form: random.pick(forms), length: length)
  }

  /// One credential for each form of the rule.
  public mutating func specimenOfEachForm(
    of rule: RuleDefinition, length: RunLength = .any
  ) -> [Specimen] {
    forms(of: rule).map { specimen(of: rule, form: $0, length: length) }
  }

  /// One credential of the rule that has the id.
  public mutating func specimen(of id: String, length: RunLength = .any) -> Specimen {
    guard let rule = rules.first(where: { $0.id == id }) else {
      preconditionFailure("no rule \(id)")
    }
    return specimen(of: rule, length: length)
  }

  func forms(of rule: RuleDefinition) -> [Form] {
    guard let forms = try? rule.shape.forms(), !forms.isEmpty else {
      preconditionFailure("\(rule.id) has no form")
    }
    return forms
  }

  mutating func specimen(
    of rule: RuleDefinition, form: Form, length: RunLength
  ) -> Specimen {
    armed(unarmed(of: rule, form: form, length: length), by: rule)
  }

  /// A credential without the text that arms its rule.
  mutating func unarmed(of rule: RuleDefinition, form: Form, length: RunLength) -> Specimen {
    for _ in 0..<Self.mostTries {
      if let specimen = draw(rule, form: form, length: length) { return specimen }
    }
    fatalError("no valid example of \(rule.id) in \(Self.mostTries) tries")
  }

  /// - Returns: nil when chance made what a scan would drop.
  private mutating func draw(
    _ rule: RuleDefinition, form: Form, length: RunLength
  ) -> Specimen? {
    var elements = form.elements
    if form.tail == .jwt { elements.removeLast(4) }
    if case .phrase = form.tail { elements = [] }
    var bytes: [UInt8] = []
    var members: [ByteSet] = []
    var ends: [Int] = []
    for (index, element) in elements.enumerated() {
      let isLast = index == elements.count - 1 && form.tail == nil
      switch element {
      case .literal(let text, let isCaseless):
        bytes += isCaseless ? text.map { random.pick($0.cases) } : text
        members += text.map { ByteSet(isCaseless ? $0.cases : [$0]) }
      case .run(let alphabet, let min, let max):
        let count = count(min: min, max: max, length: length)
        bytes += run(alphabet, count: count, isLast: isLast)
        members += repeatElement(alphabet, count: count)
      }
      ends.append(bytes.count)
    }
    func range(_ name: String) -> Range<Int>? {
      form.names[name].map { span in
        let first = span.lowerBound == 0 ? 0 : ends[span.lowerBound - 1]
        return first..<(span.isEmpty ? first : ends[span.upperBound - 1])
      }
    }
    if let check = rule.check, form.tail == nil {
      let target = check.target.flatMap(range)
      let source =
        check.source == CheckExpression.head ? 0..<(target?.lowerBound ?? 0) : range(check.source)
      guard let source,
        fill(&bytes, members: members, check.kind, source: source, target: target)
      else { return nil }
    }
    switch form.tail {
    case .jwt: bytes += token()
    case .keyBlock: bytes = keyBlock(after: bytes)
    case .phrase(let kind): bytes = phrase(kind, length: length)
    case nil: break
    }
    let secret = range("secret") ?? 0..<bytes.count
    let specimen = Specimen(ruleID: rule.id, bytes: bytes, form: 0..<bytes.count, secret: secret)
    return isDropped(specimen, of: rule, form: form) ? nil : specimen
  }

  private mutating func count(min: Int, max: Int?, length: RunLength) -> Int {
    switch length {
    case .least: return min
    case .any:
      return min + random.below(Swift.min(max.map { $0 - min } ?? .max, Self.mostSpareBytes) + 1)
    case .greatest: return max ?? min + Self.mostSpareBytes
    case .pastHold:
      guard max == nil else { return min }
      return ShapeParser.greatestHoldBytes + random.below(1024)
    }
  }

  private mutating func run(_ alphabet: ByteSet, count: Int, isLast: Bool) -> [UInt8] {
    let members = isLast ? alphabet.subtracting(.rightEdges) : alphabet
    var bytes = random.bytes(members.bytes, count: count)
    // A last dot would be a sentence's.
    if isLast, let last = bytes.indices.last, bytes[last] == UInt8(ascii: ".") {
      let others = members.subtracting(ByteSet(".")).bytes
      if !others.isEmpty { bytes[last] = random.pick(others) }
    }
    return bytes
  }

  private func isDropped(_ specimen: Specimen, of rule: RuleDefinition, form: Form) -> Bool {
    guard form.tail == nil else { return false }
    let secret = specimen.bytes[specimen.secret]
    if secret.isEmpty { return true }
    if rule.isNotHex, secret.allSatisfy(Alphabet.named["hexmixed"]!.contains) { return true }
    let isQuoted = specimen.secret.upperBound < specimen.bytes.count
    if !isJudged(Array(secret), by: rule, quote: isQuoted ? specimen.bytes.last : nil) {
      return true
    }
    var prefixBytes = 0
    let span = form.names["secret"] ?? 0..<form.elements.count
    if case .literal(let text, _)? = form.elements[span].first { prefixBytes = text.count }
    return Array(secret).withUnsafeBytes { Placeholder.stands(for: $0, prefixBytes: prefixBytes) }
  }
}

extension UInt8 {
  /// The byte in lower and upper case, if it is a letter.
  var cases: [UInt8] {
    let isLetter = Alphabet.named["alpha"]!.contains(self)
    return isLetter ? [self | 0x20, self & ~0x20] : [self]
  }
}
