public import WeirCore

/// The findings that are known: of each rule and path how often each secret stands there, the secrets as digests under a key of the baseline's own.
public struct Baseline: Sendable {
  public struct Entry: Hashable, Comparable, Sendable {
    /// As reports show it, from the working directory or the repository's root on.
    public var path: String
    public var rule: String
    /// Of the secret, in hex digits.
    public var hash: String

    public static func < (a: Entry, b: Entry) -> Bool {
      (a.path, a.rule, a.hash) < (b.path, b.rule, b.hash)
    }
  }

  /// How often an entry stands in one input.
  public typealias Counts = [Entry: UInt64]

  static let saltBytes = 32

  let salt: [UInt8]
  public var counts: Counts

  /// One that knows nothing, with a salt that nobody else has.
  public init() {
    var random = SystemRandomNumberGenerator()
    salt = (0..<Self.saltBytes).map { _ in UInt8.random(in: 0...255, using: &random) }
    counts = [:]
  }

  init(salt: [UInt8], counts: Counts) {
    self.salt = salt
    self.counts = counts
  }

  /// What reads a secret for it.
  public var reader: SecretReaderMaker {
    let key = FingerprintKey(salt)!
    return { KeyedDigest(key: key) }
  }

  /// The entries in their order.
  public var entries: [(entry: Entry, count: UInt64)] {
    counts.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// What is more often here than in another, by how much.
  public func surplus(over other: Baseline) -> [(entry: Entry, count: UInt64)] {
    entries.compactMap { entry, count in
      let known = other.counts[entry] ?? 0
      return count > known ? (entry, count - known) : nil
    }
  }
}

/// Lets be what the baseline knows: as many of a secret in one input as it knows there.
public struct BaselineSuppressor: Suppressor {
  private let baseline: Baseline
  private var seen: Baseline.Counts = [:]
  public let cause = SuppressionCause.baseline
  public let readers: [SecretReaderMaker]

  public init(_ baseline: Baseline) {
    self.baseline = baseline
    readers = [baseline.reader]
  }

  public mutating func beginInput() { seen = [:] }

  public mutating func letsBe(_ sighting: Sighting, readings: ArraySlice<[UInt8]>) -> Bool {
    guard let digest = readings.first else { return false }
    let entry = Baseline.Entry(
      path: sighting.place.text, rule: sighting.rule, hash: Hex.text(of: digest))
    guard let known = baseline.counts[entry] else { return false }
    seen[entry, default: 0] += 1
    return seen[entry, default: 0] <= known
  }
}
