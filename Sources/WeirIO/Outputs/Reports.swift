public import WeirCore

/// The findings of a scan in the format of standard output, and in others into files.
public struct Reports<Format: FindingFormat>: FindingTarget, ~Copyable {
  private var first: FindingReport<Format>
  private let others: [OtherReport]
  private var suppressions: Suppressions

  /// - Parameter suppressions: what keeps findings back.
  public init(
    _ first: consuming FindingReport<Format>, others: [OtherReport] = [],
    suppressions: Suppressions
  ) {
    self.first = first
    self.others = others
    self.suppressions = suppressions
  }

  public var counts: FindingCounts { first.counts }
  public var findingCount: UInt64 { first.findingCount }
  public var reportedCount: UInt64 { first.reportedCount }
  public var isCutShort: Bool { first.isCutShort }
  /// What came and was not reported, by the reason.
  public var letBe: SuppressionCounts { suppressions.counts }

  public mutating func begin(_ path: Path, _ appearance: Appearance?) {
    suppressions.begin(path, appearance)
    first.begin(path, appearance)
    for other in others { other.report.begin(path, appearance) }
  }

  public mutating func finding(_ finding: Finding, in line: LineExcerpt) {
    if suppressions.letsBe(finding, in: line) { return }
    first.finding(finding, in: line)
    for other in others { other.report.finding(finding, in: line) }
  }

  public mutating func flush() throws(OutputError) {
    try first.flush()
    for other in others { try other.report.flush() }
  }

  /// To be called behind the last finding. All are ended, also where one fails; the first failure is thrown.
  ///
  /// - Parameter isComplete: all that was to be read was read.
  public mutating func end(isComplete: Bool) throws(OutputError) {
    var failure: OutputError?
    do throws(OutputError) { try first.end(isComplete: isComplete) } catch { failure = error }
    for other in others {
      do throws(OutputError) {
        try other.report.end(isComplete: isComplete)
        try other.report.close()
      } catch { failure = failure ?? error }
    }
    if let failure { throw failure }
  }

  public mutating func close() throws(OutputError) { try first.close() }
}

/// One more report, into a file.
public final class OtherReport {
  fileprivate var report: FindingReport<AnyFormat>

  public init(
    to file: consuming OutputFile, format: any FindingFormat, mostReported: UInt64? = nil
  ) {
    report = FindingReport(to: file, format: AnyFormat(format), mostReported: mostReported)
  }
}

/// A format that is known at run time only.
public struct AnyFormat: FindingFormat {
  private var format: any FindingFormat

  public init(_ format: any FindingFormat) { self.format = format }

  public mutating func begin(_ path: Path, _ appearance: Appearance?) {
    format.begin(path, appearance)
  }

  public mutating func append(_ finding: Finding, in line: LineExcerpt?, to text: inout [UInt8]) {
    format.append(finding, in: line, to: &text)
  }

  public mutating func appendHead(to text: inout [UInt8]) { format.appendHead(to: &text) }

  public mutating func appendTail(isComplete: Bool, to text: inout [UInt8]) {
    format.appendTail(isComplete: isComplete, to: &text)
  }
}
