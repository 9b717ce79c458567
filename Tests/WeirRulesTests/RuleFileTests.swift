import Testing
import WeirCore
import WeirRules

/// A mistake in a rule file, and what a person reads about it behind the name of the file.
struct Mistake: Sendable, CustomTestStringConvertible {
  var testDescription: String
  var rules: RuleText
  var message: String

  init(_ name: String, _ rules: RuleText, _ message: String) {
    testDescription = name
    self.rules = rules
    self.message = message
  }
}

@Suite("A rule file with one mistake is refused whole, and the error says where")
struct RuleFileTests {
  private static let right = RuleText()

  @Test("the file that the mistakes are planted in is right")
  func isRight() throws {
    let rule = try #require(try Self.right.definitions().first)
    #expect(rule.id == "acme.token")
    #expect(rule.provider == "acme")
    #expect(rule.providerName == "Acme")
    #expect(rule.category == "test")
    #expect(rule.confidence == .high)
    #expect(rule.withinBytes == 64)
    #expect(!rule.isArmed)
    #expect(try Catalogue(compiling: [rule]).ruleCount == 1)
  }

  @Test("every mistake has its place", arguments: mistakes)
  func isRefused(_ mistake: Mistake) {
    let error = #expect(throws: RuleError.self) { try mistake.rules.definitions() }
    #expect(error?.description == "\(RuleText.path):\(mistake.message)")
  }

  @Test("one wrong rule refuses the right ones of its file too")
  func isRefusedWhole() throws {
    let second = Self.right.replacing(5, with: #"id = "acme.other""#)
    #expect(try RuleFile.definitions(path: RuleText.path, text: Self.both(second)).count == 2)
    let broken = Self.both(second.shape("'acme_' base63{26}"))
    #expect(throws: RuleError.self) {
      try RuleFile.definitions(path: RuleText.path, text: broken)
    }
  }

  /// The right rule, then the rule of `second`, which begins in line 11.
  private static func both(_ second: RuleText) -> String {
    let lines = second.text.split(separator: "\n", omittingEmptySubsequences: false)
    return right.text + lines.dropFirst(3).joined(separator: "\n")
  }

