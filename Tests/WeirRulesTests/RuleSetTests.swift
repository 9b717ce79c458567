import Testing
import WeirCore
import WeirRules

@Suite("Rules that do not fit together are refused by name")
struct RuleSetTests {
  private let right = RuleText()

  private func refusal(of rules: RuleText...) throws -> String? {
    var definitions: [RuleDefinition] = []
    for text in rules { definitions += try text.definitions() }
    let all = definitions
    let error = #expect(throws: CatalogueError.self) { _ = try Catalogue(compiling: all) }
    return error?.description
  }

  @Test("an id used twice")
  func duplicate() throws {
    #expect(try refusal(of: right, right) == "rule acme.token: the id is used twice")
  }

  @Test("a check of a segment that the shape does not name")
  func unknownSegment() throws {
    #expect(
      try refusal(of: right.adding(#"check = "crc32-base62(core) = sum""#))
        == "rule acme.token: the check names core, which the shape does not")
    #expect(
      try refusal(of: right.adding(#"check = "crc32-base62(body) = crc""#))
        == "rule acme.token: the check names crc, which the shape does not")
  }

  @Test("a pair that is no rule")
  func unknownPair() throws {
    #expect(
      try refusal(of: right.adding(#"pair = "acme.key""#))
        == "rule acme.token: its pair acme.key is no rule")
  }

  @Test("a shape that nothing would look for")
  func noAnchor() throws {
    let noAnchor =
      "rule acme.token: no literal of three bytes near the start; give it a cue or a context"
    #expect(try refusal(of: right.shape("hex{32}")) == noAnchor)
    #expect(try refusal(of: right.shape("'ac' hex{32}")) == noAnchor)
  }

  @Test("a signature over a line's end")
  func lineFeed() throws {
    #expect(
      try refusal(of: right.shape("'acme\\\\x0a' hex{32}"))
        == "rule acme.token: a signature may not hold a line feed")
  }

  @Test("a reach of no byte, and of too many")
  func within() throws {
    let cue = right.adding(#"cue = ["acme"]"#)
    #expect(
      try refusal(of: cue.adding("within = 0")) == "rule acme.token: within is 1 to 4096 bytes")
    #expect(
      try refusal(of: cue.adding("within = 4097")) == "rule acme.token: within is 1 to 4096 bytes")
  }

  @Test("a cue that is too short")
  func shortCue() throws {
    #expect(
      try refusal(of: right.adding(#"cue = ["ac"]"#)) == "rule acme.token: a cue has 3 to 64 bytes")
  }

  @Test("a cue and a context at once")
  func cueAndContext() throws {
    #expect(
      try refusal(of: right.adding(#"cue = ["acme"]"#).adding(#"context = ["acme"]"#))
        == "rule acme.token: one of context, cue and judge")
  }

  @Test("a phrase without a cue, or with more than cues")
  func phraseWithoutCue() throws {
    let phrase = right.shape("bip39-phrase")
    for rule in [
      phrase, phrase.adding(#"context = ["acme"]"#),
      phrase.adding(#"cue = ["acme"]"#).adding(#"pair = "acme.token""#),
    ] {
      #expect(try refusal(of: rule) == "rule acme.token: a phrase is looked for behind a cue")
    }
  }

  @Test("lines without a cue")
  func linesWithoutCue() throws {
    #expect(
      try refusal(of: right.adding(#"context = ["acme"]"#).adding("lines = true"))
        == "rule acme.token: lines needs a cue")
  }

  @Test("a name for the secret of a shape with a tail")
  func secretBeforeTail() throws {
    #expect(
      try refusal(of: right.shape("'acme_' secret:jwt"))
        == "rule acme.token: a shape with a tail is a secret as a whole")
  }

  @Test("a secret that begins further on than matchers look back")
  func farSecret() throws {
    #expect(
      try refusal(of: right.shape("'acme_' hex{600} secret:base62{20}"))
        == "rule acme.token: at most 512 bytes may stand before the secret")
  }

  @Test("an open run behind the secret")
  func openBehindSecret() throws {
    #expect(
      try refusal(of: right.shape("'acme_' secret:hex{20} '-' base62{20,}"))
        == "rule acme.token: an open run belongs to the secret")
  }

  @Test("a pair with a rule that is itself looked for behind words")
  func armedPair() throws {
    let source = right.replacing(5, with: #"id = "acme.source""#).adding(#"cue = ["acme"]"#)
    #expect(
      try refusal(of: right.adding(#"pair = "acme.source""#), source)
        == "rule acme.token: its pair acme.source has no anchor of its own")
  }

  /// Definitions that no file has to be read for.
  private func definitions(
    _ count: Int, cue: String? = nil, _ shape: (Int) -> String
  ) throws -> [RuleDefinition] {
    try (0..<count).map { number in
      let text = shape(number)
      return RuleDefinition(
        id: "acme.t\(number)", providerName: "Acme", title: "Acme token", category: "test",
        power: "read", revoke: "acme.example/keys", packs: ["test"], shapeText: text,
        shape: try ShapeParser.parse(text), cue: cue.map { [$0] } ?? [])
    }
  }

  @Test("more alphabets than a word has bits")
  func alphabets() throws {
    // Sets of a letter and another, all different.
    let rules = try definitions(66) { number in
      let (first, second) = (
        UInt8(ascii: "a") + UInt8(number % 13), UInt8(ascii: "n") + UInt8(number / 13)
      )
      let set = String(decoding: [first, second], as: UTF8.self)
      return "'acme-\(number)-' set(\(set)){20} '-'"
    }
    let error = #expect(throws: CatalogueError.self) { _ = try Catalogue(compiling: rules) }
    #expect(error == .tooManyAlphabets)
    #expect(error?.description == "the rules use more than 64 different alphabets")
  }

  @Test("more forms, and more places of signatures, than two bytes count")
  func records() throws {
    let ways = (1...64).map { "hex{\($0)}" }.joined(separator: " | ")
    let forms = try definitions(1024, cue: "acme") { _ in ways }
    #expect(throws: CatalogueError.tooManyRules) { _ = try Catalogue(compiling: forms) }
    let places = try definitions(1366) { number in
      let digits = String(number + 1000)
      return "'" + String(repeating: "acme-", count: 8) + digits + digits + "' hex{4}"
    }
    let error = #expect(throws: CatalogueError.self) { _ = try Catalogue(compiling: places) }
    #expect(error == .tooManyRules)
    #expect(error?.description == "the rules make more than 65,535 records of one kind")
  }

  @Test("a definition that no file was read for is checked like the others")
  func definition() throws {
    let rules = try definitions(1) { _ in "'acme_' base62{20,24} hex{4}" }
    let error = #expect(throws: CatalogueError.self) { _ = try Catalogue(compiling: rules) }
    #expect(
      error?.description == "rule acme.t0: expected after a run of variable length something that "
        + "no byte of its alphabet begins")
  }

  @Test("an id whose mask would not survive its own rule")
  func ids() throws {
    let ids = "an id is provider.noun of a-z 0-9 - and at most 32 bytes"
    let long = "acme." + String(repeating: "k", count: 28)
    #expect(try refusal(of: right.replacing(5, with: "id = \"\(long)\"")) == "rule \(long): \(ids)")
    #expect(
      try refusal(of: right.replacing(5, with: #"id = "acme.Token""#)) == "rule acme.Token: \(ids)")
    #expect(
      try refusal(of: right.replacing(5, with: #"id = "acme.token.old""#))
        == "rule acme.token.old: \(ids)")
    #expect(
      try refusal(of: right.replacing(5, with: #"id = "acme.my-key""#).shape("'key-' hex{16}"))
        == "rule acme.my-key: its mask ends as another rule's anchor begins; name it otherwise")
  }
}
