internal import TOMLKit
public import WeirCore
internal import WeirRegex

/// Reads rule files: TOML in, definitions out. A file with one mistake is refused whole.
public struct RuleFile: TOMLTables {
  private static let headKeys: Set<String> = ["provider", "name", "rule", "allow"]
  private static let ruleKeys: Set<String> = [
    "id", "aliases", "title", "shape", "check", "refutes", "power", "revoke", "packs", "category",
    "confidence", "specificity", "context", "cue", "assigned", "lines", "judge", "pair", "within",
    "not-hex", "percent", "encoded",
  ]
  /// A rule has these with a shape, or those with an expression.
  private static let shapeKeys: Set<String> = [
    "shape", "check", "refutes", "context", "cue", "assigned", "lines", "judge", "pair", "within",
    "not-hex", "percent", "encoded",
  ]
  private static let regexKeys: Set<String> = [
    "regex", "secret-group", "entropy", "keywords", "path", "allow",
  ]
  private static let allowKeys: Set<String> = [
    "regexes", "target", "stopwords", "paths", "commits", "all", "rules",
  ]

  private static let confidences: [String: Confidence] = [
    "low": .low, "medium": .medium, "high": .high,
  ]
  private static let specificities: [String: Specificity] = [
    "provider": .provider, "context": .context, "generic": .generic,
  ]

  private static let judges = Dictionary(
    uniqueKeysWithValues: CredentialKind.allCases.map { ($0.name, $0) })

  let source: RuleSource
  private let table: TOMLTable

  /// - Parameters:
  ///   - path: names the file in errors.
  ///   - text: its contents.
  public static func definitions(
    path: String, text: String
  ) throws(RuleError) -> [RuleDefinition] {
    try RuleFile(path: path, text: text).definitions()
  }

  private init(path: String, text: String) throws(RuleError) {
    source = RuleSource(path: path, text: text)
    table = try source.table(of: text)
  }

  private func definitions() throws(RuleError) -> [RuleDefinition] {
    try refuseUnknown(keys: table.keys, known: Self.headKeys, rule: nil)
    let provider = try string("provider", of: table, rule: nil)
    let name = try string("name", of: table, rule: nil)
    guard let rules = table["rule"]?.array, rules.count > 0 else {
      throw error(at: "rule", rule: nil, "expected at least one [[rule]]")
    }
    var result: [RuleDefinition] = []
    for index in 0..<rules.count {
      guard let rule = rules[index].table else {
        throw error(at: "rule", rule: index, "expected a table")
      }
      result.append(try definition(rule, index: index, provider: provider, name: name))
    }
    try allow(in: &result)
    return result
  }

  private func definition(
    _ rule: TOMLTable, index: Int, provider: String, name: String
  ) throws(RuleError) -> RuleDefinition {
    try refuseUnknown(
      keys: rule.keys,
      known: rule.keys.contains("regex")
        ? Self.ruleKeys.subtracting(Self.shapeKeys).union(Self.regexKeys) : Self.ruleKeys,
      rule: index)
    let id = try string("id", of: rule, rule: index)
    guard id.hasPrefix(provider + ".") else {
      throw error(at: "id", rule: index, "expected an id that begins with \(provider).")
    }
    let power = try string("power", of: rule, rule: index)
    guard RuleDefinition.powers.contains(power) else {
      let known = RuleDefinition.powers.sorted().joined(separator: ", ")
      throw error(at: "power", rule: index, "expected one of \(known)")
    }
    let packs = try strings("packs", of: rule, rule: index)
    guard let category = packs.first else {
      throw error(at: "packs", rule: index, "expected at least one pack")
    }
    let regex = try regex(of: rule, rule: index)
    let shapeText = regex == nil ? try string("shape", of: rule, rule: index) : ""
    var definition = RuleDefinition(
      id: id, providerName: name, title: try string("title", of: rule, rule: index),
      category: try optionalString("category", of: rule, rule: index) ?? category, power: power,
      revoke: try string("revoke", of: rule, rule: index), packs: packs, shapeText: shapeText,
      shape: regex == nil
        ? try shape(shapeText, rule: index, id: id) : Shape(alternatives: []),
      check: try check(of: rule, rule: index),
      refutes: try flag("refutes", of: rule, rule: index),
      confidence: try word(
        "confidence", of: rule, rule: index, default: .high, words: Self.confidences),
      specificity: try word(
        "specificity", of: rule, rule: index,
        default: rule.keys.contains("judge")
          ? .judged : rule.keys.contains("context") ? .context : .provider,
        words: Self.specificities),
      context: try strings("context", of: rule, rule: index),
      cue: try strings("cue", of: rule, rule: index),
      isAssigned: try flag("assigned", of: rule, rule: index),
      crossesLines: try flag("lines", of: rule, rule: index),
      judge: try optionalWord("judge", of: rule, rule: index, words: Self.judges),
      pair: try optionalString("pair", of: rule, rule: index),
      withinBytes: try integer("within", of: rule, rule: index) ?? 64,
      isNotHex: try flag("not-hex", of: rule, rule: index),
      isPercentEncoded: try flag("percent", of: rule, rule: index),
      encoded: rule.keys.contains("encoded") ? try flag("encoded", of: rule, rule: index) : nil,
      regex: regex, aliases: try strings("aliases", of: rule, rule: index))
    definition.origin = .init(file: source.path, line: source.line(ofRule: index))
    return definition
  }

