internal import WeirCore
internal import WeirSpecimens

/// What was redacted stays as it is, for each way to write a mask, and a scan of it reports nothing:
/// with all rules, and with half of them.
enum TwiceTrial: Trial {
  private static let key = FingerprintKey(Array(0..<16))

  static func prepare() { _ = RuleSample.whole }

  static func failure(of bytes: [UInt8]) throws -> String? {
    let (seed, input) = (SeededInput(bytes).seed, SeededInput(bytes).input)
    let reported = seed % 2 == 0 ? nil : someRules(seed: seed)
    for mode in MaskMode.allCases {
      let policy = Policy(
        keepsRefuted: true, key: mode == .ruleAndFingerprint ? key : nil, reported: reported)
      let once = try scan(input, policy: policy, mask: mode)
      if once.findings.isEmpty { return once.output == input ? nil : "clean bytes were changed" }
      let twice = try scan(once.output, policy: policy, mask: mode)
      if mode == .stars, cutsMask(once.output, of: input) {
        // What that mask hid may come to light (`SECURITY.md`); what was hidden stays so.
        let isLost = zip(once.output, twice.output).contains { $0 == star && $1 != star }
        if isLost || twice.output.count != input.count { return "stars were taken back" }
        continue
      }
      guard twice.findings.isEmpty, twice.output == once.output else {
        return """
          \(mode): \(twice.findings)
          input: \(shown(input))
          once:  \(shown(once.output))
          """
      }
      let asked = Policy(reported: reported)
      let found = try scan(once.output, policy: asked, mask: mode).findings
      guard found.isEmpty else { return "\(mode): a scan reports \(found)" }
      if mode == .stars, once.output.count != input.count { return "stars changed the length" }
    }
    return nil
  }

  private static let star = UInt8(ascii: "*")

  /// Stars took the first letters of a mask that stood in the input, and not the others.
  private static func cutsMask(_ output: [UInt8], of input: [UInt8]) -> Bool {
    guard output.count == input.count, input.count >= MaskText.head.count else { return false }
    return (0...input.count - MaskText.head.count).contains { start in
      let mask = start..<start + MaskText.head.count
      return output[start] == star && input[mask].elementsEqual(MaskText.head)
        && output[mask.upperBound - 1] != star
    }
  }

  /// Each rule or not.
  private static func someRules(seed: UInt64) -> RuleSet {
    var random = SplitMix64(seed: seed)
    return RuleSet((0..<BuiltIn.catalogue.ruleCount).filter { _ in random.below(2) == 0 })
  }

  static func description(of bytes: [UInt8]) -> String {
    "input: \(shown(SeededInput(bytes).input))"
  }

  static func bytes(seed: UInt64) -> [UInt8] {
    SeededInput(seed: seed, input: RuleSample.whole.inputs.fresh(seed: seed)).bytes
  }

  static func mutated(_ bytes: [UInt8], seed: UInt64) -> [UInt8] {
    var random = SplitMix64(seed: seed)
    return SeededInput(bytes).mutated(by: &random) {
      RuleSample.whole.inputs.mutated($0, random: &$1)
    }.bytes
  }
}
