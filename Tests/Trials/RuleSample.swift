internal import Oracle
internal import WeirCore
internal import WeirSpecimens

/// Some of the built-in rules, with what inputs near their findings need. The oracle reads a tenth of them ten times as fast as all.
struct RuleSample {
  let catalogue: Catalogue
  let inputs: BuiltInInput
  private let scanOracle: Oracle
  private let redactOracle: Oracle

  func oracle(of policy: Policy) -> Oracle { policy.keepsRefuted ? redactOracle : scanOracle }

  private init(_ rules: [RuleDefinition], catalogue: Catalogue) {
    self.catalogue = catalogue
    inputs = BuiltInInput(rules)
    scanOracle = Oracle(rules: rules, policy: .scan)
    redactOracle = Oracle(rules: rules, policy: .redact)
  }

  static let whole = RuleSample(BuiltIn.definitions, catalogue: BuiltIn.catalogue)

  /// Each rule is in one of them; those that take in or judge what others find are in all.
  static let parts: [RuleSample] = {
    let count = 16
    var random = SplitMix64(seed: 0)
    let places = BuiltIn.definitions.map { _ in random.below(count) }
    let sources = Dictionary(
      BuiltIn.definitions.compactMap { rule in rule.pair.map { ($0, Set([rule.id])) } },
      uniquingKeysWith: { $0.union($1) })
    let partOf = Dictionary(uniqueKeysWithValues: zip(BuiltIn.definitions.map(\.id), places))
    return (0..<count).map { part in
      let rules = BuiltIn.definitions.filter { rule in
        partOf[rule.id] == part || rule.judge != nil || BuiltInInput.swallowing.contains(rule.id)
          || sources[rule.id, default: []].contains { partOf[$0] == part }
      }
      do { return RuleSample(rules, catalogue: try Catalogue(compiling: rules)) } catch {
        preconditionFailure("\(error)")
      }
    }
  }()
}

/// Inputs near the findings of rules.
struct BuiltInInput {
  /// They take in what others find.
  static let swallowing = ["pem.private-key", "pem.pgp-private-key", "jwt.signed"]

  private let all: MutatedInput
  private let swallowed: MutatedInput
  private let armed: MutatedInput

  init(_ rules: [RuleDefinition]) {
    let sources = Set(rules.compactMap(\.pair))
    all = MutatedInput(rules: rules, seed: 0, mostMutations: 4)
    swallowed = MutatedInput(
      rules: rules.filter { Self.swallowing.contains($0.id) }, seed: 0, mostMutations: 10)
    armed = MutatedInput(
      rules: rules.filter { rule in
        rule.isArmed || rule.specificity != .provider || sources.contains(rule.id)
      }, seed: 0, mostMutations: 8)
  }

  private func generator(_ random: inout SplitMix64) -> MutatedInput {
    var inputs = random.pick([all, all, swallowed, armed])
    inputs.maker.random = SplitMix64(seed: random.next())
    return inputs
  }

  func fresh(seed: UInt64) -> [UInt8] {
    var random = SplitMix64(seed: seed)
    var inputs = generator(&random)
    return inputs.next()
  }

  func mutated(_ input: [UInt8], random: inout SplitMix64) -> [UInt8] {
    var inputs = generator(&random)
    return random.below(8) == 0 ? inputs.next() : inputs.mutated(input)
  }
}
