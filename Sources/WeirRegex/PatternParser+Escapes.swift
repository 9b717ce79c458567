// What a backslash begins.
extension PatternParser {
  enum Escape {
    case scalar(Unicode.Scalar)
    case set(PatternSyntax.CharacterSet)
    case assertion(String)
    case other(String)
  }

  mutating func escape() throws(Mistake) -> PatternSyntax {
    switch try readEscape(inClass: false) {
    case .scalar(let scalar): .literal(scalar)
    case .set(let set): .set(set)
    case .assertion(let text): .assertion(text)
    case .other(let text): .other(text)
    }
  }

  /// What Go's `\s` is: PCRE2 counts the vertical tab in.
  private static let goSpace = "\\t\\n\\f\\r "

  mutating func readEscape(inClass: Bool) throws(Mistake) -> Escape {
    let start = place
    place += 1
    guard place < text.count else { throw mistake("a \\ at the end") }
    let scalar = text[place]
    place += 1
    func set(_ text: String, lineFeed: Bool, isWide: Bool) -> Escape {
      .set(.init(text: text, holdsLineFeed: lineFeed, isLineFeed: false, isWide: isWide))
    }
    let isGo = dialect == .go
    switch scalar {
    case "n": return .scalar("\n")
    case "r": return .scalar("\r")
    case "t": return .scalar("\t")
    case "f": return .scalar("\u{C}")
    case "a": return .scalar("\u{7}")
    case "v" where isGo: return .scalar("\u{B}")
    case "s":
      let space = isGo ? (inClass ? Self.goSpace : "[\(Self.goSpace)]") : "\\s"
      return set(space, lineFeed: true, isWide: false)
    case "S":
      let text = isGo ? (inClass ? "\\S\\x0b" : "[^\(Self.goSpace)]") : "\\S"
      return set(text, lineFeed: false, isWide: true)
    case "d", "w": return set("\\\(scalar)", lineFeed: false, isWide: false)
    case "D", "W":
      let text = isGo && !inClass ? "[^\\\(scalar == "D" ? "d" : "w")]" : "\\\(scalar)"
      return set(text, lineFeed: true, isWide: true)
    case "p" where isGo, "P" where isGo: return try goProperty(isInverse: scalar == "P")
    case "p", "P": return try property(from: start)
    case "x": return .scalar(try hexadecimal())
    case "0"..."7":
      return try octal(scalar)
    case "b", "B", "A", "z":
      if inClass {
        guard !isGo, scalar == "b" else { throw mistake("an escape that no class may hold") }
        return .scalar("\u{8}")
      }
      return .assertion("\\\(scalar)")
    default: return try otherEscape(scalar, from: start)
    }
  }

  private mutating func otherEscape(
    _ scalar: Unicode.Scalar, from start: Int
  ) throws(Mistake) -> Escape {
    if scalar.isASCII, !scalar.properties.isAlphabetic, !("0"..."9").contains(scalar) {
      return .scalar(scalar)
    }
    if dialect == .go {
      place = start
      throw mistake("an escape that Go does not know")
    }
    switch scalar {
    case "Z", "G", "K": return .assertion("\\\(scalar)")
    case "e": return .scalar("\u{1B}")
    case "c" where place < text.count:
      place += 1
      return .scalar(Unicode.Scalar((UInt8(truncatingIfNeeded: text[place - 1].value) & 0x1F)))
    case "R", "v", "H", "V", "h", "N", "X":
      return .set(
        .init(
          text: "\\\(scalar)", holdsLineFeed: scalar != "h" && scalar != "N" && scalar != "V",
          isLineFeed: false, isWide: true))
    default: return .other(string(start..<place))
    }
  }

  private mutating func property(from start: Int) throws(Mistake) -> Escape {
    guard place < text.count else { throw mistake("a property without its name") }
    if text[place] == "{" {
      guard let end = text[place...].firstIndex(of: "}") else {
        throw mistake("a property without its }")
      }
      place = end + 1
    } else {
      place += 1
    }
    return .set(
      .init(
        text: string(start..<place), holdsLineFeed: text[start + 1] == "P", isLineFeed: false,
        isWide: true))
  }

  private mutating func hexadecimal() throws(Mistake) -> Unicode.Scalar {
    var digits = ""
    if take("{") {
      while place < text.count, text[place] != "}" {
        digits.unicodeScalars.append(text[place])
        place += 1
      }
      guard take("}") else { throw mistake("a number without its }") }
    } else {
      while place < text.count, digits.count < 2, text[place].properties.isASCIIHexDigit {
        digits.unicodeScalars.append(text[place])
        place += 1
      }
      if dialect == .go, digits.count < 2 { throw mistake("two hex digits follow \\x") }
    }
    if dialect == .go, !digits.unicodeScalars.allSatisfy(\.properties.isASCIIHexDigit) {
      throw mistake("hex digits stand in \\x{}")
    }
    guard let value = UInt32(digits.isEmpty && dialect == .pcre ? "0" : digits, radix: 16),
      let scalar = Unicode.Scalar(value)
    else { throw mistake("no character has this number") }
    return scalar
  }

  /// Up to three digits. In Go a single one that is not 0 would be a reference, which it has not; in PCRE2 what it is depends on the groups.
  private mutating func octal(_ first: Unicode.Scalar) throws(Mistake) -> Escape {
    var digits = String(first)
    while place < text.count, digits.count < 3, ("0"..."7").contains(text[place]) {
      digits.unicodeScalars.append(text[place])
      place += 1
    }
    if first != "0", digits.count == 1 || dialect == .pcre && digits.count == 2 {
      if dialect == .go { throw mistake("what Go does not know: a reference to a group") }
      return .other("\\\(digits)")
    }
    return .scalar(Unicode.Scalar(UInt32(digits, radix: 8) ?? 0) ?? "\0")
  }
}
