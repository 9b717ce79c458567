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
  }

  var extends = Extension()
  var rules: [Rule] = []
  var allowlists: [Allowlist] = []
  var unknownKeys: [String] = []

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
        url: try reader.string("url"), disabledRules: try reader.strings("disabledrules"))
    }
    let known = Self.describing.union(["rules", "allowlist", "allowlists", "extend"])
    unknownKeys = reader.keys.filter { !known.contains($0.lowercased()) }
  }
}

extension GitleaksConfig.Rule {
  fileprivate static let keys: Set<String> = [
    "id", "description", "regex", "secretgroup", "entropy", "keywords", "path", "tags",
    "skipreport", "required", "allowlist", "allowlists",
  ]

  fileprivate init(_ reader: KeyReader) throws(RuleError) {
    id = try reader.string("id") ?? ""
    let reader = reader.named("rule \(id): ")
    description = try reader.string("description") ?? ""
    regex = try reader.string("regex")
    secretGroup = try reader.integer("secretgroup")
    entropy = try reader.number("entropy")
    keywords = try reader.strings("keywords")
    path = try reader.string("path")
    tags = try reader.strings("tags")
    isNotReported = try reader.flag("skipreport")
    requiresOthers = try !reader.tables("required").isEmpty
    allowlists = try reader.allowlists()
    unknownKeys = reader.keys.filter { !Self.keys.contains($0.lowercased()) }
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
    return result
  }
}

extension GitleaksConfig.Allowlist {
  fileprivate static let keys: Set<String> = [
    "description", "condition", "commits", "paths", "regexes", "regextarget", "stopwords",
    "targetrules",
  ]

  fileprivate init(_ reader: KeyReader) throws(RuleError) {
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
    unknownKeys = reader.keys.filter { !Self.keys.contains($0.lowercased()) }
  }
}

/// Reads values of a table by keys in small letters.
private struct KeyReader {
  let table: TOMLTable
  let file: String
  /// What mistakes are told of.
  let name: String

  func named(_ name: String) -> KeyReader { KeyReader(table: table, file: file, name: name) }

  var keys: [String] { Array(table.keys) }

  private func value(_ key: String) -> (any TOMLValueConvertible)? {
    keys.first { $0.lowercased() == key }.flatMap { table[$0] }
  }

  func mistake(_ key: String, _ reason: String) -> RuleError {
    RuleError(file: file, line: 1, column: 1, reason: "\(name)\(key): \(reason)")
  }

  func string(_ key: String) throws(RuleError) -> String? {
    guard let value = value(key) else { return nil }
    guard let text = value.string else { throw mistake(key, "expected a string") }
    return text
  }

  func strings(_ key: String) throws(RuleError) -> [String] {
    guard let value = value(key) else { return [] }
    let texts = value.array.map { array in (0..<array.count).compactMap { array[$0].string } }
    guard let texts, texts.count == value.array?.count else {
      throw mistake(key, "expected an array of strings")
    }
    return texts
  }

  func integer(_ key: String) throws(RuleError) -> Int? {
    guard let value = value(key) else { return nil }
    guard let number = value.int else { throw mistake(key, "expected an integer") }
    return number
  }

  func number(_ key: String) throws(RuleError) -> Double? {
    guard let value = value(key) else { return nil }
    guard let number = value.double ?? value.int.map(Double.init) else {
      throw mistake(key, "expected a number")
    }
    return number
  }

  func flag(_ key: String) throws(RuleError) -> Bool {
    guard let value = value(key) else { return false }
    guard let flag = value.bool else { throw mistake(key, "expected true or false") }
    return flag
  }

  /// Of a key that holds one table, or several.
  func tables(_ key: String) throws(RuleError) -> [TOMLTable] {
    guard let value = value(key) else { return [] }
    if let table = value.table { return [table] }
    let tables = value.array.map { array in (0..<array.count).compactMap { array[$0].table } }
    guard let tables, tables.count == value.array?.count else {
      throw mistake(key, "expected a table, or several")
    }
    return tables
  }

  func allowlists() throws(RuleError) -> [GitleaksConfig.Allowlist] {
    var result: [GitleaksConfig.Allowlist] = []
    for key in ["allowlist", "allowlists"] {
      for table in try tables(key) {
        result.append(
          try GitleaksConfig.Allowlist(
            KeyReader(table: table, file: file, name: "\(name)\(key): ")))
      }
    }
    return result
  }
}
