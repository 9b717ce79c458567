import Oracle
import Testing
import WeirCore
import WeirSpecimens

@Suite("Around the greatest hold")
struct GreatestHoldTests {
  @Test("open runs of about 4,096 bytes agree with the oracle")
  func openRuns() throws {
    let rules = [
      try TestRule.make("t.open", "'tok_' set(A-Za-z0-9_.\\-){20,}"),
      try TestRule.make("t.inner", "'ghx_' base62{20}"),
      try TestRule.make(
        "t.context", "set(A-Za-z0-9_\\-){20,}", specificity: .context, cue: ["secret"],
        isAssigned: true),
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
