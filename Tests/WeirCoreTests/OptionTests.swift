import Oracle
import Testing
import WeirCore
import WeirSpecimens

/// The words of a command, as a person types them and as configurations and logs write them down.
@Suite("What stands behind an option is assigned to it, quoted or not")
struct OptionTests {
  private let rules: [RuleDefinition]
  private let catalogue: Catalogue
  private let value: [UInt8]

  init() throws {
    rules = [
      try TestRule.make("t.value", "base62{20}", cue: ["tok"], isAssigned: true, within: 400)
    ]
    catalogue = try Catalogue(compiling: rules)
    var random = SplitMix64(seed: 190)
    value = random.bytes(Alphabet.named["base62"]!.bytes, count: 20)
  }

  /// The engine finds it or not, and agrees with the oracle wherever the input is cut.
  private func expect(_ before: String, _ isAssigned: Bool, _ after: String = "") throws {
    let input = Array(before.utf8) + value + Array(after.utf8)
    let found = try scan(input, policy: .scan, catalogue: catalogue).findings.count
    #expect(found == (isAssigned ? 1 : 0), "\(before)")
    let oracle = Oracle(rules: rules, policy: .scan)
    for place in input.indices {
      let agrees = try expectAgreement(
        input, .scan, oracle, chunks: [input[..<place], input[place...]], note: before,
        catalogue: catalogue)
      if !agrees { return }
    }
  }

  @Test("behind a quote or an escape that begins a text, as in logs of commands")
  func quoted() throws {
    for (before, isAssigned) in [
      ("{\"message\":\"--tok ", true), ("'-tok ", true), ("`--tok\t", true), ("\\\"--tok ", true),
      ("{\"out\":\"$ x\\n--tok ", true), ("$ x\\t-tok ", true), ("\\u0022--tok ", true),
      ("&quot;--tok ", true), ("%22--tok ", true), ("\u{1B}[1m--tok ", true),
      ("\"--tok\" ", true), ("--tok\"", false), ("\"--tok.x ", false), ("x--tok ", false),
      ("\\x--tok ", false), (".--tok ", false),
      ("\\u022--tok ", false), ("\"tok ", false), ("\\ntok ", false), ("%3D--tok ", false),
      ("=3A--tok ", false), ("\"--tok", false), ("\"--tok.", false), ("/--tok ", false),
    ] {
      try expect(before, isAssigned, "\"")
    }
  }

  @Test("also behind a scheme, with the quote before that or without one")
  func schemes() throws {
    for (before, isAssigned) in [
      ("--tok Bearer ", true), ("--tok \"Bearer ", true), ("--tok\"Bearer ", false),
      ("[\"--tok\", \"Bearer ", true), ("[\"--tok\",\"Bearer ", true),
      ("[\"--tok\", Bearer ", false), ("[\"--tok\",Bearer ", false),
    ] {
      try expect(before, isAssigned, "\"")
    }
  }

  @Test("as the next word of a list, as configurations of MCP servers write it")
  func listed() throws {
    for (before, isAssigned) in [
      ("\"args\":[\"-y\",\"server\",\"--tok\",\"", true), ("\"args\": [\"--tok\", \"", true),
      ("args = ['--tok', '", true), ("[\\\"--tok\\\",\\\"", true), ("[\"--tok\",        \"", true),
      ("[\"--tok\",                 \"", false), ("\"run --tok\",\"", true),
      ("\"\"\"--tok\"\"\",\"", true),
      ("\"\"\"--tok\"\"\"\",\"", false), ("[--tok,\"", false), ("[ --tok,\"", false),
      ("[\"--tok\",", false),
      ("[\"tok\",\"", false), ("[\"x--tok\",\"", false), ("[\"--tok\" ,\"", false),
      ("[\"--tok\",,\"", false), ("[\"--tok\",\"x\",\"", false), ("[\"--tok\";\"", false),
    ] {
      try expect(before, isAssigned, "\"]")
    }
  }

  @Test("an option has at most 64 bytes, and is looked back at over quotes of the longest kind")
  func bounds() throws {
    let colour = "\u{1B}[38;5;123;48;m"
    let colours = colour + colour + colour
    for (width, isAssigned) in [(64, true), (65, false)] {
      let option = "-" + String(repeating: "f", count: width - 1)
      try expect("tok\"" + option + "\",\"", isAssigned)
      try expect("tok\\n" + option + " ", isAssigned)
      let blanks = "        "
      try expect(
        "tok" + colour + option + colours + "," + blanks + colours + blanks + "Bearer " + colours,
        isAssigned)
    }
  }

  @Test("a key of the catalogue in such a list is found and named")
  func specimen() throws {
    var random = SplitMix64(seed: 191)
    let key = random.bytes(Alphabet.named["base62"]!.bytes, count: 32)
    let input =
      Array("{\"command\":\"npx\",\"args\":[\"-y\",\"server\",\"--mistral-key\",\"".utf8) + key
      + Array("\"]}\n".utf8)
    let ids = try scan(input).findings.map { BuiltIn.catalogue.ruleID($0.rule) }
    #expect(ids == ["mistral.api-key"])
  }
}
