public import WeirCore

/// Whether anything of an input is to be masked; nothing is written but what is reported.
public struct Search<Report: Outlet & ~Copyable>: Outlet, ~Copyable {
  private var report: Report
  /// Of all inputs.
  public private(set) var counts = FindingCounts()
  /// Of the input that began last.
  public private(set) var findingCount: UInt64 = 0
  /// Something of that input is to be masked: a finding, or what a rule could not judge.
  public private(set) var hasMasks = false

  public init(report: consuming Report) { self.report = report }

  public mutating func begin(_ path: Path) {
    findingCount = 0
    hasMasks = false
    report.begin(path)
  }

  public mutating func clean(_ bytes: UnsafeRawBufferPointer) {}

  public mutating func finding(_ finding: Finding) {
    counts.add(finding)
    findingCount += 1
    report.finding(finding)
  }

  public mutating func mask(_ finding: Finding, byteCount: UInt64) { hasMasks = true }

  public mutating func flush() throws(OutputError) { try report.flush() }

  public mutating func close() throws(OutputError) { try report.close() }

  public var delivery: Delivery? { nil }
}
