public import WeirCore

/// A sink with an end outside the program: what it took leaves at `flush`.
///
/// Sinks are called in the middle of a scan and cannot throw; a failed write is kept and thrown by
/// the next flush.
public protocol Outlet: Sink, ~Copyable {
  /// The findings and bytes that come are of this input.
  mutating func begin(_ path: Path)

  /// No more comes of this input. A flush follows.
  mutating func endInput()

  /// Called after each step of the scanner, before the window moves.
  mutating func flush() throws(OutputError)

  /// Called behind the last input: what files that it opened say at their end is thrown.
  mutating func close() throws(OutputError)

  /// What of the clean bytes and masks went where, so far; nil for outlets that do not carry the
  /// stream.
  var delivery: Delivery? { get }
}

extension Outlet where Self: ~Copyable {
  public mutating func endInput() {}
}

/// What became of the bytes given to an outlet. Each is counted at its own place.
public struct Delivery: Equatable, Sendable {
  /// Taken by the system.
  public var writtenBytes: UInt64 = 0
  /// Mask text handed over, less what a failed write lost.
  public var maskTextBytes: UInt64 = 0
  /// Clean bytes that a failed write lost.
  public var lostCleanBytes: UInt64 = 0

  public init(writtenBytes: UInt64 = 0, maskTextBytes: UInt64 = 0, lostCleanBytes: UInt64 = 0) {
    self.writtenBytes = writtenBytes
    self.maskTextBytes = maskTextBytes
    self.lostCleanBytes = lostCleanBytes
  }

  static func - (after: Delivery, before: Delivery) -> Delivery {
    Delivery(
      writtenBytes: after.writtenBytes - before.writtenBytes,
      maskTextBytes: after.maskTextBytes - before.maskTextBytes,
      lostCleanBytes: after.lostCleanBytes - before.lostCleanBytes)
  }
}
