internal import WeirCore

/// Why an engine cannot be made, or a scan cannot go on. None carries a byte of the input.
public enum WeirError: Error, Hashable, Sendable {
  case unknownPack(String)
  /// No rule has this id, and no provider's rules are meant (`aws.*`).
  case unknownRule(String)
  /// Packs, rules and confidence together leave none: everything would pass.
  case noRuleLeft
  /// A key has 16 to 64 bytes, and this one so many.
  case keyLength(bytes: Int)
  /// Masks of hashes are made with a key.
  case missingKey
  /// It is damaged, of another version, or holds a rule that cannot be.
  case badCompiledRules(reason: String)
  /// For the tables of a scan.
  case outOfMemory
  /// The scan cannot go on. What came out before is right, and nothing undecided came out.
  case scanFailed
  /// An earlier call of this stream has failed.
  case streamBroken
}

extension WeirError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .unknownPack(let name): "there is no pack \(name); Engine().rules names the packs of each"
    case .unknownRule(let name): "there is no rule \(name); Engine().rules lists all"
    case .noRuleLeft: "no rule is left by packs, rules and confidence together"
    case .keyLength(let bytes): "a key has 16 to 64 bytes, not \(bytes)"
    case .missingKey: "masks of hashes need a key"
    case .badCompiledRules(let reason): reason
    case .outOfMemory: "there is no memory for the tables of a scan"
    case .scanFailed: "the scan cannot go on; what came out before is right"
    case .streamBroken: "the stream has failed before; open another"
    }
  }
}

extension WeirError {
  init(_ error: ScanError) {
    self = error.isOutOfMemory ? .outOfMemory : .scanFailed
  }

  init(_ unknown: RuleChoice.Unknown) {
    switch unknown {
    case .pack(let name): self = .unknownPack(name)
    case .rule(let name): self = .unknownRule(name)
    }
  }
}
