/// What may stand before and after a credential.
enum Edge {
  /// A credential may begin at `offset`. Looks back at most `Escape.mostBytes`.
  static func isLeftEdge(_ offset: UInt64, in view: View) -> Bool {
    if view.isInputStart(offset) { return true }
    let before = view[offset - 1]
    if before == UInt8(ascii: "*") { return !view.hasSuffix(MaskText.stars, at: offset) }
    return !isWord(before) || endsEscape(offset, in: view)
  }

  @inline(__always)
  static func isWord(_ byte: UInt8) -> Bool {
    byte.isAmong(low: 0x03FF000000000000, high: 0x07FFFFFE87FFFFFE)
  }

  @inline(__always)
  static func isHex(_ byte: UInt8) -> Bool {
    byte.isAmong(low: 0x03FF000000000000, high: 0x0000007E0000007E)
  }

  /// The bytes before `offset` end in an escape, so that the last of them is no part of a word.
  static func endsEscape(_ offset: UInt64, in view: View) -> Bool {
    Escape(endingAt: offset, in: view) != nil
  }

  enum Answer { case yes, no, needsMore }

  /// A mask begins at `offset` or up to 4 bytes before it (but not before `first`): no right edge.
  static func isMask(at offset: UInt64, notBefore first: UInt64, in view: View) -> Answer {
    guard offset == view.end || mayBeInMask(view[offset]) else { return .no }
    var answer = Answer.no
    for back in UInt64(0)...4 where offset >= first + back {
      switch matches(MaskText.head, at: offset - back, in: view) {
      case .yes: return .yes
      case .needsMore: answer = .needsMore
      case .no: break
      }
    }
    var star = offset
    while star < view.end, view[star] == UInt8(ascii: "*") {
      star += 1
      if star - offset == UInt64(MaskText.stars.count) { return .yes }
    }
    if star == view.end, !view.isFinal { return .needsMore }
    return answer
  }

  /// A mask begins up to 4 bytes before `offset`: its first letters are letters of a key's body too.
  static func isInMask(_ offset: UInt64, in view: View) -> Answer {
    guard mayBeInMask(view[offset - 1]) else { return .no }
    var answer = Answer.no
    for back in UInt64(1)...4 where offset >= view.start + back {
      switch matches(MaskText.head, at: offset - back, in: view) {
      case .yes: return .yes
      case .needsMore: answer = .needsMore
      case .no: break
      }
    }
    return answer
  }

  /// One of the first five bytes of a mask's head, or a star.
  private static func mayBeInMask(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "W"), UInt8(ascii: "E"), UInt8(ascii: "I"), UInt8(ascii: "R"),
      UInt8(ascii: "_"), UInt8(ascii: "*"):
      true
    default: false
    }
  }

  static func matches(_ text: [UInt8], at offset: UInt64, in view: View) -> Answer {
    for index in text.indices {
      let place = offset + UInt64(index)
      if place == view.end { return view.isFinal ? .no : .needsMore }
      if view[place] != text[index] { return .no }
    }
    return .yes
  }

  /// `offset` stands behind an assignment: `=`, `:`, `=>`, `":"`, a flag, a header, a tag, plain or escaped. Looks back at most 256 bytes.
  static func isAssigned(_ offset: UInt64, in view: View) -> Bool {
    var place = offset
    var quotes = skipQuotes(before: &place, in: view)
    if place > view.start, isBlank(view[place - 1]) {
      place -= schemeBytes(before: place - 1, in: view)
    }
    var blanks = skipBlanks(before: &place, in: view)
    quotes += skipQuotes(before: &place, in: view)
    blanks += skipBlanks(before: &place, in: view)
    guard place > view.start else { return false }
    switch view[place - 1] {
    case UInt8(ascii: "="), UInt8(ascii: ":"), UInt8(ascii: ">"): return true
    case UInt8(ascii: ","):
      // `"--token", "…"`: the words of a command, as a list.
      place -= 1
      return quotes > 0 && skipQuotes(before: &place, in: view) > 0
        && isFlag(before: place, in: view)
    default:
      return isEscapedSign(before: place, in: view) || blanks > 0 && isFlag(before: place, in: view)
    }
  }

  /// An escape that stands for `=`, `:` or `>` ends here: `%3D`, `=3A`, `\u003d`, `&gt;`.
  private static func isEscapedSign(before place: UInt64, in view: View) -> Bool {
    Escape(endingAt: place, in: view).map(isSign) ?? false
  }

  private static func isSign(_ escape: Escape) -> Bool {
    switch escape.value {
    case UInt8(ascii: "="), UInt8(ascii: ":"), UInt8(ascii: ">"): true
    default: false
    }
  }

  /// A word of at most 64 bytes that ends at `end` begins with a dash. An escape may stand before it, whose letters look like the word's.
  private static func isFlag(before end: UInt64, in view: View) -> Bool {
    var place = end
    while place > view.start, end - place < 64,
      isWord(view[place - 1]) || view[place - 1] == UInt8(ascii: "-")
    {
      place -= 1
      if view[place] == UInt8(ascii: "-"), mayBeginFlag(place, in: view) { return true }
    }
    return false
  }

  /// The start of the input, a blank, a line's end or a quote stands before `place`.
  private static func mayBeginFlag(_ place: UInt64, in view: View) -> Bool {
    guard place > view.start else { return view.isInputStart(place) }
    return (isBlank(view[place - 1]) || view[place - 1] == 0x0A)
      || quoteBytes(before: place, in: view) > 0
  }

  /// Skips at most three quotes.
  ///
  /// - Returns: how many.
  private static func skipQuotes(before place: inout UInt64, in view: View) -> Int {
    var count = 0
    for _ in 0..<3 where place > view.start {
      let quote = quoteBytes(before: place, in: view)
      if quote == 0 { break }
      place -= quote
      count += 1
    }
    return count
  }

  /// The length of the quote, or of the escape that is no sign, that ends before `place`; 0 if none does.
  private static func quoteBytes(before place: UInt64, in view: View) -> UInt64 {
    if let escape = Escape(endingAt: place, in: view) {
      return isSign(escape) ? 0 : escape.byteCount
    }
    return isQuote(view[place - 1]) ? 1 : 0
  }

  private static func skipBlanks(before place: inout UInt64, in view: View) -> Int {
    var count = 0
    while count < 8, place > view.start, isBlank(view[place - 1]) {
      place -= 1
      count += 1
    }
    return count
  }

  private static func isQuote(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"), UInt8(ascii: "\\"): true
    default: false
    }
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

  /// The length of `Bearer `, `Basic ` or `Token ` whose blank stands at `blank`; 0 if none does.
  private static func schemeBytes(before blank: UInt64, in view: View) -> UInt64 {
    guard blank > view.start else { return 0 }
    switch view[blank - 1].lowercased {
    case UInt8(ascii: "r"): return isScheme("bearer", before: blank, in: view) ? 7 : 0
    case UInt8(ascii: "c"): return isScheme("basic", before: blank, in: view) ? 6 : 0
    case UInt8(ascii: "n"): return isScheme("token", before: blank, in: view) ? 6 : 0
    default: return 0
    }
  }

  private static func isScheme(_ scheme: StaticString, before end: UInt64, in view: View) -> Bool {
    let count = UInt64(scheme.utf8CodeUnitCount)
    guard end >= view.start + count else { return false }
    for index in 0..<count
    where view[end - count + index].lowercased != scheme.utf8Start[Int(index)] {
      return false
    }
    guard end - count > view.start else { return true }
    let before = view[end - count - 1]
    return !isWord(before) && before != UInt8(ascii: "-")
  }
}
