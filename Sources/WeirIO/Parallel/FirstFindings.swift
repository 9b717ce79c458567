public import WeirCore

/// A finding that is reported later, and its line.
public struct KeptFinding: Sendable {
  public let finding: Finding
  public let line: LineExcerpt
}

/// The findings of one input; of many, the first.
struct FirstFindings: FindingTarget {
  private let most: Int
  private var restBytes: Int
  private(set) var all: [KeptFinding] = []
  private(set) var hasMore = false

  /// - Parameters:
  ///   - most: so many findings.
  ///   - mostBytes: so many bytes of lines, or one finding's more.
  init(most: Int, mostBytes: Int) {
    self.most = most
    restBytes = mostBytes
  }

  mutating func begin(_ path: Path, _ appearance: Appearance?) {}

  mutating func finding(_ finding: Finding, in line: LineExcerpt) {
    guard all.count < most, restBytes > 0 else {
      hasMore = true
      return
    }
    let line = line.compact()
    restBytes -= line.footprintBytes
    all.append(KeptFinding(finding: finding, line: line))
  }

  mutating func flush() throws(OutputError) {}
  mutating func close() throws(OutputError) {}
}
