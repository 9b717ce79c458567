/// What a rule with an expression allows, as it is written.
struct RegexRuleAllow: Equatable {
  var regexes: [String] = []
  var target = "secret"
  var stopwords: [String] = []
  var paths: [String] = []
  var commits: [String] = []
  var needsAll = false

  var isEmpty: Bool {
    regexes.isEmpty && stopwords.isEmpty && paths.isEmpty && commits.isEmpty
  }
}

/// Writes rules with expressions as a rule file.
struct RuleWriter {
  struct Rule {
    var id: String
    /// What gitleaks calls it, and its ignore files.
    var alias: String
    var title: String
    var regex: String
    /// As it stands behind the key.
    var secretGroup: String?
    var entropy: Double?
    var keywords: [String]
    var path: String?
    var tags: [String]
    var allows: [RegexRuleAllow]
  }

  private var tables: [String] = []

  mutating func add(_ rule: Rule) {
    var lines = [
      "[[rule]]", "id = \(Self.quoted(rule.id))", "title = \(Self.quoted(Self.plain(rule.title)))",
      "regex = \(Self.quoted(rule.regex))",
    ]
    if Self.mayBeAlias(rule.alias) { lines.append("aliases = \(Self.list([rule.alias]))") }
    if let group = rule.secretGroup { lines.append("secret-group = \(group)") }
    if let entropy = rule.entropy { lines.append("entropy = \(entropy)") }
    if !rule.keywords.isEmpty { lines.append("keywords = \(Self.list(rule.keywords))") }
    if let path = rule.path { lines.append("path = \(Self.quoted(path))") }
    // What a thief can do, and where to revoke it, the configuration does not say.
    lines += ["power = 'read'", "revoke = 'not stated'"]
    lines.append("packs = \(Self.list(Self.packs(of: rule.tags)))")
    tables.append(lines.joined(separator: "\n"))
    for allow in rule.allows { tables.append(Self.text(of: allow, under: "rule.allow", rules: [])) }
  }

  /// What the named rules allow, or all.
  mutating func allow(_ allow: RegexRuleAllow, of rules: [String]) {
    tables.append(Self.text(of: allow, under: "allow", rules: rules))
  }

  /// - Returns: nothing when there is no rule.
  func text(of file: String) -> String {
    guard tables.contains(where: { $0.hasPrefix("[[rule]]") }) else { return "" }
    let head = "provider = 'gitleaks'\nname = \(Self.quoted(Self.plain(file)))"
    return ([head] + tables).joined(separator: "\n\n") + "\n"
  }

  private static func text(
    of allow: RegexRuleAllow, under name: String, rules: [String]
  ) -> String {
    var lines = ["[[\(name)]]"]
    func add(_ key: String, _ values: [String]) {
      if !values.isEmpty { lines.append("\(key) = \(list(values))") }
    }
    add("rules", rules)
    add("regexes", allow.regexes)
    if !allow.regexes.isEmpty, allow.target != "secret" {
      lines.append("target = \(quoted(allow.target))")
    }
    add("stopwords", allow.stopwords)
    add("paths", allow.paths)
    add("commits", allow.commits)
    if allow.needsAll { lines.append("all = true") }
    return lines.joined(separator: "\n")
  }

  /// Tags that a pack may be named by.
  private static func packs(of tags: [String]) -> [String] {
    let plain = Set("abcdefghijklmnopqrstuvwxyz0123456789.-")
    let names = tags.map { String($0.lowercased().map { plain.contains($0) ? $0 : "-" }) }
    return names.reduce(into: ["gitleaks"]) { packs, name in
      if !name.isEmpty, !packs.contains(name) { packs.append(name) }
    }
  }

  private static func list(_ texts: [String]) -> String {
    "[" + texts.map(quoted).joined(separator: ", ") + "]"
  }

  private static func plain(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.map { isControl($0) ? " " : $0 }))
  }

  /// Other texts could not stand in a line of an ignore file.
  private static func mayBeAlias(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy { !isControl($0) && $0 != " " && $0 != ":" }
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 0x20 || scalar.value == 0x7F
  }

  /// As TOML has it: as it is between single quotes where that can be.
  private static func quoted(_ text: String) -> String {
    if !text.unicodeScalars.contains(where: { $0 == "'" || isControl($0) }) { return "'\(text)'" }
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": result += "\\\(scalar)"
      case _ where isControl(scalar):
        let digits = String(scalar.value, radix: 16, uppercase: true)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
