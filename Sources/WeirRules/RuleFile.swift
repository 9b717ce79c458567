internal import TOMLKit
public import WeirCore

/// Reads rule files: TOML in, definitions out. A file with one mistake is refused whole.
public struct RuleFile: TOMLTables {
  private static let headKeys: Set<String> = ["provider", "name", "rule"]
  private static let ruleKeys: Set<String> = [
    "id", "title", "shape", "check", "refutes", "power", "revoke", "packs", "category",
    "confidence", "specificity", "context", "cue", "assigned", "lines", "judge", "pair", "within",
    "not-hex", "percent", "encoded",
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
    return result
  }

  private func definition(
    _ rule: TOMLTable, index: Int, provider: String, name: String
  ) throws(RuleError) -> RuleDefinition {
    try refuseUnknown(keys: rule.keys, known: Self.ruleKeys, rule: index)
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
    let shapeText = try string("shape", of: rule, rule: index)
    var definition = RuleDefinition(
      id: id, providerName: name, title: try string("title", of: rule, rule: index),
      category: try optionalString("category", of: rule, rule: index) ?? category, power: power,
      revoke: try string("revoke", of: rule, rule: index), packs: packs, shapeText: shapeText,
      shape: try shape(shapeText, rule: index, id: id), check: try check(of: rule, rule: index),
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
      encoded: rule.keys.contains("encoded") ? try flag("encoded", of: rule, rule: index) : nil)
    definition.origin = .init(file: source.path, line: source.line(ofRule: index))
    return definition
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
