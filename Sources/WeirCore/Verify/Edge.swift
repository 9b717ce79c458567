/// What may stand before and after a credential.
enum Edge {
  private static let escapes: [[UInt8]] = ["\\n", "\\t", "\\r"].map { Array($0.utf8) }
  private static let quotEntity = Array("&quot;".utf8)
  private static let mostColourBytes: UInt64 = 12
  private static let hex = Alphabet.named["hexmixed"]!
  private static let upperHex = Alphabet.named["HEX"]!
  private static let colour = ByteSet("0123456789;")

  /// A credential may begin at `offset`. Looks back at most 16 bytes.
  static func isLeftEdge(_ offset: UInt64, in view: View) -> Bool {
    if offset == 0 { return true }
    let before = view[offset - 1]
    return !isWord(before) || endsEscape(offset, in: view)
  }

  @inline(__always)
  static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F: true
    default: false
    }
  }

  /// The bytes before `offset` end in an escape, so that the last of them is no part of a word.
  static func endsEscape(_ offset: UInt64, in view: View) -> Bool {
    for escape in escapes where view.hasSuffix(escape, at: offset) { return true }
    if view.hasSuffix(quotEntity, at: offset) { return true }
    func byte(_ back: UInt64) -> UInt8? {
      offset >= view.start + back ? view[offset - back] : nil
    }
    guard let last = byte(1), let second = byte(2) else { return false }
    if hex.contains(last), hex.contains(second), let third = byte(3) {
      if third == UInt8(ascii: "%") { return true }
      if third == UInt8(ascii: "="), upperHex.contains(last), upperHex.contains(second) {
        return true
      }
      if hex.contains(third), let fourth = byte(4), hex.contains(fourth),
        byte(5) == UInt8(ascii: "u"), byte(6) == UInt8(ascii: "\\")
      {
        return true
      }
    }
    if last == UInt8(ascii: "m") {
      var back: UInt64 = 2
      while back < 2 + mostColourBytes, let code = byte(back), colour.contains(code) { back += 1 }
      return byte(back) == UInt8(ascii: "[") && byte(back + 1) == 0x1B
    }
    return false
  }

  enum Answer { case yes, no, needsMore }

  /// A mask begins at `offset` or up to 4 bytes before it (but not before `first`): no right edge.
  static func isMask(at offset: UInt64, notBefore first: UInt64, in view: View) -> Answer {
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
      if star - offset == UInt64(MaskText.fewestStars) { return .yes }
    }
    if star == view.end, !view.isFinal { return .needsMore }
    return answer
  }

  private static func matches(_ text: [UInt8], at offset: UInt64, in view: View) -> Answer {
    for index in text.indices {
      let place = offset + UInt64(index)
      if place == view.end { return view.isFinal ? .no : .needsMore }
      if view[place] != text[index] { return .no }
    }
    return .yes
  }

  /// `offset` stands behind an assignment: `=`, `:`, `=>`, `":"`, a flag, a header, a tag. Looks back at most 128 bytes.
  static func isAssigned(_ offset: UInt64, in view: View) -> Bool {
    var place = offset
    func previous() -> UInt8? { place > view.start ? view[place - 1] : nil }
    func skip(atMost limit: Int, _ isSkipped: (UInt8) -> Bool) -> Int {
      var count = 0
      while count < limit, let byte = previous(), isSkipped(byte) {
        place -= 1
        count += 1
      }
      return count
    }
    func isQuote(_ byte: UInt8) -> Bool {
      byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") || byte == UInt8(ascii: "`")
        || byte == UInt8(ascii: "\\")
    }
    func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

    _ = skip(atMost: 3, isQuote)
    if let blank = previous(), isBlank(blank) {
      for scheme in ["bearer", "basic", "token"] where isScheme(scheme, before: place - 1, in: view) {
        place -= UInt64(scheme.utf8.count) + 1
        break
      }
    }
    var blanks = skip(atMost: 8, isBlank)
    _ = skip(atMost: 3, isQuote)
    blanks += skip(atMost: 8, isBlank)
    guard let sign = previous() else { return false }
    if sign == UInt8(ascii: "=") || sign == UInt8(ascii: ":") || sign == UInt8(ascii: ">") {
      return true
    }
    guard blanks > 0 else { return false }
    var isFlag = false
    _ = skip(atMost: 64) { byte in
      guard isWord(byte) || byte == UInt8(ascii: "-") else { return false }
      isFlag = byte == UInt8(ascii: "-")
      return true
    }
    guard isFlag else { return false }
    return place == 0 || previous().map { isBlank($0) || $0 == 0x0A } ?? false
  }

  private static func isScheme(_ scheme: String, before end: UInt64, in view: View) -> Bool {
    var place = end
    for byte in scheme.utf8.reversed() {
      guard place > view.start, view[place - 1].lowercased == byte else { return false }
      place -= 1
    }
    return place == view.start || !isWord(view[place - 1])
  }

  /// A word that begins at `offset` is part of a mask.
  static func isInsideMask(_ offset: UInt64, in view: View) -> Bool {
    var place = offset
    for _ in 0...MaskText.greatestTailBytes {
      if view.hasSuffix(MaskText.head, at: place) { return true }
      guard place > view.start, MaskText.tailBytes.contains(view[place - 1]) else { return false }
      place -= 1
    }
    return false
  }
}
