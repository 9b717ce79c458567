internal import WeirSpecimens

/// One promise that the fuzzer tries to break: bytes in, and either nothing or what went wrong.
///
/// `make fuzz` drives them with coverage, the tests with seeds. The bytes carry all that varies (splits, policy, rules), so that the same bytes do the same.
public protocol Trial {
  /// Makes what all runs share, which takes longer than a run may.
  static func prepare()

  /// - Returns: what is wrong, to be printed; nil if the promise holds.
  static func failure(of bytes: [UInt8]) throws -> String?

  /// What the bytes stand for, to be read by people.
  static func description(of bytes: [UInt8]) -> String

  /// New bytes, of this seed.
  static func bytes(seed: UInt64) -> [UInt8]

  /// Bytes near these.
  static func mutated(_ bytes: [UInt8], seed: UInt64) -> [UInt8]
}

extension Trial {
  public static func prepare() {}
}

/// The trials by name.
public enum FuzzTarget: String, CaseIterable, Sendable {
  case stream, shape, rules, twice, tinyrules

  public var trial: any Trial.Type {
    switch self {
    case .stream: StreamTrial.self
    case .shape: ShapeTrial.self
    case .rules: RulesTrial.self
    case .twice: TwiceTrial.self
    case .tinyrules: TinyRulesTrial.self
    }
  }
}

/// Eight bytes of seed, from which splits and settings are drawn, and an input.
struct SeededInput {
  var seed: UInt64
  var input: [UInt8]

  init(seed: UInt64, input: [UInt8]) {
    self.seed = seed
    self.input = input
  }

  init(_ bytes: [UInt8]) {
    var choices = Choices(bytes)
    seed = choices.seed()
    input = choices.rest
  }

  var bytes: [UInt8] { (0..<8).map { UInt8(truncatingIfNeeded: seed >> (56 - 8 * $0)) } + input }

  /// The input, or the seed, changed.
  func mutated(
    by random: inout SplitMix64, _ mutate: ([UInt8], inout SplitMix64) -> [UInt8]
  ) -> SeededInput {
    if random.below(6) == 0 { return SeededInput(seed: random.next(), input: input) }
    return SeededInput(seed: seed, input: mutate(input, &random))
  }
}
