import Oracle
import Testing
import WeirCore
import WeirSpecimens

/// Rules made for tests.
enum TestRule {
  static func make(
    _ id: String, _ shape: String, specificity: Specificity = .provider, context: [String] = [],
    cue: [String] = [], pair: String? = nil, within: Int = 64
  ) throws -> RuleDefinition {
    RuleDefinition(
      id: id, providerName: "Test", title: "test", category: "test", power: "read", revoke: "-",
      packs: ["test"], shapeText: shape, shape: try ShapeParser.parse(shape),
      specificity: specificity, context: context, cue: cue, pair: pair, withinBytes: within)
  }
}

@Suite("All small inputs")
struct TinyRuleTests {
  private static let sets: [(letters: String, rules: @Sendable () throws -> [RuleDefinition])] = [
    (
      "a-.",
      {
        [
          try TestRule.make("t.run", "'-a-' set(a.){2,4}"),
          try TestRule.make("t.open", "'a--' set(a\\-){2,}"),
          try TestRule.make("t.literal", "'.-a' set(a){1,2} '-'"),
        ]
      }
    ),
    (
      "a=.",
      {
        [
          try TestRule.make("t.secret", "'a=a' secret:set(a.){2,3} '='", specificity: .generic),
          try TestRule.make("t.cue", "set(a.){3}", cue: ["aa="], within: 4),
          try TestRule.make("t.context", "set(a.){2,}", specificity: .context, context: ["a.a"]),
        ]
      }
    ),
    (
      "ab\n",
      {
        [
          try TestRule.make("t.source", "'bab' set(a){1,2}"),
          try TestRule.make("t.pair", "set(ab){2,3}", pair: "t.source", within: 4),
          try TestRule.make("t.caseless", "i'ABA' 'b'? set(ab){2}"),
        ]
      }
    ),
  ]

  @Test("of up to eight letters agree with the oracle at every split", arguments: 0..<sets.count)
  func enumeration(index: Int) throws {
    let rules = try Self.sets[index].rules()
    let letters = Array(Self.sets[index].letters.utf8)
    let catalogue = try Catalogue(compiling: rules)
    let oracle = Oracle(rules: rules, policy: .redact)
    var failures = 0
    for length in 1...(Scale.factor > 1 ? 9 : 8) {
      var number = 0
      let count = (0..<length).reduce(1) { product, _ in product * letters.count }
      while number < count, failures < 3 {
        var rest = number
        let input = (0..<length).map { _ in
          defer { rest /= letters.count }
          return letters[rest % letters.count]
        }
        number += 1
        for place in 0..<length where failures < 3 {
          let agrees = try expectAgreement(
            input, .redact, oracle, chunks: [input[..<place], input[place...]], note: "tiny",
            catalogue: catalogue)
          if !agrees { failures += 1 }
        }
      }
    }
  }
}

@Suite("Around the greatest hold")
struct GreatestHoldTests {
  @Test("open runs of about 4,096 bytes agree with the oracle")
  func openRuns() throws {
    let rules = [
      try TestRule.make("t.open", "'tok_' set(A-Za-z0-9_.\\-){20,}"),
      try TestRule.make("t.inner", "'ghx_' base62{20}"),
      try TestRule.make(
        "t.context", "set(A-Za-z0-9_\\-){20,}", specificity: .context, context: ["secret"]),
      try TestRule.make("t.after", "'key=' secret:base62{20,}"),
    ]
    let catalogue = try Catalogue(compiling: rules)
    var maker = SpecimenMaker(rules: rules, seed: 101)
    var failures = 0
    for policy in [Policy.redact, .scan] {
      let oracle = Oracle(rules: rules, policy: policy)
      for turn in 0..<600 * Scale.factor where failures < 3 {
        let length = maker.random.pick([4070, 4088, 4090, 4091, 4092, 4093, 4094, 4096, 4100, 5000])
        let body = maker.random.bytes(Alphabet.named["base62"]!.bytes, count: length)
        let head = maker.random.pick(["tok_", "secret=", "x\ntok_", "key=", "secret: \"tok_"])
        let inner = maker.random.pick([
          [], maker.specimen(of: "t.inner").bytes, maker.specimen(of: "t.after").bytes,
          maker.specimen(of: "t.open").bytes, Array("WEIR_REDACTED".utf8), Array("-key=".utf8),
        ])
        let end = maker.random.pick([
          "", ".", "..", "\n", ". ", ".\n", "@", "-key=", "-", "WEIR_REDACTED",
        ])
        let place = maker.random.pick([10, length / 2, length - 20, length])
        let gap = maker.random.pick(["", "-", "%0A"])
        let input =
          Array(head.utf8) + body[..<place] + Array(gap.utf8) + inner + body[place...]
          + Array(end.utf8) + body.prefix(maker.random.pick([0, 30]))
        let chunks = randomChunks(
          of: input, atMost: maker.random.pick([5000, 600, 4096]), random: &maker.random)
        let agrees = try expectAgreement(
          input, policy, oracle, chunks: chunks, note: "turn \(turn)", catalogue: catalogue)
        if !agrees { failures += 1 }
      }
    }
  }
}
