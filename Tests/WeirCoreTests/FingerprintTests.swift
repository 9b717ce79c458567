import Testing
import WeirCore
import WeirSpecimens

@Suite("The same secret has the same fingerprint")
struct FingerprintTests {
  private static let policy = Policy(keepsRefuted: true, key: FingerprintKey(Array(1...32)))

  private func only(_ bytes: [UInt8]) throws -> Fingerprint? {
    let result = try scan(bytes, policy: Self.policy)
    #expect(result.findings.count == 1, "\(result.findings) of \(shown(bytes))")
    return result.findings.first?.fingerprint
  }

  @Test("a key block in every dress", arguments: KeyDress.allCases)
  func keyBlock(dress: KeyDress) throws {
    var maker = BuiltIn.maker(seed: 61)
    for id in ["pem.private-key", "pem.pgp-private-key"] {
      let specimen = maker.specimen(of: id)
      let plain = try only(specimen.bytes)
      #expect(plain != nil)
      #expect(try only(specimen.dressed(dress).bytes) == plain, "\(id)")
      // What follows an unfinished block is no part of it.
      let unfinished = Array(specimen.bytes.dropLast(30))
      #expect(
        try only(unfinished) == only(unfinished + Array("\nand words of prose.\n".utf8)), "\(id)")
    }
  }

  @Test("a URL's password, percent-encoded or not")
  func password() throws {
    // Made at run time: the compiler would join literals into a URL that Weir reports.
    var random = SplitMix64(seed: 64)
    let password = random.bytes(Alphabet.named["base62"]!.bytes, count: 12)
    func url(_ password: [UInt8]) -> [UInt8] {
      Array("postgres://app:".utf8) + password + Array("@db/".utf8)
    }
    let digits = String(password[4], radix: 16, uppercase: true)
    let escape = Array("%\(digits)".utf8)
    let plain = url(password)
    let encoded = url(password[..<4] + escape + password[5...])
    #expect(try only(plain) == only(encoded))
    #expect(try only(plain) != nil)
  }

  @Test("a password that two rules find is decoded as the more specific one says")
  func passwordOfTwoRules() throws {
    var random = SplitMix64(seed: 66)
    let password = Array("k7".utf8) + random.bytes(Alphabet.named["base62"]!.bytes, count: 12)
    func url(_ password: [UInt8]) -> [UInt8] {
      Array("jdbc:mysql://db/app?user=app&password=".utf8) + password + Array("\n".utf8)
    }
    let escape = Array("%\(String(password[0], radix: 16))".utf8)
    let plain = try scan(url(password), policy: Self.policy).findings
    #expect(plain.map { BuiltIn.catalogue.ruleID($0.rule) } == ["jdbc.url"])
    // The judge finds the same bytes, and takes them as they are.
    let judge = BuiltIn.catalogue.rules.firstIndex { $0.id == "generic.password" }
    let judged = try scan(
      url(password), policy: Policy(reported: RuleSet([try #require(judge)])))
    #expect(judged.findings.map(\.start) == plain.map(\.start))
    #expect(try only(url(escape + password[1...])) == plain.first?.fingerprint)
  }

  @Test("also when the other one finds it first")
  func passwordFoundFirst() throws {
    let first = try TestRule.make(
      "t.first", "'<p=' secret:set(a-z0-9%){8,20}", specificity: .generic)
    var second = try TestRule.make("t.second", "'<p=' secret:set(a-z0-9%){8,20} '>'")
    second.isPercentEncoded = true
    let catalogue = try Catalogue(compiling: [first, second])
    func fingerprint(_ password: String) throws -> Fingerprint? {
      let found = try scan(
        Array("<p=\(password)>".utf8), policy: Self.policy, catalogue: catalogue
      ).findings
      #expect(found.map { catalogue.ruleID($0.rule) } == ["t.second"])
      return found.first?.fingerprint
    }
    #expect(try fingerprint("q7w%6b9x2m5") == fingerprint("q7wk9x2m5"))
  }

  @Test("a percent sign is an escape before two hex digits only", arguments: ["+F", "-0", "F+"])
  func noEscape(digits: String) throws {
    var random = SplitMix64(seed: 65)
    let password = random.bytes(Alphabet.named["base62"]!.bytes, count: 12)
    func fingerprint(_ end: String) throws -> Fingerprint? {
      let head = Array("postgres://app:".utf8) + password
      return try only(head + Array("%\(end)".utf8) + Array("@db/".utf8))
    }
    // What the two would be, taken for a number.
    #expect(try fingerprint(digits) != fingerprint("0F"))
    #expect(try fingerprint(digits) != fingerprint("00"))
    // An escape that is one, of the sign itself: nothing else of it is decoded.
    #expect(try fingerprint(digits) == fingerprint("25" + digits))
  }

  @Test("wherever it stands, and under another key another one")
  func place() throws {
    var maker = BuiltIn.maker(seed: 62)
    let token = maker.specimen(of: "github.personal-token")
    let moved = token.embedded(after: Array("x = '".utf8), before: Array("'\n".utf8))
    #expect(try only(token.bytes) == only(moved.bytes))
    let other = try scan(token.bytes, policy: Policy(key: FingerprintKey(Array(2...33))))
    #expect(try other.findings.first?.fingerprint != only(token.bytes))
  }

  @Test("there is none without a key, and a key has 16 to 64 bytes")
  func keys() throws {
    var maker = BuiltIn.maker(seed: 63)
    let token = maker.specimen(of: "github.personal-token")
    #expect(try scan(token.bytes).findings.first?.fingerprint == nil)
    #expect(FingerprintKey(Array(repeating: 1, count: 15)) == nil)
    #expect(FingerprintKey(Array(repeating: 1, count: 65)) == nil)
    #expect(FingerprintKey(Array(repeating: 1, count: 16)) != nil)
  }
}
