internal import WeirCore

/// The offsets behind one cue, context or pair at which forms may start.
struct ZoneReading {
  /// The places that the cue reaches.
  private let reach: Range<Int>
  /// Where the cue, the name or the match of the pair ends.
  var end: Int { reach.lowerBound }
  private let needsAssignment: Bool

  init(end: Int, withinBytes: Int, isOfOneLine: Bool, needsAssignment: Bool, text: [UInt8]) {
    var last = min(end + withinBytes, text.count)
    for place in end..<max(end, last) where place > end {
      // "No LF in `[e, p)`"; "no further than the next `WEIR_REDACTED` that ends in `(e, p]`".
      if isOfOneLine && text[place - 1] == 0x0A || Mask.ends(in: text, at: place) {
        last = place
        break
      }
    }
    reach = end..<max(end, last)
    self.needsAssignment = needsAssignment
  }

  func has(_ place: Int, in text: [UInt8]) -> Bool {
    reach.contains(place) && (!needsAssignment || Assignment.stands(before: place, in: text))
  }
}

/// "A cue is a word, matched without regard to case"; its blanks match `_`, `-` and `.` too.
enum Cue {
  static func stands(_ word: String, in text: [UInt8], at start: Int) -> Bool {
    guard start + word.utf8.count <= text.count else { return false }
    return zip(word.utf8, text[start...]).allSatisfy { expected, byte in
      expected == 0x20
        ? " _-.".utf8.contains(byte) : lowerCase(byte) == lowerCase(expected)
    }
  }
}
