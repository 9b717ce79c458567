/// Reads an escape byte by byte, as key blocks have them at the ends of their lines and for `+`, `/` and `=`: `\n`, `\x0A`, `\u002B`, `\012`, `#012`, `%2B`, `&#10;`, `&#x2B;`.
struct EscapeReader: BitwiseCopyable {
  enum Step: Equatable {
    case more
    case value(UInt8)
    case broken
  }

  private enum Part { case letter, digits, entity, number }

  private var part: Part
  private var digitBits: UInt8
  /// How many digits follow; of an entity's number at most.
  private var digitsLeft: UInt8
  private var value: UInt16 = 0

  /// - Returns: nil when no escape begins with the byte.
  init?(_ first: UInt8) {
    switch first {
    case UInt8(ascii: "\\"): (part, digitBits, digitsLeft) = (.letter, 0, 0)
    case UInt8(ascii: "#"): (part, digitBits, digitsLeft) = (.digits, 3, 3)
    case UInt8(ascii: "%"): (part, digitBits, digitsLeft) = (.digits, 4, 2)
    case UInt8(ascii: "&"): (part, digitBits, digitsLeft) = (.entity, 0, 4)
    default: return nil
    }
  }

  mutating func read(_ byte: UInt8) -> Step {
    switch part {
    case .letter: return readLetter(byte)
    case .digits: return readDigit(byte)
    case .entity:
      part = .number
      return byte == UInt8(ascii: "#") ? .more : .broken
    case .number: return readNumber(byte)
    }
  }

  /// What follows a backslash, or several.
  private mutating func readLetter(_ byte: UInt8) -> Step {
    switch byte {
    case UInt8(ascii: "\\"): return .more
    case UInt8(ascii: "x"): (digitBits, digitsLeft) = (4, 2)
    case UInt8(ascii: "u"): (digitBits, digitsLeft) = (4, 4)
    case 0x30...0x33: (digitBits, digitsLeft, value) = (3, 2, UInt16(byte & 3))
    case UInt8(ascii: "n"): return .value(0x0A)
    case UInt8(ascii: "r"): return .value(0x0D)
    case UInt8(ascii: "t"): return .value(0x09)
    case UInt8(ascii: "/"), UInt8(ascii: "\""), UInt8(ascii: "'"), 0x0A, 0x0D: return .value(byte)
    default: return .broken
    }
    part = .digits
    return .more
  }

  private mutating func readDigit(_ byte: UInt8) -> Step {
    guard digitBits == 4 ? Edge.isHex(byte) : 0x30...0x37 ~= byte else { return .broken }
    value = value << UInt16(digitBits) | UInt16(byte.hexDigit)
    digitsLeft -= 1
    if digitsLeft > 0 { return .more }
    return UInt8(exactly: value).map { .value($0) } ?? .broken
  }

  /// What follows `&#`.
  private mutating func readNumber(_ byte: UInt8) -> Step {
    if byte | 0x20 == UInt8(ascii: "x"), digitsLeft == 4, digitBits == 0 {
      digitBits = 4
    } else if byte == UInt8(ascii: ";") {
      return UInt8(exactly: value).map { .value($0) } ?? .broken
    } else if digitsLeft > 0, digitBits == 4 ? Edge.isHex(byte) : byte.isDigit {
      value = value * (digitBits == 4 ? 16 : 10) + UInt16(byte.hexDigit)
      digitsLeft -= 1
    } else {
      return .broken
    }
    return .more
  }
}
