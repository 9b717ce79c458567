import Testing
import WeirCore
import WeirSpecimens

@Suite("Redacted output stays as it is")
struct MaskTests {
  @Test(
    "redacting twice is redacting once, and a scan of it reports nothing",
    arguments: MaskMode.allCases)
  func idempotent(mode: MaskMode) throws {
    for vector in Vectors.all(seed: 51) { try expectFixed(vector, mode, "vector") }
  }

  @Test("also of mutated input", arguments: MaskMode.allCases)
  func idempotentOnMutated(mode: MaskMode) throws {
    let seed: UInt64 = 52
    var inputs = MutatedInput(rules: BuiltIn.definitions, seed: seed)
    var failures = 0
    for turn in 0..<2000 * Scale.factor where failures < 3 {
      if !(try expectFixed(inputs.next(), mode, "seed \(seed), turn \(turn)")) { failures += 1 }
    }
  }

  @discardableResult
  private func expectFixed(_ input: [UInt8], _ mode: MaskMode, _ note: String) throws -> Bool {
    let policy = Policy(
      keepsRefuted: true,
      key: mode == .ruleAndFingerprint ? FingerprintKey(Array(0..<16)) : nil)
    let once = try scan(input, policy: policy, mask: mode)
    let twice = try scan(once.output, policy: policy, mask: mode)
    guard twice.findings.isEmpty, twice.output == once.output else {
      Issue.record(
        """
        \(mode) \(note): \(twice.findings)
        input: \(shown(input))
        once:  \(shown(once.output))
        """)
      return false
    }
    return true
  }

  @Test("stars keep the length")
  func starsKeepLength() throws {
    for vector in Vectors.all(seed: 53) {
      #expect(try scan(vector, mask: .stars).output.count == vector.count)
    }
  }

  @Test("also behind a secret that grew")
  func starsBehindLongSecrets() throws {
    let catalogue = try Catalogue(compiling: [
      try TestRule.make("t.open", "'tok_' set(a-z0-9){20,}")
    ])
    var random = SplitMix64(seed: 54)
    let body = random.bytes(Alphabet.named["lower-alnum"]!.bytes, count: 9000)
    let head = Array("tok_".utf8)
    let input = head + body + [UInt8(ascii: " ")] + head + body.prefix(30) + [UInt8(ascii: " ")]
    for cut in [4000, 5000, 9004, 9005, 9020, input.count - 1] {
      let result = try scan(
        [input[..<cut], input[cut...]], catalogue: catalogue, mask: .stars)
      #expect(result.findings.count == 2)
      #expect(result.output.count == input.count, "cut at \(cut)")
    }
  }
}
