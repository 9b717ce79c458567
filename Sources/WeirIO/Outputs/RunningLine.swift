internal import Glibc
internal import WeirCore

/// The masked text of an input as it passes, as far as a finding's line may show it, and the findings whose line has not ended.
///
/// Apart from `Excerpts`, which is generic: called from other modules, generic code asks for its own types at run time.
struct RunningLine {
  private static let most = LineExcerpt.mostBytes
  private static let newline = UInt8(ascii: "\n")

  private struct Waiting {
    let finding: Finding
    /// Where its mask stands in the text.
    var mask: Range<Int>
  }

  /// The input's last bytes; all that the lines of those that wait may show.
  private var text: [UInt8] = []
  /// What passed behind them, and is still the scanner's.
  private var latest = UnsafeRawBufferPointer(start: nil, count: 0)
  /// Findings of one line; those before `first` have gone on, those before `dueEnd` are to.
  private var waiting: [Waiting] = []
  private var first = 0
  private var dueEnd = 0
  private var lineStart = 0

  init() { text.reserveCapacity(6 * Self.most) }

  mutating func begin() {
    text.removeAll(keepingCapacity: true)
    latest = UnsafeRawBufferPointer(start: nil, count: 0)
  }

  /// A finding waits for the end of its line.
  var isWaiting: Bool { !waiting.isEmpty }

  /// Bytes that pass while nothing waits. They stay the scanner's until `keepLatest`.
  mutating func pass(_ bytes: UnsafeRawBufferPointer) {
    keepLatest()
    latest = bytes
  }

  /// Copies of what passed last as much as a finding behind it may show.
  mutating func keepLatest() {
    guard !latest.isEmpty else { return }
    if latest.count >= Self.most { text.removeAll(keepingCapacity: true) }
    text += latest.suffix(Self.most)
    latest = UnsafeRawBufferPointer(start: nil, count: 0)
    trim()
  }

  mutating func append(_ finding: Finding) {
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
    while text.count >= waiting[dueEnd].mask.upperBound + Self.most { dueEnd += 1 }
  }

  /// Takes of bytes that pass what belongs to the line of those that wait, up to where the first of them is due.
  ///
  /// - Returns: the rest.
  mutating func take(_ bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    let wanted = waiting[first].mask.upperBound + Self.most - text.count
    let near = min(wanted, bytes.count)
    let found = bytes.baseAddress.flatMap { memchr($0, Int32(Self.newline), near) }
    let count = found.map { UnsafeRawPointer($0) - bytes.baseAddress! } ?? near
    text += bytes.prefix(count)
    if found != nil { endLine() } else if count == wanted { dueEnd = first + 1 }
    return UnsafeRawBufferPointer(rebasing: bytes[count...])
  }

  /// All that wait are due.
  mutating func endLine() { dueEnd = waiting.count }

  /// The next that is due. Its line is to be let go before more passes, or a copy is made of all text.
  mutating func nextDue() -> (finding: Finding, line: LineExcerpt)? {
    if first < dueEnd {
      let due = waiting[first]
      first += 1
      return (
        due.finding,
        LineExcerpt(text, lineStart: lineStart, lineEnd: text.count, mask: due.mask)
      )
    }
    if first > 0, 2 * first >= waiting.count {
      waiting.removeFirst(first)
      (first, dueEnd) = (0, 0)
    }
    return nil
  }

  /// Drops what no line shows any more, when there is much of it.
  private mutating func trim() {
    guard text.count > 4 * Self.most else { return }
    let shown = first < waiting.count ? waiting[first].mask.lowerBound : text.count
    let count = max(shown - Self.most, 0)
    text.removeFirst(count)
    lineStart = max(lineStart - count, 0)
    for index in first..<waiting.count {
      let mask = waiting[index].mask
      waiting[index].mask = mask.lowerBound - count..<mask.upperBound - count
    }
  }
}
