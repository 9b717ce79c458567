/// Tells the line and column of offsets that come in nearly ascending order; reads each byte about twice at most.
struct LineCounter {
  private struct Place {
    var offset: UInt64 = 0
    /// The line it is in, from 0, and the offset that line begins at.
    var line: UInt64 = 0
    var lineStart: UInt64 = 0

    mutating func move(to target: UInt64, in view: View) {
      let bytes = view[offset..<target]
      let newlines = LineCounter.newlines(in: bytes)
      if newlines > 0 {
        line += UInt64(newlines)
        var last = bytes.count - 1
        while bytes[last] != 0x0A { last -= 1 }
        lineStart = offset + UInt64(last) + 1
      }
      offset = target
    }
  }

  /// At or below every offset that may still be asked for.
  private var base = Place()
  /// Where the last answer was.
  private var cursor = Place()

  /// The 1-based line and column of a byte at or above the last release.
  mutating func locate(_ target: UInt64, in view: View) -> (line: UInt64, column: UInt64) {
    if target >= cursor.offset {
      cursor.move(to: target, in: view)
    } else {
      moveBack(to: target, in: view)
    }
    return (cursor.line + 1, target - cursor.lineStart + 1)
  }

  /// The bytes below `target` are about to go.
  mutating func release(to target: UInt64, in view: View) {
    if cursor.offset <= target, cursor.offset > base.offset { base = cursor }
    if target > base.offset { base.move(to: target, in: view) }
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

  private static func newlines(in bytes: UnsafeRawBufferPointer) -> Int {
    var count = 0
    var index = 0
    let newline = SIMD32<UInt8>(repeating: 0x0A)
    while index + 32 <= bytes.count {
      var sums = SIMD32<UInt8>(repeating: 0)
      var rounds = 0
      while rounds < 255, index + 32 <= bytes.count {
        let block = bytes.loadUnaligned(fromByteOffset: index, as: SIMD32<UInt8>.self)
        sums.replace(with: sums &+ 1, where: block .== newline)
        index += 32
        rounds += 1
      }
      count += Int(SIMD32<UInt16>(truncatingIfNeeded: sums).wrappedSum())
    }
    while index < bytes.count {
      if bytes[index] == 0x0A { count += 1 }
      index += 1
    }
    return count
  }
}
