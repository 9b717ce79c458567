import Oracle
import Testing
import WeirCore
import WeirSpecimens

@Suite("What begins inside a swallowed run is not lost with it")
struct SwallowTests {
  private static let run = "set(A-Za-z0-9\\-)"

  /// More than is held, of no pattern.
  private static func filler(seed: UInt64) -> [UInt8] {
    var random = SplitMix64(seed: seed)
    return random.bytes(Alphabet.named["base62"]!.bytes, count: 4200) + [UInt8(ascii: "-")]
  }

  private func expectSameAtEveryCut(
    _ input: [UInt8], near place: Int, rules: [RuleDefinition], findings: [String]
  ) throws {
    let catalogue = try Catalogue(compiling: rules)
    let whole = try scan(input, catalogue: catalogue)
    #expect(whole.findings.map { catalogue.ruleID($0.rule) } == findings)
    for cut in max(place - 20, 0)..<min(place + 20, input.count) {
      #expect(
        try scan([input[..<cut], input[cut...]], catalogue: catalogue) == whole, "cut at \(cut)")
    }
  }

  @Test("if its own form goes on behind the run")
  func beyond() throws {
    let rule = try TestRule.make("t.key", "'tok' lower{3} '=' secret:\(Self.run){20,}")
    var random = SplitMix64(seed: 151)
    let first = Array("tokabc=".utf8) + Self.filler(seed: 152)
    let second = Array("tokxyz=".utf8) + random.bytes(Alphabet.named["base62"]!.bytes, count: 30)
    try expectSameAtEveryCut(
      first + second, near: first.count, rules: [rule], findings: ["t.key", "t.key"])
  }

  @Test("also if what it has before its run may be of many lengths")
  func beyondAnyLength() throws {
    let rule = try TestRule.make("t.key", "'tok' lower{3,9} '=' secret:\(Self.run){20,}")
    var random = SplitMix64(seed: 157)
    let first = Array("tokabc=".utf8) + Self.filler(seed: 158)
    for name in ["xyz", "xyzqwr", "xyzqwrtpd"] {
      let second = "tok\(name)=".utf8 + random.bytes(Alphabet.named["base62"]!.bytes, count: 30)
      try expectSameAtEveryCut(
        first + second, near: first.count, rules: [rule], findings: ["t.key", "t.key"])
    }
  }

  @Test("if the key block it would lie in ends before it; and inside it is no second finding")
  func nestedBlocks() throws {
    let rule = try TestRule.make("t.block", "'/kb+AAAA' key-block")
    var random = SplitMix64(seed: 161)
    func block() -> [UInt8] {
      Array("/kb+AAAA".utf8) + random.bytes(Alphabet.named["base62"]!.bytes, count: 80)
    }
    let first = block()
    let words = Array(String(repeating: " ab", count: 100).utf8)
    for gap in [words + [0x20], words] {
      try expectSameAtEveryCut(
        first + gap + block(), near: first.count + gap.count, rules: [rule],
        findings: ["t.block", "t.block"])
    }
    for gap in [[], [0x20], [0x0A]] as [[UInt8]] {
      try expectSameAtEveryCut(
        first + gap + block(), near: first.count, rules: [rule], findings: ["t.block"])
    }
  }

  @Test("if a pair waits for its end")
  func pair() throws {
    let rules = [
      try TestRule.make("t.source", "'tok' \(Self.run){3,}"),
      try TestRule.make("t.pair", "digits{6}", pair: "t.source", within: 4),
    ]
    let first = Array("tok".utf8) + Self.filler(seed: 153)
    try expectSameAtEveryCut(
      first + Array("toks3kq\n290718\n".utf8), near: first.count, rules: rules,
      findings: ["t.source", "t.pair"])
  }

  @Test("if it ends in the dot that the run leaves to a sentence")
  func dot() throws {
    let rule = try TestRule.make("t.key", "'tok-' i'x7q9.' set(a-z0-9A-Z.\\-){0,}")
    let head = Array("tok-x7q9.".utf8)
    let input = head + Self.filler(seed: 154) + head
    try expectSameAtEveryCut(
      input + Array(" and".utf8), near: input.count, rules: [rule], findings: ["t.key", "t.key"])
  }

  @Test("if it is another form's run, which goes on")
  func otherForm() throws {
    let rules = [
      try TestRule.make("t.key", "'key' set(A-Za-z0-9+\\-){20,}"),
      try TestRule.make("t.tok", "'tok' \(Self.run){20,}"),
    ]
    let body = Self.filler(seed: 155)
    let input =
      Array("tok".utf8) + body.prefix(90) + Array("-key".utf8) + body + Array("+".utf8)
      + body.prefix(40)
    for cut in [4250, 4290, 4296, 4299] {
      let catalogue = try Catalogue(compiling: rules)
      let whole = try scan(input, catalogue: catalogue)
      #expect(whole.findings.map { catalogue.ruleID($0.rule) } == ["t.tok", "t.key"])
      #expect(try scan([input[..<cut], input[cut...]], catalogue: catalogue) == whole)
    }
  }

  @Test("nor what begins before it, and is found after it in the part of a pair that comes late")
  func before() throws {
    let rules = [
      try TestRule.make(
        "t.source",
        "'<w=' set(a-z<=>\\-){1,60} secret:'!' | '<k=' set(a-z<=\\-){1,40} secret:'>'"
          + " | '<m=' secret:set(b){2}"),
      try TestRule.make(
        "t.pair", "'v' set(a-z>\\-){8} set(a-z<=>!\\-){12,}", pair: "t.source", within: 60),
    ]
    let catalogue = try Catalogue(compiling: rules)
    let oracle = Oracle(rules: rules, policy: .redact)
    var random = SplitMix64(seed: 159)
    let input =
      Array("<w=<k=<m=bb-v>-vqwertzpdf!".utf8)
      + random.bytes(Alphabet.named["lower"]!.bytes, count: 4300) + Array(" and".utf8)
    for cut in [4105, 4110, 4111, 4112, 4200, 4320, input.count - 4] {
      try expectAgreement(
        input, .redact, oracle, chunks: [input[..<cut], input[cut...]], note: "cut at \(cut)",
        catalogue: catalogue)
    }
    #expect(try scan(input, catalogue: catalogue).findings.map(\.start) == [12])
  }

  @Test("and of two that begin together each grows to its own end")
  func together() throws {
    let rules = [
      try TestRule.make("t.long", "'tok' \(Self.run){20,}"),
      try TestRule.make("t.short", "'tok' set(A-Za-z0-9){20,}"),
    ]
    let body = Self.filler(seed: 156)
    let input = Array("tok".utf8) + body + body.prefix(900) + [UInt8(ascii: " ")]
    let catalogue = try Catalogue(compiling: rules)
    let whole = try scan(input, catalogue: catalogue)
    #expect(whole.findings.map { catalogue.ruleID($0.rule) } == ["t.long"])
    for (first, second) in [(4150, 4500), (4200, 4204), (4180, 5000)] {
      let chunks = [input[..<first], input[first..<second], input[second...]]
      #expect(try scan(chunks, catalogue: catalogue) == whole)
    }
  }
}
