internal import Glibc

/// Time that has passed since it was made.
public struct Stopwatch: Sendable {
  private let start = Self.now()

  public init() {}

  public var nanoseconds: UInt64 { Self.now() - start }

  private static func now() -> UInt64 {
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    return UInt64(now.tv_sec) * 1_000_000_000 + UInt64(now.tv_nsec)
  }
}
