public import WeirCore

/// The definition of a finding (`docs/design/0001-what-a-finding-is.md`) as a program over one
/// whole input: slow, obvious,
/// and of the engine it uses leaf facts only. Where a sentence of the page is implemented, the
/// page's words are quoted.
public struct Oracle: Sendable {
  let rules: [RuleDefinition]
  let policy: Policy
  /// The rules that are asked for.
  let reportedIDs: Set<String>
  let holdBytes: Int
  let names: Names
  /// The ways to write each rule's shape out.
  let writings: [[Writing]]
  /// Of each the longest literal, in small letters.
  let literals: [[[UInt8]]]
  /// The words of each context rule, in parts.
  let contexts: [[[[UInt8]]]]
  /// Those that are looked for encoded, with their rules.
  let encoded: [(rule: Int, writing: Writing)]

  /// - Parameter holdBytes: where page 0001 says 4,096 of an open run; tests of all small inputs take less.
  /// - Parameter nouns: what names of credentials end with; the built-in ones if not given.
  public init(
    rules: [RuleDefinition], policy: Policy, holdBytes: Int = 4096, nouns: [String]? = nil
  ) {
    names = Names(nouns ?? Nouns.all)
    self.holdBytes = holdBytes
    self.rules = rules
    self.policy = policy
    // A policy names rules by their places in the order of ids.
    let ids = rules.map(\.id).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    reportedIDs = Set(
      ids.indices.filter { policy.reported?.contains($0) ?? true }.map { ids[$0] })
    let writings = rules.map { Writing.all(of: $0.shape) }
    self.writings = writings
    encoded = rules.indices.flatMap { rule in
      writings[rule].filter {
        Self.isEncoded($0, of: rules[rule])
      }.map { (rule, $0) }
    }
    literals = writings.map { $0.map { $0.longestLiteral ?? [] } }
    contexts = rules.map { $0.context.map(Names.parts) }
  }

  /// What the input's findings must be, in order.
  public func findings(in text: [UInt8]) -> [OracleFinding] {
    kept(in: text).reported
  }

  /// The findings, and the secrets of all kept matches: bytes that `redact` must not emit.
  public func kept(in text: [UInt8]) -> (reported: [OracleFinding], secrets: [Range<Int>]) {
    let kept = keptMatches(in: text)
    return (report(kept), kept.map(\.secret))
  }

  /// "For each finding in order: the bytes up to its secret pass, then its mask stands for
  /// `[max(start, end of the masks so far), end)`."
  ///
  /// - Parameter mask: the text for a finding and the number of bytes it stands for.
  public func redacted(_ text: [UInt8], mask: (OracleFinding, Int) -> [UInt8]) -> [UInt8] {
    Self.redacted(text, findings: findings(in: text), mask: mask)
  }

  /// The output for findings that are known already.
  public static func redacted(
    _ text: [UInt8], findings: [OracleFinding], mask: (OracleFinding, Int) -> [UInt8]
  ) -> [UInt8] {
    var output: [UInt8] = []
    var end = 0
    for finding in findings {
      if finding.secret.lowerBound > end { output += text[end..<finding.secret.lowerBound] }
      let start = max(finding.secret.lowerBound, end)
      output += mask(finding, finding.secret.upperBound - start)
      end = max(end, finding.secret.upperBound)
    }
    return output + text[end...]
  }
}

/// One finding, without what only reports need.
public struct OracleFinding: Equatable, Sendable {
  public var ruleID: String
  public var secret: Range<Int>
  public var check: CheckOutcome
  public var confidence: Confidence
  public var via: [Coding]

  public init(
    ruleID: String, secret: Range<Int>, check: CheckOutcome, confidence: Confidence,
    via: [Coding] = []
  ) {
    self.via = via
    self.ruleID = ruleID
    self.secret = secret
    self.check = check
    self.confidence = confidence
  }
}