  @Test("the second rule's mistake is in the second rule's line")
  func isInTheRightRule() {
    let text = Self.both(Self.right.replacing(8, with: #"power = "none""#))
    let error = #expect(throws: RuleError.self) {
      try RuleFile.definitions(path: RuleText.path, text: text)
    }
    #expect(error?.line == 15)
    #expect(error?.column == 9)
    #expect(error?.rule == "acme.token")
  }

  private static let keys =
    "aliases, assigned, category, check, confidence, context, cue, encoded, id, judge, lines, not-hex, packs, pair, percent, power, refutes, "
    + "revoke, shape, specificity, title, within"
  private static let checks =
    """
    kind(segment) = segment, the kind one of crc32-base62, crc32-base36, base58check, \
    crc32-base62-lower, crc32-hex, crc32-hex-le, crc32-atlassian, bech32, azure-his, azure-cask, \
    base64-json, jwt, base64-text, base64-login, base64-number, crc16-base32, base58check-xrp, \
    macaroon, crc32-base64, crc32-base62-end, sha256-base32, mini-key, \
    ed25519-scalar, x25519-scalar
    """

  static let mistakes = [
    Mistake(
      "bad TOML", right.replacing(6, with: "title = Acme"),
      "6:9: Error while parsing value: could not determine value type"),
    Mistake(
      "no provider", right.replacing(1, with: nil),
      #"1:1: expected provider = "…""#),
    Mistake(
      "no rules", RuleText().replacing(4, with: "[rules]"),
      "1:1: unknown key rules; expected one of allow, name, provider, rule"),
    Mistake(
      "a rule that is no array", right.replacing(4, with: "[rule]"),
      "1:1: expected at least one [[rule]]"),
    Mistake(
      "no rule at all", right.cut(after: 3), "1:1: expected at least one [[rule]]"),
    Mistake(
      "an array without a rule", right.cut(after: 2).adding("rule = []"),
      "3:8: expected at least one [[rule]]"),
    Mistake(
      "a rule that is no table", right.cut(after: 2).adding("rule = [1]"),
      "3:8: expected a table"),
    Mistake(
      "a number for the provider", right.replacing(1, with: "provider = 1"),
      "1:12: expected a string"),
    Mistake("no name", right.replacing(2, with: nil), #"1:1: expected name = "…""#),
    Mistake(
      "words that are no array", right.adding("cue = \"acme\""),
      "11:7: rule acme.token: expected an array of strings"),
    Mistake(
      "an unknown key of the head", right.replacing(3, with: "colour = 1"),
      "3:1: unknown key colour; expected one of allow, name, provider, rule"),
    Mistake(
      "an unknown key of a rule", right.adding("shapes = []"),
      "11:1: rule acme.token: unknown key shapes; expected one of \(keys)"),
    Mistake("a missing id", right.replacing(5, with: nil), #"4:1: expected id = "…""#),
    Mistake(
      "a missing title", right.replacing(6, with: nil),
      #"4:1: rule acme.token: expected title = "…""#),
    Mistake(
      "a missing shape", right.replacing(7, with: nil),
      #"4:1: rule acme.token: expected shape = "…""#),
    Mistake(
      "a missing power", right.replacing(8, with: nil),
      #"4:1: rule acme.token: expected power = "…""#),
    Mistake(
      "a missing revoke", right.replacing(9, with: nil),
      #"4:1: rule acme.token: expected revoke = "…""#),
    Mistake(
      "no pack", right.replacing(10, with: "packs = []"),
      "10:9: rule acme.token: expected at least one pack"),
    Mistake(
      "packs that are no array", right.replacing(10, with: "packs = \"test\""),
      "10:9: rule acme.token: expected an array of strings"),
    Mistake(
      "a pack that is no string", right.replacing(10, with: "packs = [\"test\", 1]"),
      "10:9: rule acme.token: expected an array of strings"),
    Mistake(
      "a number for a string", right.replacing(6, with: "title = 7"),
      "6:9: rule acme.token: expected a string"),
    Mistake(
      "an id of another provider", right.replacing(5, with: "id = \"apex.token\""),
      "5:6: rule apex.token: expected an id that begins with acme."),
    Mistake(
      "an unknown power", right.replacing(8, with: "power = \"root\""),
      "8:9: rule acme.token: expected one of admin, data, read, spend, write"),
    Mistake(
      "an unknown confidence", right.adding("confidence = \"sure\""),
      "11:14: rule acme.token: expected one of high, low, medium, not sure"),
    Mistake(
      "an unknown specificity", right.adding("specificity = \"vague\""),
      "11:15: rule acme.token: expected one of context, generic, provider, not vague"),
    Mistake(
      "a word for a flag", right.adding("refutes = \"yes\""),
      "11:11: rule acme.token: expected true or false"),
    Mistake(
      "a word for a number", right.adding("within = \"far\""),
      "11:10: rule acme.token: expected an integer"),
    Mistake(
      "an unknown check", right.adding("check = \"md5(body) = sum\""),
      "11:9: rule acme.token: expected \(checks)"
    ),
    Mistake(
      "a check without a target", right.adding("check = \"crc32-base62(body)\""),
      "11:9: rule acme.token: expected \(checks)"),
    Mistake(
      "a target too many", right.adding("check = \"base58check(body) = sum\""),
      "11:9: rule acme.token: expected \(checks)"),
    Mistake(
      "an empty check", right.adding(#"check = """#),
      "11:9: rule acme.token: expected \(checks)"),
    Mistake(
      "a mistake in a shape", right.shape("'acme_' base63{26}"),
      "7:18: rule acme.token: expected \(alphabets), not base63"),
    Mistake(
      "a mistake behind an escape", right.shape("'a\\\\x5fb' base63{26}"),
      "7:20: rule acme.token: expected \(alphabets), not base63"),
  ]
}
