/// A TOML text, as far as to see what the TOML reader cannot stand: it ends the process (assertions of toml++) where no key follows the
/// bracket of a `[table]`, where a brace closes an array, and in dates that are nearly right. That has to be known before it reads.
///
/// Rule files have no dates, so a value without quotes or brackets is a word or a number here.
struct TOMLPrecheck {
  struct Mistake {
    var offset: Int
    var reason: String
  }

  private let text: [UInt8]
  private var place = 0

  /// The first of these mistakes; nil if there is none. Right for text that is valid up to there.
  static func mistake(in text: String) -> Mistake? {
    var check = TOMLPrecheck(text: Array(text.utf8))
    return check.search()
  }

  private init(text: [UInt8]) {
    self.text = text
    // A byte order mark is no part of the first line.
    if text.starts(with: [0xEF, 0xBB, 0xBF]) { place = 3 }
  }

  private mutating func search() -> Mistake? {
    // Brackets of values; a line begins where none is open.
    var open: [UInt8] = []
    var isAtLineStart = true
    var expectsValue = false
    while place < text.count {
      let byte = text[place]
      switch byte {
      case 0x0A:
        isAtLineStart = open.isEmpty
        if isAtLineStart { expectsValue = false }
        place += 1
      case 0x20, 0x09, 0x0D: place += 1
      case UInt8(ascii: "#"): skip { $0 == 0x0A }
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        skipString(quote: byte)
        isAtLineStart = false
        expectsValue = false
      case UInt8(ascii: "[") where isAtLineStart:
        if let offset = offsetAfterBrackets(), !Self.mayFollow.contains(text[offset]) {
          return Mistake(offset: offset, reason: "expected a key after [")
        }
        skip { $0 == 0x0A }
      default:
        isAtLineStart = false
        switch byte {
        case UInt8(ascii: "["), UInt8(ascii: "{"):
          open.append(byte)
          expectsValue = byte == UInt8(ascii: "[")
        case UInt8(ascii: "}") where open.last == UInt8(ascii: "["):
          return Mistake(offset: place, reason: "expected a value or ]")
        case UInt8(ascii: "]"), UInt8(ascii: "}"):
          _ = open.popLast()
          expectsValue = false
        case UInt8(ascii: "="): expectsValue = true
        case UInt8(ascii: ","): expectsValue = open.last == UInt8(ascii: "[")
        case _ where expectsValue:
          guard skipBareValue() else {
            return Mistake(
              offset: place, reason: "expected a string, an array, an integer, true or false")
          }
          expectsValue = false
          continue
        default: break
        }
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

  private static let valueEnds = Set(" \t\r\n,]}#".utf8)
  private static let valueBytes = Set(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.".utf8)

  /// Past a word or a number.
  ///
  /// - Returns: false if it is none; then it stays where it was.
  private mutating func skipBareValue() -> Bool {
    let end = text[place...].firstIndex(where: Self.valueEnds.contains) ?? text.count
    let isSigned = text[place] == UInt8(ascii: "+") || text[place] == UInt8(ascii: "-")
    guard text[place..<end].dropFirst(isSigned ? 1 : 0).allSatisfy(Self.valueBytes.contains) else {
      return false
    }
    place = end
    return true
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
