internal import CWeir
internal import WeirCore

/// Where a stream's output and findings go: to callbacks, or into queues that the caller takes from.
struct Delivery: Sink {
  private static let starBytes = 4096
  private static let stars = [UInt8](repeating: UInt8(ascii: "*"), count: starBytes)
  private static let defaultWaitingBytes = 1 << 20

  private let options: weir_stream_options
  private let table: RuleTable
  /// That of the setup the stream is in.
  var mask: MaskWriter
  private var output = OutputQueue()
  private var findings: [weir_finding] = []
  private var firstFinding = 0
  private(set) var findingCount: UInt64 = 0
  private(set) var maskTextBytes: UInt64 = 0
  private(set) var deliveredBytes: UInt64 = 0

  init(_ options: weir_stream_options, setup: Setup) {
    self.options = options
    table = setup.table
    mask = setup.mask
  }

  private var isRedacting: Bool { options.mode == WEIR_REDACT }

  var waitingBytes: UInt64 { output.byteCount }

  /// So much output waits that no more may come.
  var isFull: Bool {
    output.byteCount >= UInt64(count(options.most_waiting_bytes) ?? Self.defaultWaitingBytes)
  }

  var footprintBytes: Int {
    output.footprintBytes + findings.capacity * MemoryLayout<weir_finding>.stride
  }

  mutating func clean(_ bytes: UnsafeRawBufferPointer) {
    if isRedacting { deliver(bytes) }
  }

  mutating func finding(_ finding: Finding) {
    findingCount += 1
    if let callback = options.finding {
      var copy = table.finding(finding)
      callback(options.context, &copy)
    } else if options.pulls_findings != 0 {
      findings.append(table.finding(finding))
    }
  }

  mutating func mask(_ finding: Finding, byteCount: UInt64) {
    guard isRedacting else { return }
    if mask.style == .stars {
      maskTextBytes += byteCount
      deliverStars(byteCount)
      return
    }
    mask.withText(of: finding) { text in
      maskTextBytes += UInt64(text.count)
      deliver(text)
    }
  }

  private mutating func deliver(_ bytes: UnsafeRawBufferPointer) {
    guard let callback = options.output else {
      output.append(bytes)
      return
    }
    deliveredBytes += UInt64(bytes.count)
    callback(options.context, bytes.baseAddress, bytes.count)
  }

  private mutating func deliverStars(_ byteCount: UInt64) {
    guard let callback = options.output else {
      output.append(stars: byteCount)
      return
    }
    deliveredBytes += byteCount
    var rest = byteCount
    Self.stars.withUnsafeBytes { stars in
      while rest > 0 {
        let count = Int(min(rest, UInt64(stars.count)))
        callback(options.context, stars.baseAddress, count)
        rest -= UInt64(count)
      }
    }
  }

  /// Output that waits, as much as there is room for.
  mutating func takeOutput(into room: UnsafeMutableRawBufferPointer) -> Int {
    let count = output.take(into: room)
    deliveredBytes += UInt64(count)
    return count
  }

  mutating func takeFinding() -> weir_finding? {
    guard firstFinding < findings.count else { return nil }
    let finding = findings[firstFinding]
    firstFinding += 1
    if firstFinding == findings.count {
      findings.removeAll(keepingCapacity: firstFinding <= 64)
      firstFinding = 0
    }
    return finding
  }
}
