import Testing
import WeirCore
import WeirSpecimens

/// Where the words that say whose a credential is begin, end and reach.
@Suite("Words of names speak for their rules")
struct NameWordTests {
  private static func isFound(_ text: String, within: Int = 64) throws -> Bool {
    let rule = try TestRule.make(
      "t.key", "lower{12}", specificity: .context, context: ["acme", "zen db", "q z"],
      within: within)
    let value = "qzvkwxjpyhmb"
    let result = try scan(
      Array((text + value).utf8), catalogue: Catalogue(compiling: [rule]))
    return result.findings.map(\.end) == [UInt64(text.utf8.count + value.utf8.count)]
  }

  @Test(
    "a word begins behind a sign, an escape, and as a part in camel case",
    arguments: [
      "", "_", "my.", "big", "\\n", "\\t", "\\r", "%20", "=3D", "\\u0020", "x&quot;", "9",
      "\u{1B}[m", "\u{1B}[0;1;2;3;4;5;m", "\\u001b[38;5;123;48;m", "#033[0m", "^[[0m", "#011",
      "\\x22",
      "\\012", "%2522", "\\u001b[0K",
    ])
  func beginnings(before: String) throws {
    let word = before == "big" || before == "9" ? "Acme" : "acme"
    #expect(try Self.isFound("\(before)\(word)_key="))
    #expect(try Self.isFound("x\(before)\(word)_key=") || before.isEmpty)
    // Behind a text that an escape could have begun before.
    let far = String(repeating: ".", count: 40)
    #expect(try Self.isFound("\(far)x\(before)\(word)_key=") || before.isEmpty)
  }

  @Test(
    "it begins nowhere else",
    arguments: [
      "x", "9", "n", "20", "3D", "u0020", "\\x", "%2", "m", "[m", "#111", "x22", "012",
      "\\u001c[0m", "\u{1B}[0;1;2;3;4;5;6m",
      "********",
    ])
  func middles(before: String) throws {
    #expect(try !Self.isFound("\(before)acme_key="))
  }

  @Test("a short word is no beginning of a longer one; its parts may be joined by one sign")
  func ends() throws {
    for text in [
      "acme_key=", "acmeKey=", "acme9_key=", "zendb_key=", "zen-db key: ", "ZEN_DB_KEY=", "qz_key=",
      "Q_Z key: ",
    ] {
      #expect(try Self.isFound(text), "\(text)")
    }
    for text in ["acmes_key=", "ACMES_KEY=", "zen__db_key=", "zen/db_key="] {
      #expect(try !Self.isFound(text), "\(text)")
    }
  }

  @Test("it reaches so far, on its line")
  func reach() throws {
    #expect(try Self.isFound("acme \(String(repeating: ".", count: 5)) key=", within: 12))
    #expect(try !Self.isFound("acme \(String(repeating: ".", count: 6)) key=", within: 12))
    #expect(try !Self.isFound("acme\nkey="))
    // Looked through again for the value behind it, which is near enough to no word.
    #expect(try Self.isFound("acme other_key=\"?\" key=", within: 24))
  }

  @Test(
    "behind an escape it is one also where the text that is read for words begins in the escape",
    arguments: ["\u{1B}[38;5;123;48;m", "\\u001b[38;5;123;48;m"])
  func cutEscapes(escape: String) throws {
    for distance in 30...59 {
      let text = "x\(escape)acme_" + String(repeating: ".", count: distance - 5) + "key="
      #expect(try Self.isFound(text), "\(distance)")
    }
  }

  @Test("also where a value was read between the two parts of the escape")
  func escapesOverValues() throws {
    let rule = try TestRule.make(
      "t.key", "set(a-z0-9A-Z){12}", specificity: .context, context: ["bigacme"])
    let before = "secret=20bigacmekey01 key="
    let found = try scan(
      Array("\(before)qzvkwxjpyhm7".utf8), catalogue: Catalogue(compiling: [rule])
    ).findings
    #expect(found.map(\.start) == [UInt64(before.utf8.count)])
  }

  @Test("each of several speaks, however often they stand again")
  func several() throws {
    let catalogue = try Catalogue(compiling: [
      TestRule.make("t.acme", "lower{12}", specificity: .context, context: ["acme"]),
      TestRule.make("t.zen", "digits{12}", specificity: .context, context: ["zendesk"]),
    ])
    for words in ["acme zendesk", "zendesk acme", "acme acme zendesk zendesk", "acme zendesk acme"]
    {
      for value in ["qzvkwxjpyhmb", "827361940572"] {
        let found = try scan(Array("\(words) key=\(value)".utf8), catalogue: catalogue).findings
        #expect(found.count == 1, "\(value) behind \(words)")
      }
    }
  }

  @Test("of a word that stands twice the nearer counts; its rule is not asked where it is too far")
  func again() throws {
    // The first is seen, and does not reach so far.
    let gap = String(repeating: ".", count: 56)
    #expect(try Self.isFound("acme\(gap)acme key="))
    #expect(try !Self.isFound("acme\(gap).... key="))
    // Behind a value that was tried, and is too long by a letter.
    #expect(try !Self.isFound("acme key=qzvkwxpyhmbjw,\(gap) key="))
    #expect(try Self.isFound("acme key=qzvkwxpyhmbjw,\(gap)acme key="))
  }

  @Test("a line's end parts it from the value, however far before that", arguments: 0...40)
  func lines(distance: Int) throws {
    let before = String(repeating: ".", count: distance) + "key="
    #expect(try !Self.isFound("acme\n" + before))
    #expect(try !Self.isFound("acme\n\u{B}" + before))
    #expect(try Self.isFound("acme\u{B}" + before))
    #expect(try Self.isFound("\n\nacme " + before))
  }

  @Test("a value that other rules have no use for, being too short, is one to the rule that has")
  func shortValues() throws {
    let rules = try [("'*' lower{2}", "two"), ("lower{5}", "five"), ("lower{6}", "six")].map {
      try TestRule.make("t.\($1)", $0, specificity: .context, context: [$1])
    }
    let catalogue = try Catalogue(compiling: rules)
    for (word, value, isFound) in [
      ("five", "qzvkw", true), ("five", "qzvk", false), ("six", "qzvkwx", true),
      ("six", "qzvkw", false), ("two", "*qz", true), ("two", "*q", false),
    ] {
      for behind in ["", "\n", " x"] {
        let input = Array("\(word) key: \(value)\(behind)".utf8)
        let found = try scan(input, catalogue: catalogue).findings.count
        #expect(found == (isFound ? 1 : 0), "\(word) \(value)")
      }
    }
  }
}
