internal import Oracle
internal import WeirCore
internal import WeirSpecimens

/// Any input, cut in any way: what the oracle says of the whole, whatever the policy; with all rules, or more often with some.
enum StreamTrial: Trial {
  /// The oracle is slow, so that longer ones cost more than they find.
  private static let mostInputBytes = 9000

  private struct Setup {
    let rules: RuleSample
    var policy: Policy
    var chunks: [ArraySlice<UInt8>]

    init(_ trial: SeededInput) {
      var random = SplitMix64(seed: trial.seed)
      rules = StreamTrial.rules(&random)
      policy = random.pick([Policy.scan, .redact])
      policy.countsLines = random.below(4) > 0
      if random.below(3) == 0 { policy.key = FingerprintKey(Array(0..<32)) }
      let input = trial.input
      let most = random.pick([1, 3, 9, 80, 600, 5000])
      chunks =
        most == 5000
        ? [input[..<random.below(input.count + 1)]]
        : randomChunks(of: input, atMost: most, random: &random)
      let cut = chunks.last?.endIndex ?? 0
      if cut < input.count { chunks.append(input[cut...]) }
    }
  }

  static func prepare() { _ = (RuleSample.whole, RuleSample.parts) }

  /// The first that is drawn from a seed.
  private static func rules(_ random: inout SplitMix64) -> RuleSample {
    random.below(32) == 0 ? .whole : random.pick(RuleSample.parts)
  }

  static func failure(of bytes: [UInt8]) throws -> String? {
    let trial = SeededInput(bytes)
    guard trial.input.count <= mostInputBytes else { return nil }
    let setup = Setup(trial)
    let catalogue = setup.rules.catalogue
    if let difference = try disagreement(
      of: trial.input, cutInto: setup.chunks, policy: setup.policy,
      oracle: setup.rules.oracle(of: setup.policy), catalogue: catalogue)
    {
      return difference
    }
    // What the oracle does not know: fingerprints, prefixes.
    let cut = try scan(setup.chunks, policy: setup.policy, catalogue: catalogue)
    let whole = try scan(trial.input, policy: setup.policy, catalogue: catalogue)
    guard cut == whole else { return "cut: \(cut.findings)\nwhole: \(whole.findings)" }
    let inBlocks = try scanInBlocks(
      setup.chunks, from: setup.chunks.count / 4, policy: setup.policy, catalogue: catalogue)
    guard inBlocks == whole else {
      return "in blocks: \(inBlocks.findings)\nwhole: \(whole.findings)"
    }
    let withPauses = try scanWithPauses(setup.chunks, policy: setup.policy, catalogue: catalogue)
    guard withPauses == whole else {
      return "with pauses: \(withPauses.findings)\nwhole: \(whole.findings)"
    }
    return nil
  }

  static func description(of bytes: [UInt8]) -> String {
    let trial = SeededInput(bytes)
    let setup = Setup(trial)
    return """
      rules:  \(setup.rules.catalogue.ruleCount)
      policy: \(setup.policy.keepsRefuted ? "redact" : "scan"), \
      \(setup.policy.key == nil ? "no key" : "a key"), lines \(setup.policy.countsLines)
      cut at: \(setup.chunks.map(\.startIndex))
      input:  \(shown(trial.input))
      """
  }

  static func bytes(seed: UInt64) -> [UInt8] {
    var random = SplitMix64(seed: seed)
    let inputs = rules(&random).inputs
    return SeededInput(seed: seed, input: inputs.fresh(seed: random.next())).bytes
  }

  static func mutated(_ bytes: [UInt8], seed: UInt64) -> [UInt8] {
    var random = SplitMix64(seed: seed)
    let trial = SeededInput(bytes)
    var choices = SplitMix64(seed: trial.seed)
    let inputs = rules(&choices).inputs
    return trial.mutated(by: &random) { inputs.mutated($0, random: &$1) }.bytes
  }
}
