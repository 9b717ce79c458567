internal import TOMLKit

/// What a configuration of gitleaks says, as its documentation names it. Keys are the same in any case.
struct GitleaksConfig {
  struct Rule {
    var id = ""
    var description = ""
    var regex: String?
    var secretGroup: Int?
    var entropy: Double?
    var keywords: [String] = []
    var path: String?
    var tags: [String] = []
    var isNotReported = false
    var requiresOthers = false
    var allowlists: [Allowlist] = []
    /// What no documentation names.
    var unknownKeys: [String] = []
    /// Its allow-lists are written in both ways.
    var mixesAllowlists = false
  }

  struct Allowlist {
    var needsAll = false
    var commits: [String] = []
    var paths: [String] = []
    var regexes: [String] = []
    var regexTarget = "secret"
    var stopwords: [String] = []
    var targetRules: [String] = []
    var unknownKeys: [String] = []
  }

  struct Extension {
    var usesDefault = false
    var path: String?
    var url: String?
    var disabledRules: [String] = []
    var unknownKeys: [String] = []
  }

  var extends = Extension()
  var rules: [Rule] = []
  var allowlists: [Allowlist] = []
  var unknownKeys: [String] = []
  /// Its allow-lists are written in both ways.
  var mixesAllowlists = false

  private static let describing: Set<String> = ["title", "description", "minversion"]

  init(path: String, text: String) throws(RuleError) {
    let source = RuleSource(path: path, text: text)
    let table = try source.table(of: text)
    let reader = KeyReader(table: table, file: path, name: "")
    rules = try reader.tables("rules").map { table throws(RuleError) in
      try Rule(KeyReader(table: table, file: path, name: "rule: "))
    }
    allowlists = try reader.allowlists()
    if let table = try reader.tables("extend").first {
      let reader = KeyReader(table: table, file: path, name: "extend: ")
      extends = Extension(
        usesDefault: try reader.flag("usedefault"), path: try reader.string("path"),
        url: try reader.string("url"), disabledRules: try reader.strings("disabledrules"),
        unknownKeys: reader.unknown(besides: ["usedefault", "path", "url", "disabledrules"]))
    }
    mixesAllowlists = reader.mixesAllowlists
    let known = Self.describing.union(["rules", "allowlist", "allowlists", "extend"])
    unknownKeys = reader.unknown(besides: known)
  }
}

extension GitleaksConfig.Rule {
  fileprivate static let keys: Set<String> = [
    "id", "description", "regex", "secretgroup", "entropy", "keywords", "path", "tags",
    "skipreport", "required", "allowlist", "allowlists",
  ]
  private static let requiredKeys: Set<String> = ["id", "withinlines", "withincolumns"]

  fileprivate init(_ reader: KeyReader) throws(RuleError) {
    id = try reader.string("id") ?? ""
    let reader = reader.named("rule \(id): ")
    description = try reader.string("description") ?? ""
    // What is empty, or zero, says nothing: it takes nothing from a rule that it extends either.
    regex = try reader.string("regex").flatMap { $0.isEmpty ? nil : $0 }
    secretGroup = try reader.integer("secretgroup").flatMap { $0 == 0 ? nil : $0 }
    entropy = try reader.number("entropy").flatMap { $0 == 0 ? nil : $0 }
    keywords = try reader.strings("keywords")
    path = try reader.string("path").flatMap { $0.isEmpty ? nil : $0 }
    tags = try reader.strings("tags")
    isNotReported = try reader.flag("skipreport")
    let required = try reader.tables("required")
    requiresOthers = !required.isEmpty
    allowlists = try reader.allowlists()
    mixesAllowlists = reader.mixesAllowlists
    unknownKeys = reader.unknown(besides: Self.keys)
    for table in required {
      let reader = KeyReader(table: table, file: reader.file, name: "\(reader.name)required: ")
      unknownKeys += reader.unknown(besides: Self.requiredKeys).map { "required.\($0)" }
    }
  }

  /// The same rule where a configuration states it that extends the one it stands in.
  func extended(by other: Self) -> Self {
    var result = self
    if !other.description.isEmpty { result.description = other.description }
    result.regex = other.regex ?? regex
    result.secretGroup = other.secretGroup ?? secretGroup
    result.entropy = other.entropy ?? entropy
    result.path = other.path ?? path
    result.tags += other.tags
    result.keywords += other.keywords
    result.allowlists += other.allowlists
    result.isNotReported = isNotReported || other.isNotReported
    result.requiresOthers = requiresOthers || other.requiresOthers
    result.unknownKeys += other.unknownKeys
    result.mixesAllowlists = mixesAllowlists || other.mixesAllowlists
    return result
  }
}

extension GitleaksConfig.Allowlist {
  fileprivate static let keys: Set<String> = [
    "description", "condition", "commits", "paths", "regexes", "regextarget", "stopwords",
    "targetrules",
  ]

  init(_ reader: KeyReader) throws(RuleError) {
    switch try reader.string("condition")?.uppercased() {
    case nil, "", "OR", "||": needsAll = false
    case "AND", "&&": needsAll = true
    case let other?: throw reader.mistake("condition", "expected OR or AND, not \(other)")
    }
    commits = try reader.strings("commits")
    paths = try reader.strings("paths")
    regexes = try reader.strings("regexes")
    stopwords = try reader.strings("stopwords")
    targetRules = try reader.strings("targetrules")
    if let target = try reader.string("regextarget"), !target.isEmpty {
      guard ["secret", "match", "line"].contains(target) else {
        throw reader.mistake("regexTarget", "expected secret, match or line, not \(target)")
      }
      regexTarget = target
    }
    unknownKeys = reader.unknown(besides: Self.keys)
  }
}
