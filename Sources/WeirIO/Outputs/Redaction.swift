public import WeirCore

/// The redacted stream: clean bytes and masks leave together, a `writev` for each step of the
/// scanner.
///
/// What else is wanted of the findings goes to `report`.
public struct Redaction<Report: Outlet & ~Copyable>: Outlet, ~Copyable {
  private static var starBytes: Int { 1 << 16 }

  private var file: OutputFile
  private var batch = Batch()
  private var report: Report
  private let mask: MaskWriter
  private let stars: UnsafeMutableRawBufferPointer
  private var failure: OutputError?
  private var maskTextBytes: UInt64 = 0
  private var lostMaskBytes: UInt64 = 0
  private var lostCleanBytes: UInt64 = 0
  public private(set) var counts = FindingCounts()
  public var findingCount: UInt64 { counts.total }

  public init(
    to file: consuming OutputFile, mask style: MaskStyle, catalogue: Catalogue,
    report: consuming Report
  ) {
    self.file = file
    self.report = report
    mask = MaskWriter(style: style, catalogue: catalogue)
    stars = .allocate(byteCount: style == .stars ? Self.starBytes : 0, alignment: 1)
    stars.initializeMemory(as: UInt8.self, repeating: UInt8(ascii: "*"))
  }

  public mutating func begin(_ path: Path) { report.begin(path) }

  public mutating func clean(_ bytes: UnsafeRawBufferPointer) {
    makeRoom()
    batch.append(bytes, .clean)
  }

  public mutating func finding(_ finding: Finding) {
    counts.add(finding)
    report.finding(finding)
  }

  public mutating func mask(_ finding: Finding, byteCount: UInt64) {
    if mask.style == .stars {
      writeStars(byteCount)
      return
    }
    makeRoom()
    let count = mask.write(finding, into: batch.arenaRest)
    batch.appendArena(count: count)
    maskTextBytes += UInt64(count)
  }

  /// A secret may be longer than memory: its stars are one block, over and over.
  private mutating func writeStars(_ byteCount: UInt64) {
    var rest = byteCount
    while rest > 0 {
      makeRoom()
      let count = Int(min(rest, UInt64(stars.count)))
      batch.append(UnsafeRawBufferPointer(rebasing: stars[..<count]), .mask)
      maskTextBytes += UInt64(count)
      rest -= UInt64(count)
    }
  }

  private mutating func makeRoom() {
    if !batch.hasRoom || batch.arenaRest.count < MaskWriter.greatestBytes { writeBatch() }
  }

  /// After a failed write nothing more leaves; what would have is counted.
  private mutating func writeBatch() {
    do {
      while failure == nil, !batch.isEmpty { try batch.write(to: &file) }
    } catch { failure = error }
    guard failure != nil else { return }
    let dropped = batch.drop()
    lostCleanBytes += dropped.cleanBytes
    lostMaskBytes += dropped.maskBytes
  }

  public mutating func flush() throws(OutputError) {
    writeBatch()
    if let failure { throw failure }
    try report.flush()
  }

  public mutating func close() throws(OutputError) {
    try file.close()
    try report.close()
  }

  public var delivery: Delivery? {
    Delivery(
      writtenBytes: file.writtenBytes, maskTextBytes: maskTextBytes - lostMaskBytes,
      lostCleanBytes: lostCleanBytes)
  }

  /// The input may be read only if it is not what is written.
  public func writes(to source: borrowing Source) -> Bool {
    source.isFile(behind: file.descriptor)
  }

  deinit {
    stars.deallocate()
  }
}
