import Oracle
import Testing
import WeirCore
import WeirSpecimens

/// Secrets that outgrow what is held, glued to each other: one may grow inside another, or out of it.
@Suite("Long secrets inside and across each other")
struct LongSecretTests {
  @Test("agree with the oracle, however they are cut")
  func glued() throws {
    var maker = BuiltIn.maker(seed: 121)
    let rules = [
      "google.oauth-token", "anthropic.oauth-token", "jwt.signed", "pem.private-key",
      "url.password", "cohere.api-key", "github.personal-token",
    ]
    var failures = 0
    for policy in [Policy.redact, .scan] {
      let oracle = Oracle(rules: BuiltIn.definitions, policy: policy)
      for turn in 0..<40 * Scale.factor where failures < 3 {
        var input: [UInt8] = []
        for _ in 0..<maker.random.pick([2, 3, 4]) {
          let length: RunLength = maker.random.pick([.any, .pastHold])
          input += maker.specimen(of: maker.random.pick(rules), length: length).bytes
          input += Array(maker.random.pick(["", "-", ".", "_", "\n", "-----", "@", "=", "."]).utf8)
        }
        let chunks = randomChunks(
          of: input, atMost: maker.random.pick([7, 300, 5000]), random: &maker.random)
        let agrees = try expectAgreement(
          input, policy, oracle, chunks: chunks, note: "turn \(turn)")
        if !agrees { failures += 1 }
      }
    }
  }
}
