internal import WeirCore

/// The findings of one input; of many, the first.
struct FirstFindings: Outlet {
  private let most: Int
  private(set) var all: [Finding] = []
  private(set) var hasMore = false

  init(most: Int) { self.most = most }

  mutating func begin(_ path: Path) {}
  mutating func clean(_ bytes: UnsafeRawBufferPointer) {}
  mutating func finding(_ finding: Finding) {
    if all.count < most { all.append(finding) } else { hasMore = true }
  }
  mutating func mask(_ finding: Finding, byteCount: UInt64) {}
  mutating func flush() throws(OutputError) {}
  mutating func close() throws(OutputError) {}
  var delivery: Delivery? { nil }
}
