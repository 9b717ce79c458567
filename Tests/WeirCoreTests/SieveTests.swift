import PlainTexts
import Testing
import Trials
import WeirCore
import WeirSpecimens

/// Whoever finds the signatures, and however fast, finds the same.
@Suite("The sieve and Hyperscan find the same signatures")
struct SieveTests {
  /// Every way finds what Hyperscan does; how much that is.
  @discardableResult
  private static func agree(
    on text: UnsafeRawBufferPointer, behind knownBytes: Int = 0,
    catalogue: Catalogue = BuiltIn.catalogue, _ what: @autoclosure () -> String
  ) throws -> Int {
    try #require(catalogue.hasSieve)
    let expected = try catalogue.signatureEnds(in: text, behind: knownBytes, by: .hyperscan)
    for way in SearchWay.all {
      let ends = try catalogue.signatureEnds(in: text, behind: knownBytes, by: way)
      #expect(ends == expected, "\(way) on \(what())")
    }
    return expected?.count ?? 0
  }

  @Test("in text of every kind", arguments: PlainText.allCases)
  func plainTexts(text: PlainText) throws {
    let bytes = text.bytes(2_000_000, seed: 811)
    let found = try bytes.withUnsafeBytes { try Self.agree(on: $0, text.rawValue) }
    #expect(found > 0)
  }

  @Test("in credentials of every rule, each in its dresses, and in nearly such")
  func specimens() throws {
    var maker = BuiltIn.maker(seed: 812)
    var bytes: [UInt8] = []
    for rule in BuiltIn.definitions {
      let secret = maker.specimen(of: rule.id).bytes
      bytes += secret
      for dress in EncodedDress.allCases { bytes += [0x20] + dress.encoded(secret) }
      bytes.append(0x0A)
    }
    var input = MutatedInput(rules: BuiltIn.definitions, seed: 813)
    for _ in 0..<3000 { bytes += input.next() }
    let found = try bytes.withUnsafeBytes { text in
      try Self.agree(on: text, "credentials")
    }
    #expect(found > BuiltIn.definitions.count)
  }

  @Test("in bytes of chance, also of few values")
  func chance() throws {
    var random = SplitMix64(seed: 814)
    for alphabet in [Array(0...255), Array("apsk-_:/=. \0\n".utf8)] {
      let bytes = (0..<1_000_000).map { _ in random.pick(alphabet) }
      _ = try bytes.withUnsafeBytes { try Self.agree(on: $0, "\(alphabet.count) values") }
    }
  }

  @Test("in a text of any length, where nothing may be read behind it, however much of it is known")
  func lengths() throws {
    let memory = try #require(GuardedBytes())
    var maker = BuiltIn.maker(seed: 815)
    var found = 0
    for rule in BuiltIn.definitions {
      let secret = maker.specimen(of: rule.id).bytes
      // A signature ends at the text's end, or a byte is missing.
      for ending in [secret, secret.dropLast(), Array(secret.prefix(maker.random.below(20)))] {
        let text = Array((Array("x ".utf8) + ending).suffix(maker.random.below(200)))
        found += try Self.agree(
          on: memory.place(text), behind: maker.random.below(text.count + 1), "\(text.count) bytes")
      }
    }
    #expect(found > 100)
  }

  @Test("over pieces, at whatever byte of a piece one lies")
  func pieces() throws {
    var maker = BuiltIn.maker(seed: 816)
    let secret = maker.specimen(of: "github.personal-token").bytes + Array("\nkey: ".utf8)
    for before in Array(0..<70) + Array(4000..<4110) + Array(8150..<8200) {
      let text = [UInt8](repeating: 0x2E, count: before) + secret
      let found = try text.withUnsafeBytes { try Self.agree(on: $0, "\(before) before") }
      #expect(found > 0)
    }
  }

  @Test("of rules with beginnings as short and as wide as can be")
  func shortRules() throws {
    let rules = [
      try TestRule.make("t.three", "'Qz_' lower{4}"),
      try TestRule.make("t.wide", "digits{3} '-zq9-' lower{4}"),
      try TestRule.make("t.high", "'Zq\\xE9\\xA7' lower{4}"),
      try TestRule.make("t.long", "'abcdefghijklmnopqrstuvwxyz_' lower{4}"),
    ]
    let catalogue = try Catalogue(compiling: rules)
    var random = SplitMix64(seed: 817)
    let words =
      [
        "Qz_", "Q", "z_", "123-zq9-", "é", "zq9-", "abcdefghijklmnopqrstuvwxyz_", "mnop", "x",
      ].map { Array($0.utf8) } + [[0x5A, 0x71, 0xE9, 0xA7], [0x5A, 0x71], [0xE9]]
    var found = 0
    for _ in 0..<2000 {
      let text = (0..<random.below(6)).flatMap { _ in random.pick(words) }
      found += try text.withUnsafeBytes {
        try Self.agree(on: $0, catalogue: catalogue, shown(text))
      }
    }
    #expect(found > 1000)
  }

  @Test("and say that there is no room for all of them")
  func noRoom() throws {
    let text = Array(String(repeating: "ghp_ ", count: 9).utf8)
    for way in SearchWay.all {
      let (all, fewer) = try text.withUnsafeBytes { text in
        try (
          BuiltIn.catalogue.signatureEnds(in: text, most: 9, by: way),
          BuiltIn.catalogue.signatureEnds(in: text, most: 8, by: way)
        )
      }
      #expect(all?.count == 9)
      #expect(fewer == nil)
    }
  }
}
