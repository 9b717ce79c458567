internal import Glibc

/// Cuts an input into the windows that `LineRules` see: a line of at most 16 KiB is one; of a longer one each 8 KiB begins another, as long as
/// more than 16 KiB follow, and the last ends with the line. So they depend on the input alone, not on how it came.
struct LineCutter {
  static let windowBytes: UInt64 = 1 << 14
  static let stepBytes: UInt64 = 1 << 13
  /// Of a long line a window and the step before it may be undecided.
  static let mostHeldBytes = Int(windowBytes + stepBytes)

  /// The next window begins here: nothing below will be found any more.
  private(set) var start: UInt64
  /// Nothing in `[start, readEnd)` ends the line.
  private var readEnd: UInt64
  private var isLineStart = true

  /// An input begins at this offset, or goes on behind the end of a line.
  init(at offset: UInt64) {
    start = offset
    readEnd = offset
  }

  /// The next window that is whole: its range, and whether the line begins and ends with it. Nil when more bytes are needed, or none will come.
  ///
  /// Each byte is looked at once, however the input is cut.
  mutating func next(
    in view: View
  ) -> (range: Range<UInt64>, isLineStart: Bool, isLineEnd: Bool)? {
    while true {
      readEnd = newline(in: view, below: min(view.end, start + Self.windowBytes + 1))
      let isLineStart = isLineStart
      if readEnd - start > Self.windowBytes {
        let range = start..<start + Self.windowBytes
        start += Self.stepBytes
        self.isLineStart = false
        return (range, isLineStart, false)
      }
      let isEnded = readEnd < view.end && view[readEnd] == 0x0A
      guard isEnded || view.isFinal && readEnd > start else { return nil }
      let range = start..<readEnd
      if isEnded { readEnd += 1 }
      start = readEnd
      self.isLineStart = true
      if !range.isEmpty { return (range, isLineStart, true) }
    }
  }

  /// The first line feed from `readEnd` on; `end` if there is none.
  private func newline(in view: View, below end: UInt64) -> UInt64 {
    guard readEnd < end else { return readEnd }
    let bytes = view[readEnd..<end]
    guard let base = bytes.baseAddress, let found = memchr(base, 0x0A, bytes.count) else {
      return end
    }
    return readEnd + UInt64(UnsafeRawPointer(found) - base)
  }
}
