public import WeirCore

/// Gives each finding its line. A finding waits until its line has ended, or has gone on for `LineExcerpt.mostBytes`; so what is known of a line does not
/// depend on how the input was cut.
///
/// Cost: a copy of the last bytes of each step of the scanner, so that it is known what stood before a finding. They are clean bytes: no secret is among them.
public struct Excerpts<Target: FindingTarget & ~Copyable>: Outlet, ~Copyable {
  /// Where findings go on to.
  public var target: Target
  /// Of a history, where the input that comes next appeared first.
  public var appearance: Appearance?
  private var line = RunningLine()

  public init(_ target: consuming Target) {
    self.target = target
  }

  public mutating func begin(_ path: Path) {
    line.begin()
    target.begin(path, appearance)
  }

  public mutating func clean(_ bytes: UnsafeRawBufferPointer) {
    var rest = bytes
    while line.isWaiting, !rest.isEmpty {
      rest = line.take(rest)
      deliver()
    }
    line.pass(rest)
  }

  public mutating func finding(_ finding: Finding) {
    line.append(finding)
    deliver()
  }

  public mutating func mask(_ finding: Finding, byteCount: UInt64) {}

  public mutating func flush() throws(OutputError) {
    line.keepLatest()
    try target.flush()
  }

  public mutating func endInput() {
    line.endLine()
    deliver()
  }

  public mutating func close() throws(OutputError) { try target.close() }

  public var delivery: Delivery? { nil }

  private mutating func deliver() {
    while let due = line.nextDue() { target.finding(due.finding, in: due.line) }
  }
}
