internal import Glibc
public import WeirCore

/// How findings become text: a line each, or parts of one document.
public protocol FindingFormat {
  /// The findings that come are of this input.
  ///
  /// - Parameter appearance: of a history, where the input appeared first.
  mutating func begin(_ path: Path, _ appearance: Appearance?)
  /// Appends the line of a finding, with its newline, or its part of the document.
  ///
  /// - Parameter line: where it stands; nil where that is not known.
  mutating func append(_ finding: Finding, in line: LineExcerpt?, to text: inout [UInt8])
  /// What stands before the first finding, also where there is none.
  mutating func appendHead(to text: inout [UInt8])
  /// What stands behind the last.
  ///
  /// - Parameter isComplete: all that was to be read was read.
  mutating func appendTail(isComplete: Bool, to text: inout [UInt8])
}

extension FindingFormat {
  public mutating func appendHead(to text: inout [UInt8]) {}
  public mutating func appendTail(isComplete: Bool, to text: inout [UInt8]) {}
}

/// Writes a line for each finding; the lines of one step of the scanner leave when the step ends.
public struct FindingReport<Format: FindingFormat>: Outlet, FindingTarget, ~Copyable {
  private static var mostWaitingBytes: Int { 1 << 16 }

  private var file: OutputFile
  private var format: Format
  private var lines: [UInt8] = []
  private var failure: OutputError?
  private var hasHead = false
  private let mostReported: UInt64
  public private(set) var findingCount: UInt64 = 0

  /// Of those that came, so many got a line.
  public var reportedCount: UInt64 { min(findingCount, mostReported) }
  public var isCutShort: Bool { reportedCount < findingCount }

  /// - Parameter mostReported: later findings are counted, but get no line.
  public init(
    to file: consuming OutputFile, format: Format, mostReported: UInt64? = nil
  ) {
    self.file = file
    self.format = format
    self.mostReported = mostReported ?? .max
    lines.reserveCapacity(Self.mostWaitingBytes * 2)
  }

  public mutating func begin(_ path: Path) { begin(path, nil) }

  public mutating func begin(_ path: Path, _ appearance: Appearance?) {
    format.begin(path, appearance)
  }

  public mutating func clean(_ bytes: UnsafeRawBufferPointer) {}

  public mutating func finding(_ finding: Finding) { append(finding, in: nil) }

  public mutating func finding(_ finding: Finding, in line: LineExcerpt) {
    append(finding, in: line)
  }

  private mutating func append(_ finding: Finding, in line: LineExcerpt?) {
    findingCount += 1
    guard findingCount <= mostReported else { return }
    appendHead()
    format.append(finding, in: line, to: &lines)
    if lines.count >= Self.mostWaitingBytes { writeLines() }
  }

  public mutating func mask(_ finding: Finding, byteCount: UInt64) {}

  private mutating func appendHead() {
    if hasHead { return }
    hasHead = true
    format.appendHead(to: &lines)
  }

  private mutating func writeLines() {
    var written = 0
    do throws(OutputError) {
      while failure == nil, written < lines.count {
        written += try write(from: written)
      }
    } catch { failure = error }
    lines.removeAll(keepingCapacity: true)
  }

  private mutating func write(from start: Int) throws(OutputError) -> Int {
    try lines.withUnsafeMutableBufferPointer { bytes throws(OutputError) in
      var vector = iovec(iov_base: bytes.baseAddress! + start, iov_len: bytes.count - start)
      return try file.write(&vector, count: 1)
    }
  }

  public mutating func flush() throws(OutputError) {
    if !lines.isEmpty { writeLines() }
    if let failure { throw failure }
  }

  /// To be called behind the last finding, of formats that are documents.
  public mutating func end(isComplete: Bool) throws(OutputError) {
    appendHead()
    format.appendTail(isComplete: isComplete, to: &lines)
    try flush()
  }

  public mutating func close() throws(OutputError) { try file.close() }

  public var delivery: Delivery? { nil }
}

/// For streams whose findings nobody wants to read.
public struct NoReport: Outlet {
  public init() {}
  public mutating func begin(_ path: Path) {}
  public mutating func clean(_ bytes: UnsafeRawBufferPointer) {}
  public mutating func finding(_ finding: Finding) {}
  public mutating func mask(_ finding: Finding, byteCount: UInt64) {}
  public mutating func flush() throws(OutputError) {}
  public mutating func close() throws(OutputError) {}
  public var delivery: Delivery? { nil }
}
