internal import Glibc
public import WeirCore

/// Gives each finding its line. A finding waits until its line has ended, or has gone on for `LineExcerpt.mostBytes`; so what is known of a line does not
/// depend on how the input was cut.
///
/// Cost: a copy of the last bytes of each step of the scanner, so that it is known what stood before a finding. They are clean bytes: no secret is among them.
public struct Excerpts<Target: FindingTarget & ~Copyable>: Outlet, ~Copyable {
  private static var most: Int { LineExcerpt.mostBytes }

  /// Where findings go on to.
  public var target: Target
  /// Of a history, where the input that comes next appeared first.
  public var appearance: Appearance?
  /// The input's last bytes, masked; all that the lines of those that wait may show.
  private var text: [UInt8] = []
  /// What passed behind them, and is still the scanner's.
  private var latest = UnsafeRawBufferPointer(start: nil, count: 0)
  /// Findings of one line; those before `firstWaiting` have gone on.
  private var waiting: [Waiting] = []
  private var firstWaiting = 0
  private var lineStart = 0

  private struct Waiting {
    let finding: Finding
    /// Where its mask stands in the text.
    var mask: Range<Int>
  }

  public init(_ target: consuming Target) {
    self.target = target
    text.reserveCapacity(6 * Self.most)
  }

  public mutating func begin(_ path: Path) {
    text.removeAll(keepingCapacity: true)
    latest = UnsafeRawBufferPointer(start: nil, count: 0)
    target.begin(path, appearance)
  }

  public mutating func clean(_ bytes: UnsafeRawBufferPointer) {
    keepLatest()
    latest = waiting.isEmpty ? bytes : takeLine(from: bytes)
  }

  public mutating func finding(_ finding: Finding) {
    keepLatest()
    trim()
    let start = text.count
    if waiting.isEmpty {
      let known = max(start - Self.most, 0)
      lineStart = text.lastNewline(in: known..<start).map { $0 + 1 } ?? known
    }
    text += finding.prefix.utf8
    text += "****"
    waiting.append(Waiting(finding: finding, mask: start..<text.count))
    while text.count >= waiting[firstWaiting].mask.upperBound + Self.most {
      deliver(through: firstWaiting + 1)
    }
  }

  public mutating func mask(_ finding: Finding, byteCount: UInt64) {}

  public mutating func flush() throws(OutputError) {
    keepLatest()
    try target.flush()
  }

  public mutating func endInput() {
    keepLatest()
    deliver(through: waiting.count)
  }

  public mutating func close() throws(OutputError) { try target.close() }

  public var delivery: Delivery? { nil }

  /// Copies of what passed last as much as a finding behind it may show. Nothing waits.
  private mutating func keepLatest() {
    guard !latest.isEmpty else { return }
    if latest.count >= Self.most { text.removeAll(keepingCapacity: true) }
    text += latest.suffix(Self.most)
    latest = UnsafeRawBufferPointer(start: nil, count: 0)
    trim()
  }

  /// Drops what no line shows any more, when there is much of it.
  private mutating func trim() {
    guard text.count > 4 * Self.most else { return }
    let count = max((waiting.isEmpty ? text.count : waiting[firstWaiting].mask.lowerBound) - Self.most, 0)
    text.removeFirst(count)
    lineStart = max(lineStart - count, 0)
    for index in firstWaiting..<waiting.count {
      let mask = waiting[index].mask
      waiting[index].mask = mask.lowerBound - count..<mask.upperBound - count
    }
  }

  /// Takes what belongs to the line of those that wait. Those whose line is known go on.
  ///
  /// - Returns: the bytes behind the line, or behind what is shown of it.
  private mutating func takeLine(from bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    var rest = bytes
    while !waiting.isEmpty, let start = rest.baseAddress, rest.count > 0 {
      let wanted = waiting[firstWaiting].mask.upperBound + Self.most - text.count
      let near = min(wanted, rest.count)
      let newline = memchr(start, Int32(UInt8(ascii: "\n")), near)
      let count = newline.map { UnsafeRawPointer($0) - start } ?? near
      text += rest.prefix(count)
      rest = UnsafeRawBufferPointer(rebasing: rest[count...])
      if newline != nil {
        deliver(through: waiting.count)
      } else if count == wanted {
        deliver(through: firstWaiting + 1)
      }
    }
    return rest
  }

  private mutating func deliver(through end: Int) {
    for one in waiting[firstWaiting..<end] {
      target.finding(
        one.finding,
        in: LineExcerpt(text, lineStart: lineStart, lineEnd: text.count, mask: one.mask))
    }
    firstWaiting = end
    guard 2 * firstWaiting >= waiting.count else { return }
    waiting.removeFirst(firstWaiting)
    firstWaiting = 0
  }
}
