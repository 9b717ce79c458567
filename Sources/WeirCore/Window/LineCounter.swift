internal import CSieve

/// Tells the line and column of offsets that come in nearly ascending order; reads each byte about twice at most.
struct LineCounter {
  private struct Place {
    var offset: UInt64
    /// The line it is in, from 0, and the offset that line begins at.
    var line: UInt64
    var lineStart: UInt64

    mutating func move(to target: UInt64, knowing counted: Counted?, in view: View) {
      let newlines = LineCounter.newlines(in: offset..<target, knowing: counted, in: view)
      if newlines > 0 {
        line += UInt64(newlines)
        let bytes = view[offset..<target]
        var last = bytes.count - 1
        while bytes[last] != 0x0A { last -= 1 }
        lineStart = offset + UInt64(last) + 1
      }
      offset = target
    }
  }

  /// What somebody else has counted of bytes that the view holds.
  private struct Counted {
    let range: Range<UInt64>
    let newlines: Int
  }

  /// At or below every offset that may still be asked for.
  private var base: Place
  /// Where the last answer was.
  private var cursor: Place
  private var counted: Counted?

  /// Counts from `offset`, where the byte at this line and column stands.
  init(from offset: UInt64, line: UInt64 = 1, column: UInt64 = 1) {
    base = Place(offset: offset, line: line - 1, lineStart: offset &- (column - 1))
    cursor = base
  }

  /// So many line feeds are among the bytes of a range. As long as a view holds all of them, most need not be read again.
  mutating func know(_ newlines: Int, in range: Range<UInt64>) {
    counted = Counted(range: range, newlines: newlines)
  }

  /// The 1-based line and column of a byte at or above the last release.
  mutating func locate(_ target: UInt64, in view: View) -> (line: UInt64, column: UInt64) {
    if target >= cursor.offset {
      cursor.move(to: target, knowing: counted, in: view)
    } else {
      moveBack(to: target, in: view)
    }
    return (cursor.line + 1, target &- cursor.lineStart + 1)
  }

  /// The 1-based line and column of the byte behind the last release.
  var released: (line: UInt64, column: UInt64) {
    (base.line + 1, base.offset &- base.lineStart + 1)
  }

  /// The bytes below `target` are about to go.
  mutating func release(to target: UInt64, in view: View) {
    if cursor.offset <= target, cursor.offset > base.offset { base = cursor }
    if target > base.offset { base.move(to: target, knowing: counted, in: view) }
    if cursor.offset < base.offset { cursor = base }
  }

  private mutating func moveBack(to target: UInt64, in view: View) {
    let newlines = Self.newlines(in: view[target..<cursor.offset])
    if newlines > 0 {
      cursor.line -= UInt64(newlines)
      var start = target
      while start > base.offset, view[start - 1] != 0x0A { start -= 1 }
      cursor.lineStart = start > base.offset ? start : base.lineStart
    }
    cursor.offset = target
  }

  /// What lies before and behind a great part of what is known is read, and else the range itself.
  private static func newlines(
    in range: Range<UInt64>, knowing counted: Counted?, in view: View
  ) -> Int {
    if let counted, view.start <= counted.range.lowerBound, counted.range.upperBound <= view.end {
      let common = range.clamped(to: counted.range)
      if common.count > counted.range.count / 2 {
        let outside =
          newlines(in: view[counted.range.lowerBound..<common.lowerBound])
          + newlines(in: view[common.upperBound..<counted.range.upperBound])
        return counted.newlines - outside
          + newlines(in: view[range.lowerBound..<common.lowerBound])
          + newlines(in: view[common.upperBound..<range.upperBound])
      }
    }
    return newlines(in: view[range])
  }

  private static func newlines(in bytes: UnsafeRawBufferPointer) -> Int {
    guard let start = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return 0 }
    return newlines_in(start, bytes.count)
  }
}
