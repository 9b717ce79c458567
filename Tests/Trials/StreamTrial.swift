internal import Oracle
internal import WeirCore
internal import WeirSpecimens

/// Any input, cut in any way: what the oracle says of the whole, whatever the policy.
enum StreamTrial: Trial {
  /// The oracle is slow, so that longer ones cost more than they find.
  private static let mostInputBytes = 9000

  private struct Setup {
    var policy: Policy
    var chunks: [ArraySlice<UInt8>]

    init(_ trial: SeededInput) {
      var random = SplitMix64(seed: trial.seed)
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

  private static let scanOracle = Oracle(rules: BuiltIn.definitions, policy: .scan)
  private static let redactOracle = Oracle(rules: BuiltIn.definitions, policy: .redact)

  static func failure(of bytes: [UInt8]) throws -> String? {
    let trial = SeededInput(bytes)
    guard trial.input.count <= mostInputBytes else { return nil }
    let setup = Setup(trial)
    let oracle = setup.policy.keepsRefuted ? redactOracle : scanOracle
    if let difference = try disagreement(
      of: trial.input, cutInto: setup.chunks, policy: setup.policy, oracle: oracle)
    {
      return difference
    }
    // What the oracle does not know: fingerprints, prefixes.
    let cut = try scan(setup.chunks, policy: setup.policy)
    let whole = try scan(trial.input, policy: setup.policy)
    guard cut == whole else { return "cut: \(cut.findings)\nwhole: \(whole.findings)" }
    return nil
  }

  static func description(of bytes: [UInt8]) -> String {
    let trial = SeededInput(bytes)
    let setup = Setup(trial)
    return """
      policy: \(setup.policy.keepsRefuted ? "redact" : "scan"), \
      \(setup.policy.key == nil ? "no key" : "a key"), lines \(setup.policy.countsLines)
      cut at: \(setup.chunks.map(\.startIndex))
      input:  \(shown(trial.input))
      """
  }

  static func bytes(seed: UInt64) -> [UInt8] {
    SeededInput(seed: seed, input: BuiltInInput.fresh(seed: seed)).bytes
  }

  static func mutated(_ bytes: [UInt8], seed: UInt64) -> [UInt8] {
    var random = SplitMix64(seed: seed)
    return SeededInput(bytes).mutated(by: &random) { BuiltInInput.mutated($0, random: &$1) }.bytes
  }
}

/// Inputs near the findings of the built-in rules.
enum BuiltInInput {
  private static let all = MutatedInput(rules: BuiltIn.definitions, seed: 0, mostMutations: 4)
  private static let swallowed = MutatedInput(
    rules: BuiltIn.definitions.filter { rule in
      ["pem.private-key", "pem.pgp-private-key", "jwt.signed"].contains(rule.id)
    }, seed: 0, mostMutations: 10)
  private static let armed = MutatedInput(
    rules: BuiltIn.definitions.filter { rule in
      rule.isArmed || rule.specificity != .provider
        || BuiltIn.definitions.contains { $0.pair == rule.id }
    }, seed: 0, mostMutations: 8)

  private static func generator(_ random: inout SplitMix64) -> MutatedInput {
    var inputs = random.pick([all, all, swallowed, armed])
    inputs.maker.random = SplitMix64(seed: random.next())
    return inputs
  }

  static func fresh(seed: UInt64) -> [UInt8] {
    var random = SplitMix64(seed: seed)
    var inputs = generator(&random)
    return inputs.next()
  }

  static func mutated(_ input: [UInt8], random: inout SplitMix64) -> [UInt8] {
    var inputs = generator(&random)
    return random.below(8) == 0 ? inputs.next() : inputs.mutated(input)
  }
}
