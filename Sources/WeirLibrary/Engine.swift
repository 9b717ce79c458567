internal import Synchronization
internal import WeirCatalogue
internal import WeirCore
internal import WeirWorkers

/// The rules, ready to scan with.
///
///     let engine = try Engine()
///     let clean = try engine.redact(line)        // a record: an input of its own
///     var stream = engine.stream()               // one input in pieces
///     let output = try stream.write(bytes)
///
/// Immutable, and shared: any thread or task may use it at any time. A millisecond to make; what scans are done with, some 400 KB for each
/// call at a time, is made when it is first needed, kept, and used again.
public final class Engine: Sendable {
  /// The rules that this engine reports.
  public let rules: [Rule]
  /// Of all rules of the catalogue, by their places in it.
  let ids: [String]
  let mask: MaskWriter
  private let catalogue: Catalogue
  private let redactPolicy: Policy
  private let findPolicy: Policy
  private let redactPool = Pool()
  private let findPool = Pool()
  private let tallies = Tallies()
  let streamCount = Atomic<UInt64>(0)
  let openStreamCount = Atomic<UInt64>(0)

  /// - Parameters:
  ///   - packs: only the rules of these packs, such as `ai` and `cloud`; none named: of all.
  ///   - rules: only these, by id or provider: `github.personal-token`, `aws.*`; none named: all.
  ///   - withoutRules: and not these.
  ///   - minConfidence: findings less sure are none.
  ///   - mask: what stands where a secret stood.
  ///   - key: of fingerprints, 16 to 64 bytes, copied; without one there are none.
  ///   - compiledRules: what `weir rules compile` wrote, in the place of the built-in rules. It is checked and compiled here, which takes half a second
  ///     with Weir's rules in it.
  public init(
    packs: [String] = [], rules: [String] = [], withoutRules: [String] = [],
    minConfidence: Confidence = .medium, mask: Mask = .rule, key: [UInt8]? = nil,
    compiledRules: [UInt8]? = nil
  ) throws(WeirError) {
    let loaded = try LoadedRules.of(compiledRules)
    catalogue = loaded.catalogue
    ids = loaded.rules.map(\.id)
    let choice: RuleChoice
    do throws(RuleChoice.Unknown) {
      choice = try RuleChoice(of: loaded.rules, packs: packs, ids: rules, without: withoutRules)
    } catch { throw WeirError(error) }
    if choice.isEmpty(from: minConfidence.ofCore) { throw .noRuleLeft }
    self.rules = choice.rules.map(Rule.init)

    var policy = Policy(minConfidence: minConfidence.ofCore)
    if choice.indices.count < ids.count { policy.reported = RuleSet(choice.indices) }
    if let key {
      guard let fingerprints = FingerprintKey(key) else { throw .keyLength(bytes: key.count) }
      policy.key = fingerprints
    } else if mask == .hash {
      throw .missingKey
    }
    findPolicy = policy
    policy.keepsRefuted = true
    redactPolicy = policy
    self.mask = MaskWriter(style: mask.style, catalogue: catalogue)
  }

  /// What it has done since it was made, over all threads.
  public var counters: Counters {
    let sums = tallies.sums
    return Counters(
      recordCount: sums.recordCount, streamCount: streamCount.load(ordering: .relaxed),
      openStreamCount: openStreamCount.load(ordering: .relaxed), scannedBytes: sums.scannedBytes,
      maskedBytes: sums.maskedBytes, findingCount: sums.findingCount)
  }

  func pool(of mode: Stream.Mode) -> Pool { mode == .redact ? redactPool : findPool }

  /// A free worker, or one more. The caller owns it, and puts it into the pool, which is that of the mode.
  func worker(
    from pool: Pool, for mode: Stream.Mode
  ) throws(ScanError) -> Unmanaged<Worker> {
    if let worker = pool.take() { return worker }
    return .passRetained(
      try Worker(
        catalogue: catalogue, policy: mode == .redact ? redactPolicy : findPolicy, mask: mask,
        tallies: tallies))
  }
}

/// What an engine has done.
public struct Counters: Hashable, Sendable {
  public var recordCount: UInt64
  public var streamCount: UInt64
  public var openStreamCount: UInt64
  public var scannedBytes: UInt64
  public var maskedBytes: UInt64
  public var findingCount: UInt64
}
