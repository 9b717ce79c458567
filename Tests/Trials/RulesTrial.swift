internal import WeirCore
internal import WeirRules
internal import WeirSpecimens

/// Any text of a rule file makes definitions or an error with a place in the text; definitions make a catalogue or are refused by name.
enum RulesTrial: Trial {
  private static let path = "rules/trial.toml"

  static func failure(of bytes: [UInt8]) throws -> String? {
    let text = String(decoding: bytes, as: UTF8.self)
    let definitions: [RuleDefinition]
    do { definitions = try RuleFile.definitions(path: path, text: text) } catch {
      let lines = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
      guard error.file == path, (1...lines.count).contains(error.line),
        // One past the end is where something is missing.
        (1...lines[error.line - 1].count + 1).contains(error.column), !error.reason.isEmpty
      else {
        return "error at \(error.line):\(error.column) of \(lines.count) lines: \(error)"
      }
      return nil
    }
    if definitions.isEmpty { return "neither a rule nor an error" }
    for definition in definitions {
      guard let origin = definition.origin, origin.file == path,
        (1...text.utf8.count).contains(origin.line)
      else { return "\(definition.id) has no origin" }
    }
    do {
      let catalogue = try Catalogue(compiling: definitions)
      if catalogue.ruleCount != definitions.count { return "rules are lost" }
      _ = catalogue.rules
      let whole = try scan(bytes, catalogue: catalogue)
      let cut = try scan([bytes.prefix(9), bytes.dropFirst(9)], catalogue: catalogue)
      if whole != cut { return "whole: \(whole.findings)\ncut: \(cut.findings)" }
    } catch let error as CatalogueError {
      switch error {
      case .rule(let id, _) where definitions.contains { $0.id == id }: break
      case .tooManyAlphabets, .tooManyRules: break
      default: return "refused by \(error)"
      }
    }
    return nil
  }

  static func description(of bytes: [UInt8]) -> String { "rule file: \(shown(bytes))" }

  static func bytes(seed: UInt64) -> [UInt8] {
    var random = SplitMix64(seed: seed)
    var text = "provider = \"t\"\nname = \"T\"\n"
    for index in 0...random.below(3) {
      text += "\n[[rule]]\nid = \"t.rule-\(index)\"\n"
      for line in lines where line.isNeeded || random.below(6) == 0 {
        text += "\(line.key) = \(random.pick(line.values))\n"
      }
      if random.below(3) > 0 {
        text += "shape = \"\(random.pick(BuiltIn.definitions.map(\.shapeText)))\"\n"
          .replacing("\\", with: "\\\\")
      } else {
        let shape = String(decoding: ShapeTrial.bytes(seed: random.next()), as: UTF8.self)
        text += "shape = \(random.pick(["\"", "\"\"\"", "'''"]))\(shape)\"\n"
      }
    }
    let bytes = Array(text.utf8)
    return random.below(3) == 0 ? bytes : mutated(bytes, seed: random.next())
  }

  static func mutated(_ bytes: [UInt8], seed: UInt64) -> [UInt8] {
    var random = SplitMix64(seed: seed)
    return TextMutation.mutated(bytes, words: words, random: &random)
  }

  private static let lines: [(key: String, values: [String], isNeeded: Bool)] = [
    ("title", ["\"a title\""], true),
    ("power", ["\"read\"", "\"spend\"", "\"other\""], true),
    ("revoke", ["\"there\""], true),
    ("packs", ["[\"a\"]", "[]", "[1]", "[\"a\", \"b\"]"], true),
    ("check", ["\"crc32-base62(body) = sum\"", "\"base58check(secret)\"", "\"\"", "\"=\""], false),
    ("refutes", ["true", "false", "1"], false),
    ("confidence", ["\"high\"", "\"low\"", "\"none\""], false),
    ("specificity", ["\"generic\"", "\"context\""], false),
    ("context", ["[\"token\", \"api key\"]", "[\"\"]", "[\"\\n\\n\\n\"]"], false),
    ("cue", ["[\"wallet\"]", "[\"\u{e9}\u{e9}\"]", "\"x\""], false),
    ("pair", ["\"t.rule-0\"", "\"t.none\""], false),
    ("within", ["64", "4096", "0", "-1", "99999999999", "1.5"], false),
    ("not-hex", ["true"], false), ("percent", ["true"], false),
    ("category", ["\"c\""], false),
  ]

  private static let words: [String] =
    ShapeTrial.words
    + lines.flatMap { line in line.values.map { "\(line.key) = \($0)\n" } }
    + [
      "[[rule]]\n", "[rule]\n", "rule = 1\n", "provider = \"u\"\n", "\"\"\"", "'''", "\\u0000",
      "\\U0010FFFF", "#", "=", "a.b = 1\n", "\u{0}", "id = \"t.rule-0\"\n", "\r\n", "1979-05-27",
      "{ a = 1 }", "inf", "0x7fffffffffffffff", "[[[[[[[[[[[[", "\u{feff}",
    ]
}
