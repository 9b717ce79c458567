/// What a rule with a regular expression states. The core only carries it to whoever has an engine for it (`LineRules`).
public struct RegexDefinition: Equatable, Sendable {
  /// What of a match is the secret.
  public enum SecretGroup: Equatable, Sendable {
    /// A capture group; 0 is the whole match.
    case group(Int)
    /// The first group that holds anything; if none does, the whole match.
    case firstFilled
  }

  public var pattern: String
  public var secretGroup: SecretGroup
  /// The secret must have more than so many bits a byte.
  public var leastEntropy: Double?
  /// One of them, in any case, must stand in the line; if there are any.
  public var keywords: [String]
  /// The path of the input must match this, where it has one.
  public var path: String?
  public var allowances: [Allowance]

  public init(
    pattern: String, secretGroup: SecretGroup = .group(0), leastEntropy: Double? = nil,
    keywords: [String] = [], path: String? = nil, allowances: [Allowance] = []
  ) {
    self.pattern = pattern
    self.secretGroup = secretGroup
    self.leastEntropy = leastEntropy
    self.keywords = keywords
    self.path = path
    self.allowances = allowances
  }

  /// What a rule finds and is no finding after all.
  public struct Allowance: Equatable, Sendable {
    /// What `regexes` look at.
    public enum Target: String, CaseIterable, Sendable { case secret, match, line }

    public var regexes: [String]
    public var target: Target
    /// In any case, in the secret.
    public var stopwords: [String]
    public var paths: [String]
    public var commits: [String]
    /// All kinds that are given must hold; else one is enough.
    public var needsAll: Bool

    public init(
      regexes: [String] = [], target: Target = .secret, stopwords: [String] = [],
      paths: [String] = [], commits: [String] = [], needsAll: Bool = false
    ) {
      self.regexes = regexes
      self.target = target
      self.stopwords = stopwords
      self.paths = paths
      self.commits = commits
      self.needsAll = needsAll
    }
  }
}