  // MARK: Expressions

  private func regex(of rule: TOMLTable, rule index: Int) throws(RuleError) -> RegexDefinition? {
    guard let pattern = try optionalString("regex", of: rule, rule: index) else { return nil }
    var regex = RegexDefinition(
      pattern: pattern, secretGroup: try secretGroup(of: rule, rule: index),
      leastEntropy: try entropy(of: rule, rule: index),
      keywords: try strings("keywords", of: rule, rule: index),
      path: try optionalString("path", of: rule, rule: index))
    for allowance in try tables("allow", of: rule, rule: index) {
      guard allowance["rules"] == nil else {
        throw error(at: "rules", rule: index, "rules is for the [[allow]] of a whole file")
      }
      regex.allowances.append(try self.allowance(allowance, rule: index))
    }
    do { try RegexMistake.check(regex) } catch {
      let (line, column) =
        error.key == "regex"
        ? source.place(of: "regex", rule: index, offset: error.offset ?? 0)
        : source.place(of: error.key, rule: index)
      throw RuleError(
        file: source.path, line: line, column: column, rule: id(ofRule: index),
        reason: error.description)
    }
    return regex
  }

  private func secretGroup(
    of rule: TOMLTable, rule index: Int
  ) throws(RuleError) -> RegexDefinition.SecretGroup {
    guard let value = rule["secret-group"] else { return .group(0) }
    if let number = value.int { return .group(number) }
    guard value.string == "first" else {
      throw error(at: "secret-group", rule: index, "expected the number of a group, or \"first\"")
    }
    return .firstFilled
  }

  private func entropy(of rule: TOMLTable, rule index: Int) throws(RuleError) -> Double? {
    guard let value = rule["entropy"] else { return nil }
    guard let bits = value.double ?? value.int.map(Double.init), (0...8).contains(bits) else {
      throw error(at: "entropy", rule: index, "expected 0 to 8, in bits a byte")
    }
    return bits
  }

  private func allowance(
    _ table: TOMLTable, rule: Int?
  ) throws(RuleError) -> RegexDefinition.Allowance {
    try refuseUnknown(keys: table.keys, known: Self.allowKeys, rule: rule)
    var allowance = RegexDefinition.Allowance(
      regexes: try strings("regexes", of: table, rule: rule),
      stopwords: try strings("stopwords", of: table, rule: rule),
      paths: try strings("paths", of: table, rule: rule),
      commits: try strings("commits", of: table, rule: rule),
      needsAll: try flag("all", of: table, rule: rule))
    if let text = try optionalString("target", of: table, rule: rule) {
      guard let target = RegexDefinition.Allowance.Target(rawValue: text) else {
        throw error(at: "target", rule: rule, "expected secret, match or line")
      }
      allowance.target = target
    }
    return allowance
  }

  /// What a whole file allows, its rules with expressions allow each.
  private func allow(in rules: inout [RuleDefinition]) throws(RuleError) {
    for table in try tables("allow", of: table, rule: nil) {
      let allowance = try allowance(table, rule: nil)
      let ids = try strings("rules", of: table, rule: nil)
      for id in ids where !rules.contains(where: { $0.id == id && $0.regex != nil }) {
        throw error(at: "rules", rule: nil, "\(id) is no rule of this file with a regex")
      }
      for index in rules.indices where ids.isEmpty || ids.contains(rules[index].id) {
        guard var regex = rules[index].regex else { continue }
        regex.allowances.append(allowance)
        do { try RegexMistake.check(regex) } catch {
          throw self.error(at: error.key, rule: nil, error.description)
        }
        rules[index].regex = regex
      }
    }
  }

  private func tables(
    _ key: String, of table: TOMLTable, rule: Int?
  ) throws(RuleError) -> [TOMLTable] {
    guard let value = table[key] else { return [] }
    guard let tables = value.tables else {
      throw error(at: key, rule: rule, "expected [[\(key)]] tables")
    }
    return tables
  }

  private func shape(_ text: String, rule: Int, id: String) throws(RuleError) -> Shape {
    do {
      let shape = try ShapeParser.parse(text)
      _ = try shape.forms()
      return shape
    } catch {
      let (line, column) = source.place(of: "shape", rule: rule, offset: error.offset)
      throw RuleError(
        file: source.path, line: line, column: column, rule: id,
        reason: "expected \(error.expected)")
    }
  }

  private func check(of rule: TOMLTable, rule index: Int) throws(RuleError) -> CheckExpression? {
    guard let text = try optionalString("check", of: rule, rule: index) else { return nil }
    guard let check = CheckExpression(text) else {
      let kinds = CheckExpression.Kind.allCases.map(\.name).joined(separator: ", ")
      throw error(
        at: "check", rule: index, "expected kind(segment) = segment, the kind one of \(kinds)")
    }
    return check
  }

  /// The id of the n-th rule, if it has one.
  func id(ofRule index: Int) -> String? {
    table["rule"]?.array?[index].table?["id"]?.string
  }
}
