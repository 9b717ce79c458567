internal import WeirCore

/// The tokens of a key block, up to its END line or to something else.
struct KeyBlockTokens {
  struct Token {
    /// Where it begins; with an escape, perhaps.
    var start = 0
    /// The offsets of its bytes; of one that an escape stands for that of the escape's last.
    var bytes: [Int] = []
    /// What stands there.
    var values: [UInt8] = []
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
      } else if Self.escapeHeads.contains(text[place]) {
        guard case .byte(let value, let next) = escape(at: place) else { return nil }
        if Self.body.contains(value) { return place }
        guard Self.gaps.contains(value) else { return nil }
        place = next
      } else if text[place] == UInt8(ascii: "-") {
        readEndLine()
        return nil
      } else {
        return Self.body.contains(text[place]) ? place : nil
      }
    }
    return nil
  }

  private static let escapeHeads = ByteSet("\\#%&")

  private enum Escape {
    case byte(UInt8, next: Int)
    case cut
    case none
  }

  /// "Repeated backslashes" and a letter or digits, or `#` or `%` and digits, or `&#`, `&#x`, 1 to 4 digits and `;`.
  private func escape(at first: Int) -> Escape {
    func digits(_ count: Int, radix: Int, from start: Int) -> Escape {
      let found = text[start...].prefix(count).prefix {
        Int(String(decoding: [$0], as: UTF8.self), radix: radix) != nil
      }
      guard found.count == count else { return start + found.count == text.count ? .cut : .none }
      let value = Int(String(decoding: found, as: UTF8.self), radix: radix)!
      return value < 256 ? .byte(UInt8(value), next: start + count) : .none
    }
    switch text[first] {
    case UInt8(ascii: "#"): return digits(3, radix: 8, from: first + 1)
    case UInt8(ascii: "%"): return digits(2, radix: 16, from: first + 1)
    case UInt8(ascii: "&"): return entity(from: first)
    default: break
    }
    guard let place = text[first...].firstIndex(where: { $0 != UInt8(ascii: "\\") }) else {
      return .cut
    }
    switch text[place] {
    case UInt8(ascii: "n"): return .byte(0x0A, next: place + 1)
    case UInt8(ascii: "r"): return .byte(0x0D, next: place + 1)
    case UInt8(ascii: "t"): return .byte(0x09, next: place + 1)
    case UInt8(ascii: "x"): return digits(2, radix: 16, from: place + 1)
    case UInt8(ascii: "u"): return digits(4, radix: 16, from: place + 1)
    case UInt8(ascii: "0")...UInt8(ascii: "3"): return digits(3, radix: 8, from: place)
    case let byte where "/\"'\n\r".utf8.contains(byte): return .byte(byte, next: place + 1)
    default: return .none
    }
  }

  private func entity(from first: Int) -> Escape {
    var place = first + 1
    guard place < text.count else { return .cut }
    guard text[place] == UInt8(ascii: "#") else { return .none }
    place += 1
    let isHex = place < text.count && (text[place] == 0x78 || text[place] == 0x58)
    if isHex { place += 1 }
    let digits = text[place...].prefix(4).prefix {
      Int(String(decoding: [$0], as: UTF8.self), radix: isHex ? 16 : 10) != nil
    }
    place += digits.count
    guard place < text.count else { return .cut }
    guard text[place] == UInt8(ascii: ";"),
      let value = Int(String(decoding: digits, as: UTF8.self), radix: isHex ? 16 : 10), value < 256
    else { return .none }
    return .byte(UInt8(value), next: place + 1)
  }

  /// - Returns: false when the block ends with this token.
  private mutating func readToken(from start: Int) -> Bool {
    var token = Token()
    place = start
    token.start = start
    while place < text.count {
      let byte = text[place]
      switch byte {
      case _ where Self.body.contains(byte):
        token.bytes.append(place)
        token.values.append(byte)
        place += 1
      case 0x0A, 0x0D:
        place += 1
        return finish(token, counts: true)
      case _ where Self.gaps.contains(byte):
        place += 1
        return finish(token, counts: false)
      case _ where Self.escapeHeads.contains(byte):
        guard case .byte(let value, let next) = escape(at: place) else {
          if case .cut = escape(at: place) {
            place = text.count
            return finish(token, counts: true, isAtEnd: true)
          }
          _ = finish(token, counts: false)
          return false
        }
        place = next
        if Self.body.contains(value) {
          token.bytes.append(next - 1)
          token.values.append(value)
        } else if Self.gaps.contains(value) {
          return finish(token, counts: value == 0x0A || value == 0x0D)
        } else {
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
      if Self.escapeHeads.contains(byte), case .byte(let value, let next) = escape(at: place - 1) {
        place = next
        if value == 0x0A || value == 0x0D { return true }
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
