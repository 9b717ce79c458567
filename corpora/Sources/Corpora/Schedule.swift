internal import WeirSpecimens

/// When the next credential is due: evenly over the bytes, but for chance.
struct Schedule {
  private static let mostLate = 32.0

  /// Bytes from one to the next; nil for never.
  private let gap: Double?
  private var next: Double
  private var random: SplitMix64

  /// - Parameter density: credentials a byte.
  init(density: Double, seed: UInt64) {
    gap = density > 0 ? 1 / density : nil
    random = SplitMix64(seed: seed)
    next = 0
    if let gap { next = gap * unit() }
  }

  private mutating func unit() -> Double { Double(random.next() >> 11) / 9_007_199_254_740_992 }

  /// Whether one is due when so many bytes are written; that one is then done.
  ///
  /// Where a text has room for less, a few that are late come close together, and the others are left out.
  mutating func isDue(at bytes: UInt64) -> Bool {
    guard let gap, next <= Double(bytes) else { return false }
    next = max(next + gap * (0.5 + unit()), Double(bytes) - Self.mostLate * gap)
    return true
  }
}
