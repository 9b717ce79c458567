internal import Hyperscan

/// What Hyperscan looks for on behalf of the rules.
struct LinePrefilter {
  private(set) var signatures: [RegexRules.Signature] = []
  /// By the rule's place, why Hyperscan is no help.
  private(set) var refused: [Int: String] = [:]
  private var expressions: [Expression] = []
  /// Bytes that no text has, so that there is always something to look for.
  private static let ballast = Expression("\\xC0\\xC1\\xC0\\xC1", [.once])

  init(_ rules: [RegexRule]) {
    for (place, rule) in rules.enumerated() {
      for keyword in rule.keywords {
        add(Expression(Self.quoted(keyword), [.once, .caseless]), .keyword(rule: place))
      }
      if let reason = Self.reasonAgainst(rule.pattern) {
        refused[place] = reason
      } else {
        add(Expression(rule.pattern.text, [.once, .prefilter]), .expression(rule: place))
      }
    }
    add(Self.ballast, .ballast)
  }

  private mutating func add(_ expression: Expression, _ signature: RegexRules.Signature) {
    expressions.append(expression)
    signatures.append(signature)
  }

  /// What Hyperscan takes otherwise than PCRE2.
  private static func reasonAgainst(_ pattern: Pattern) -> String? {
    if pattern.isOfCharacters { return "it sees characters, and Hyperscan bytes" }
    if pattern.text.utf8.contains(0) { return "it holds a NUL" }
    // From PCRE2 10.43 on this is a repetition.
    return pattern.text.contains("{,") ? "{,n} is not the same for Hyperscan" : nil
  }

  /// The bytes of a keyword, each as its number.
  private static func quoted(_ keyword: [UInt8]) -> String {
    keyword.map { byte in
      let digits = String(byte, radix: 16)
      return "\\x" + (digits.count == 1 ? "0" : "") + digits
    }.joined()
  }

  /// Leaves out what Hyperscan refuses.
  mutating func compile() throws(HyperscanError) -> Database {
    while true {
      do { return try Database(expressions) } catch {
        guard case .refused(let place, let reason) = error else { throw error }
        if signatures.indices.contains(place), case .expression(let rule) = signatures[place] {
          refused[rule] = "Hyperscan: \(reason)"
          expressions.remove(at: place)
          signatures.remove(at: place)
          continue
        }
        // It is too much together.
        guard signatures.contains(where: \.isExpression) else { throw error }
        for case .expression(let rule) in signatures { refused[rule] = "Hyperscan: \(reason)" }
        let kept = signatures.indices.filter { !signatures[$0].isExpression }
        expressions = kept.map { expressions[$0] }
        signatures = kept.map { signatures[$0] }
      }
    }
  }
}

extension RegexRules.Signature {
  fileprivate var isExpression: Bool {
    if case .expression = self { true } else { false }
  }
}
