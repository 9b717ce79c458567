import Oracle
import Testing
import WeirCore
import WeirSpecimens

@Suite("The engine agrees with the oracle")
struct OracleTests {
  private static let inputs = 2000 * Scale.factor

  @Test("on vectors")
  func vectors() throws {
    for policy in [Policy.scan, .redact] {
      let oracle = Oracle(rules: BuiltIn.definitions, policy: policy)
      for vector in Vectors.all(seed: 11) {
        try expectAgreement(vector, policy, oracle, chunks: [vector[...]], note: "vector")
      }
    }
  }

  @Test("on generated and mutated input", arguments: [21, 22, 23, 24] as [UInt64])
  func mutated(seed: UInt64) throws {
    try expectAgreements(
      seed: seed, count: Self.inputs, rules: BuiltIn.definitions, mostMutations: 3)
  }

  @Test("on key blocks and tokens, much mutated", arguments: [31, 32, 33, 34] as [UInt64])
  func mutatedTails(seed: UInt64) throws {
    let rules = BuiltIn.definitions.filter { rule in
      ["key-block", "jwt"].contains { rule.shapeText.contains($0) }
    }
    try expectAgreements(seed: seed, count: Self.inputs / 2, rules: rules, mostMutations: 12)
  }

  @Test("on armed rules, much mutated", arguments: [41, 42, 43, 44] as [UInt64])
  func mutatedArmed(seed: UInt64) throws {
    let rules = BuiltIn.definitions.filter { rule in
      rule.isArmed || BuiltIn.definitions.contains { $0.pair == rule.id }
        || rule.specificity != .provider
    }
    try expectAgreements(seed: seed, count: Self.inputs, rules: rules, mostMutations: 8)
  }

  /// Mutates specimens of some rules; all rules are looked for.
  private func expectAgreements(
    seed: UInt64, count: Int, rules: [RuleDefinition], mostMutations: Int
  ) throws {
    let policy = seed % 2 == 0 ? Policy.scan : .redact
    let oracle = Oracle(rules: BuiltIn.definitions, policy: policy)
    var inputs = MutatedInput(rules: rules, seed: seed, mostMutations: mostMutations)
    var random = SplitMix64(seed: seed)
    var failures = 0
    for turn in 0..<count where failures < 3 {
      let input = inputs.next()
      let chunks =
        turn % 3 == 0
        ? [input[...]] : randomChunks(of: input, atMost: random.pick([1, 9, 80]), random: &random)
      let agrees = try expectAgreement(
        input, policy, oracle, chunks: chunks, note: "seed \(seed), turn \(turn)")
      if !agrees { failures += 1 }
    }
  }
}

/// The same findings, the same output, and no byte of a kept match in the output.
@discardableResult
func expectAgreement(
  _ input: [UInt8], _ policy: Policy, _ oracle: Oracle, chunks: [ArraySlice<UInt8>], note: String,
  catalogue: Catalogue = BuiltIn.catalogue
) throws -> Bool {
  let difference = try disagreement(
    of: input, cutInto: chunks, policy: policy, oracle: oracle, catalogue: catalogue)
  if let difference { Issue.record("\(note)\n\(difference)") }
  return difference == nil
}
