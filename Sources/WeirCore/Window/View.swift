/// The bytes at hand, by the offsets a scanner counts: history, what is undecided, and what came last.
///
/// Valid until the window moves.
struct View: BitwiseCopyable {
  private let bytes: UnsafePointer<UInt8>
  /// The offset of the first byte at hand.
  let start: UInt64
  /// One past the last byte at hand.
  let end: UInt64
  /// Two facts in one byte: so a view is four words, and goes from call to call in registers.
  private let borders: UInt8

  /// - Parameter isFirst: the byte at `start` is the first of its input.
  init(bytes: UnsafePointer<UInt8>, start: UInt64, end: UInt64, isFirst: Bool, isFinal: Bool) {
    self.bytes = bytes
    self.start = start
    self.end = end
    borders = (isFirst ? 1 : 0) | (isFinal ? 2 : 0)
  }

  /// No byte will follow `end`.
  var isFinal: Bool { borders & 2 != 0 }

  /// No byte of the input stands before this offset.
  func isInputStart(_ offset: UInt64) -> Bool { offset == start && borders & 1 != 0 }

  subscript(offset: UInt64) -> UInt8 {
    precondition(offset >= start && offset < end, "a byte outside the window was asked for")
    return bytes[Int(offset &- start)]
  }

  subscript(range: Range<UInt64>) -> UnsafeRawBufferPointer {
    precondition(range.lowerBound >= start && range.upperBound <= end)
    return UnsafeRawBufferPointer(
      start: bytes + Int(range.lowerBound &- start),
      count: Int(range.upperBound &- range.lowerBound))
  }

  /// The bytes of `[first, last)`; `last` is above `first`.
  @inline(__always)
  func pointer(to first: UInt64, below last: UInt64) -> UnsafePointer<UInt8> {
    precondition(first >= start && first < last && last <= end)
    return bytes + Int(first &- start)
  }

  /// The first offset of `[first, last)` whose byte is outside the class; `last` if there is none.
  @inline(__always)
  func firstOutside(
    of classIndex: UInt8, from first: UInt64, to last: UInt64, tables: Tables
  ) -> UInt64 {
    precondition(first >= start && first <= last && last <= end)
    let classes = tables.classes
    let mask = UInt64(1) << UInt64(classIndex)
    var place = bytes + Int(first &- start)
    let stop = bytes + Int(last &- start)
    while place < stop, classes[Int(place.pointee)] & mask != 0 { place += 1 }
    return last &- UInt64(stop - place)
  }

  /// One past the last line feed of `[first, offset)`; nil if there is none.
  func lineStart(before offset: UInt64, from first: UInt64) -> UInt64? {
    guard first < offset else { return nil }
    let text = UnsafeRawPointer(pointer(to: first, below: offset))
    var count = Int(offset - first)
    while count > 0 {
      if count >= 8 {
        // Not zero if and only if one of them is a line feed.
        let eight = text.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self)
        let others = eight ^ 0x0A0A_0A0A_0A0A_0A0A
        let feeds = (others &- 0x0101_0101_0101_0101) & ~others & 0x8080_8080_8080_8080
        if feeds == 0 {
          count -= 8
          continue
        }
      }
      let last = text.load(fromByteOffset: count - 1, as: UInt8.self)
      if last == 0x0A { return first + UInt64(count) }
      count -= 1
    }
    return nil
  }

  /// The text `expected` ends at `offset`.
  func hasSuffix(_ expected: [UInt8], at offset: UInt64) -> Bool {
    guard offset >= start + UInt64(expected.count), offset <= end else { return false }
    let first = offset - UInt64(expected.count)
    for index in expected.indices where self[first + UInt64(index)] != expected[index] {
      return false
    }
    return true
  }
}
