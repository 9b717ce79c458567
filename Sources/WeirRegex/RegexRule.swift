public import WeirCore

/// A rule with all its expressions compiled.
struct RegexRule: Sendable {
  /// Its place in the catalogue.
  let index: Int
  let pattern: Pattern
  let secretGroup: RegexDefinition.SecretGroup
  let leastEntropy: Double?
  let keywords: [[UInt8]]
  let path: Pattern?
  let allowances: [CompiledAllowance]
  /// Hyperscan says where it may match.
  var isPrefiltered = true
  /// Why not.
  var refusal: String?

  init(_ regex: RegexDefinition, at index: Int) throws(RegexMistake) {
    self.index = index
    pattern = try RegexMistake.compile(regex.pattern, as: "regex")
    if case .group(let group) = regex.secretGroup, !(0...pattern.groupCount).contains(group) {
      throw RegexMistake(
        key: "secret-group", offset: nil,
        reason: "the expression has \(pattern.groupCount) groups, and no group \(group)")
    }
    if PatternSyntax.needsLineFeed(regex.pattern) {
      throw RegexMistake(
        key: "regex", offset: nil,
        reason: "it needs a line feed, and an expression sees one line without its end")
    }
    secretGroup = regex.secretGroup
    leastEntropy = regex.leastEntropy
    keywords = regex.keywords.map { Array($0.utf8) }
    guard keywords.allSatisfy({ !$0.isEmpty }) else {
      throw RegexMistake(key: "keywords", offset: nil, reason: "a keyword has at least one byte")
    }
    path = try regex.path.map { text throws(RegexMistake) in
      try RegexMistake.compile(text, as: "path")
    }
    var allowances: [CompiledAllowance] = []
    for allowance in regex.allowances { allowances.append(try CompiledAllowance(allowance)) }
    self.allowances = allowances
  }

  var asksPlace: Bool {
    path != nil || allowances.contains { !$0.paths.isEmpty || !$0.commits.isEmpty }
  }

  var mostGroups: Int {
    allowances.reduce(max(pattern.groupCount, path?.groupCount ?? 0)) { most, allowance in
      (allowance.regexes + allowance.paths).reduce(most) { max($0, $1.groupCount) }
    }
  }
}

/// An allowance with its expressions compiled.
struct CompiledAllowance: Sendable {
  let regexes: [Pattern]
  let target: RegexDefinition.Allowance.Target
  /// In small letters.
  let stopwords: [[UInt8]]
  let paths: [Pattern]
  let commits: Set<String>
  let needsAll: Bool

  init(_ allowance: RegexDefinition.Allowance) throws(RegexMistake) {
    regexes = try RegexMistake.compile(allowance.regexes, as: "regexes")
    target = allowance.target
    stopwords = allowance.stopwords.map { Array($0.utf8.map(\.lowercased)) }
    paths = try RegexMistake.compile(allowance.paths, as: "paths")
    commits = Set(allowance.commits.map { $0.lowercased() })
    needsAll = allowance.needsAll
    if regexes.isEmpty && stopwords.isEmpty && paths.isEmpty && commits.isEmpty {
      throw RegexMistake(
        key: "allow", offset: nil, reason: "expected regexes, stopwords, paths or commits")
    }
  }
}

/// What is wrong in a rule with an expression, and in which key.
public struct RegexMistake: Error, Equatable, Sendable, CustomStringConvertible {
  public let key: String
  /// In bytes from the start of the expression.
  public let offset: Int?
  public let reason: String

  public var description: String { "\(key): \(reason)" }

  /// Checks a rule.
  public static func check(_ regex: RegexDefinition) throws(RegexMistake) {
    _ = try RegexRule(regex, at: 0)
  }

  static func compile(_ text: String, as key: String) throws(RegexMistake) -> Pattern {
    do { return try Pattern(text) } catch {
      throw RegexMistake(
        key: key, offset: error.offset, reason: "\(error.reason), at byte \(error.offset)")
    }
  }

  package static func compile(_ texts: [String], as key: String) throws(RegexMistake) -> [Pattern] {
    var patterns: [Pattern] = []
    for text in texts { patterns.append(try compile(text, as: key)) }
    return patterns
  }
}

extension UInt8 {
  var lowercased: UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) ? self | 0x20 : self
  }
}
