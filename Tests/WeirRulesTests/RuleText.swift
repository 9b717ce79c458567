import WeirCore
import WeirRules

/// The text of a rule file with one right rule, of which a test changes one line.
struct RuleText {
  static let path = "rules/acme.toml"

  /// Lines count from 1: the first of the rule's is 4, its shape's is 7.
  private var lines = [
    #"provider = "acme""#,
    #"name = "Acme""#,
    "",
    "[[rule]]",
    #"id = "acme.token""#,
    #"title = "Acme token""#,
    #"shape = "'acme_' body:base62{20} sum:base62{6}""#,
    #"power = "read""#,
    #"revoke = "acme.example/keys""#,
    #"packs = ["test"]"#,
  ]

  /// The same with `line` in the place of the n-th, or without the n-th.
  func replacing(_ number: Int, with line: String?) -> RuleText {
    var result = self
    result.lines.replaceSubrange(number - 1..<number, with: line.map { [$0] } ?? [])
    return result
  }

  /// The same with one line more: the eleventh.
  func adding(_ line: String) -> RuleText {
    var result = self
    result.lines.append(line)
    return result
  }

  /// The first lines alone.
  func cut(after count: Int) -> RuleText {
    var result = self
    result.lines.removeSubrange(count...)
    return result
  }

  func shape(_ shape: String) -> RuleText {
    replacing(7, with: #"shape = "\#(shape)""#)
  }

  var text: String { lines.joined(separator: "\n") + "\n" }

  func definitions() throws(RuleError) -> [RuleDefinition] {
    try RuleFile.definitions(path: Self.path, text: text)
  }
}

/// What is expected where an alphabet, or a name that stands for a structure, may stand.
let alphabets =
  "an alphabet (HEX, alpha, base32, base32-lower, base36, base58, base62, base64, base64any, "
  + "base64url, bech32, digits, hex, hexmixed, lower, lower-alnum, printable, upper, upper-alnum, "
  + "word, set(…)), uuid, jwt, key-block or a phrase"
