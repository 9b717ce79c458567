/// The `[table]` lines of a TOML text, as far as to see whether a key follows the bracket.
///
/// The TOML reader ends the process where none does (an assertion of toml++), so that has to be known before it reads.
struct TableHeaders {
  private let text: [UInt8]
  private var place = 0

  /// The first byte after a header's brackets that cannot begin a key; nil if there is none. Right for text that is valid up to there.
  static func offsetWithoutKey(in text: String) -> Int? {
    var headers = TableHeaders(text: Array(text.utf8))
    return headers.search()
  }

  private init(text: [UInt8]) {
    self.text = text
    // A byte order mark is no part of the first line.
    if text.starts(with: [0xEF, 0xBB, 0xBF]) { place = 3 }
  }

  private mutating func search() -> Int? {
    // Brackets of values; a line begins where none is open.
    var depth = 0
    var isAtLineStart = true
    while place < text.count {
      let byte = text[place]
      switch byte {
      case 0x0A:
        isAtLineStart = depth == 0
        place += 1
      case 0x20, 0x09, 0x0D: place += 1
      case UInt8(ascii: "#"): skip { $0 == 0x0A }
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        skipString(quote: byte)
        isAtLineStart = false
      case UInt8(ascii: "[") where isAtLineStart:
        if let offset = offsetAfterBrackets(), !Self.mayFollow.contains(text[offset]) {
          return offset
        }
        skip { $0 == 0x0A }
      default:
        if byte == UInt8(ascii: "[") || byte == UInt8(ascii: "{") { depth += 1 }
        if byte == UInt8(ascii: "]") || byte == UInt8(ascii: "}") { depth = max(depth - 1, 0) }
        isAtLineStart = false
        place += 1
      }
    }
    return nil
  }

  /// What begins a key, and what the reader refuses by itself.
  private static let mayFollow = Set(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-\"']".utf8)

  private mutating func offsetAfterBrackets() -> Int? {
    func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
    var offset = place + 1
    if offset < text.count, text[offset] == UInt8(ascii: "[") { offset += 1 }
    while offset < text.count, isBlank(text[offset]) { offset += 1 }
    return offset < text.count ? offset : nil
  }

  private mutating func skip(to isEnd: (UInt8) -> Bool) {
    while place < text.count, !isEnd(text[place]) { place += 1 }
  }

  /// Past a string, to the end of the line if it has no end, or past one of several lines.
  private mutating func skipString(quote: UInt8) {
    let isLong = text[place...].starts(with: [quote, quote, quote])
    place += isLong ? 3 : 1
    while place < text.count {
      if text[place] == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
        place += 2
      } else if isLong, text[place...].starts(with: [quote, quote, quote]) {
        // Up to two quotes more belong to the string.
        skip { $0 != quote }
        return
      } else if !isLong, text[place] == quote {
        place += 1
        return
      } else if !isLong, text[place] == 0x0A {
        return
      } else {
        place += 1
      }
    }
  }
}
