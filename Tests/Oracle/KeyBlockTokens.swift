internal import WeirCore

/// The tokens of a key block, up to its END line or to something else.
struct KeyBlockTokens {
  struct Token {
    /// The offsets of its bytes.
    var bytes: [Int] = []
    /// A line's end or the end of input follows at once.
    var countsWhenShort = false
    /// How far was read before the byte, or the end of input, that told so.
    var readBefore = 0
  }

  private(set) var tokens: [Token] = []
  /// One past the END line, or the end of input if it stops within one.
  private(set) var endLine: Int?
  private(set) var isEndLinePartial = false

  private let text: [UInt8]
  private var place: Int

  /// The form ends in a body byte: no header lines follow.
  private let isContinued: Bool

  init(_ text: [UInt8], from start: Int, behindFormAt formStart: Int) {
    self.text = text
    place = start
    isContinued = start > formStart && Self.body.contains(text[start - 1])
    while let next = nextBodyByte() {
      if !readToken(from: next) { break }
    }
  }

  static let body = Alphabet.named["base64"]!.union(ByteSet("="))
  private static let gaps = ByteSet(" \t\r\n\"',")

  /// "Header lines … before any body."
  private var mayBeHeader: Bool {
    !isContinued && tokens.allSatisfy { $0.bytes.count < KeyBlockReading.longTokenBytes }
  }

  /// Past separators to the first byte of a token; nil at the block's end.
  private mutating func nextBodyByte() -> Int? {
    while place < text.count {
      if Self.gaps.contains(text[place]) {
        place += 1
      } else if text[place] == UInt8(ascii: "\\") {
        guard let escaped = afterBackslashes() else { return nil }
        if text[escaped] == UInt8(ascii: "/") { return escaped }
        guard "nrt\"'\n\r".utf8.contains(text[escaped]) else { return nil }
        place = escaped + 1
      } else if text[place] == UInt8(ascii: "-") {
        readEndLine()
        return nil
      } else {
        return Self.body.contains(text[place]) ? place : nil
      }
    }
    return nil
  }

  /// Where the byte after "repeated backslashes" stands.
  private func afterBackslashes() -> Int? {
    text[place...].firstIndex { $0 != UInt8(ascii: "\\") }
  }

  /// - Returns: false when the block ends with this token.
  private mutating func readToken(from start: Int) -> Bool {
    var token = Token()
    place = start
    while place < text.count {
      let byte = text[place]
      switch byte {
      case _ where Self.body.contains(byte):
        token.bytes.append(place)
        place += 1
      case 0x0A, 0x0D:
        place += 1
        return finish(token, counts: true)
      case _ where Self.gaps.contains(byte):
        place += 1
        return finish(token, counts: false)
      case UInt8(ascii: "\\"):
        guard let escaped = afterBackslashes() else {
          place = text.count
          return finish(token, counts: true, isAtEnd: true)
        }
        place = escaped + 1
        switch text[escaped] {
        case UInt8(ascii: "/"): token.bytes.append(escaped)
        case UInt8(ascii: "n"), UInt8(ascii: "r"), 0x0A, 0x0D:
          return finish(token, counts: true)
        case UInt8(ascii: "t"), UInt8(ascii: "\""), UInt8(ascii: "'"):
          return finish(token, counts: false)
        default:
          _ = finish(token, counts: false)
          return false
        }
      case UInt8(ascii: ":")
      where mayBeHeader && token.bytes.count < KeyBlockReading.longTokenBytes:
        place += 1
        return readHeader()
      case UInt8(ascii: "-"):
        let next = place + 1 < text.count ? text[place + 1] : 0
        if mayBeHeader, token.bytes.count < KeyBlockReading.longTokenBytes, Self.body.contains(next)
        {
          return readHeaderName()
        }
        _ = finish(token, counts: false)
        readEndLine()
        return false
      default:
        _ = finish(token, counts: false)
        return false
      }
    }
    return finish(token, counts: true, isAtEnd: true)
  }

  private mutating func finish(_ token: Token, counts: Bool, isAtEnd: Bool = false) -> Bool {
    var token = token
    token.countsWhenShort = counts
    token.readBefore = isAtEnd ? place : place - 1
    tokens.append(token)
    return true
  }

  private mutating func readHeaderName() -> Bool {
    while place < text.count, Self.body.contains(text[place]) || text[place] == UInt8(ascii: "-") {
      place += 1
    }
    guard place < text.count, text[place] == UInt8(ascii: ":") else { return false }
    place += 1
    return readHeader()
  }

  /// "`Name: text` to the end of the line." What stood before it was no body.
  private mutating func readHeader() -> Bool {
    tokens = []
    while place < text.count {
      let byte = text[place]
      place += 1
      if byte == 0x0A || byte == 0x0D { return true }
      if byte == UInt8(ascii: "\\"), let escaped = afterBackslashes() {
        place = escaped + 1
        if "nr".utf8.contains(text[escaped]) { return true }
      }
    }
    return false
  }

  /// "`-----END `, up to 64 of `A-Z 0-9` and blank, `-----`".
  private mutating func readEndLine() {
    let label = ByteSet("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 ")
    var end = place
    func take(_ expected: String) -> Bool? {
      for byte in expected.utf8 {
        guard end < text.count else { return nil }
        guard text[end] == byte else { return false }
        end += 1
      }
      return true
    }
    var outcome = take("-----END ")
    if outcome == true {
      let first = end
      while end < text.count, end - first < 64, label.contains(text[end]) { end += 1 }
      outcome = take("-----")
    }
    if outcome == nil { isEndLinePartial = true }
    if outcome != false { endLine = outcome == nil ? text.count : end }
  }
}
