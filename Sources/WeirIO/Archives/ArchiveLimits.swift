/// How far archives are opened. What is beyond is said, and the run is not complete.
public struct ArchiveLimits: Sendable {
  /// So many archives may lie in each other.
  public var depth = 5
  /// What is unpacked of one input, on all levels together, may be so many times its size.
  public var mostRatio: UInt64 = 250
  /// What is unpacked of one input, on all levels together, may be so many bytes.
  public var mostBytes: UInt64 = 1 << 36

  public init() {}

  /// For who writes out what is unpacked and sees it grow.
  static var none: ArchiveLimits {
    var limits = ArchiveLimits()
    (limits.mostRatio, limits.mostBytes) = (.max, .max)
    return limits
  }
}

/// What has been unpacked of one input, on all levels, and of how much.
final class Allowance {
  /// Short inputs may be dense: nobody is kept waiting by them.
  private static let freeBytes: UInt64 = 1 << 28

  private let limits: ArchiveLimits
  private var packedBytes: UInt64 = 0
  private var unpackedBytes: UInt64 = 0
  /// Nothing more may be unpacked.
  private(set) var isSpent = false

  init(_ limits: ArchiveLimits) {
    self.limits = limits
  }

  func add(packedBytes count: Int) { packedBytes += UInt64(count) }

  /// - Throws: when that is too much.
  func add(unpackedBytes count: Int, of path: Path) throws(InputError) {
    unpackedBytes += UInt64(count)
    let error: PackedError
    if unpackedBytes > limits.mostBytes {
      error = .tooLarge(mostBytes: limits.mostBytes)
    } else if unpackedBytes > Self.freeBytes,
      unpackedBytes / max(packedBytes, 1) >= limits.mostRatio
    {
      error = .tooDense(mostRatio: limits.mostRatio)
    } else {
      return
    }
    isSpent = true
    throw .packed(path, error)
  }
}
