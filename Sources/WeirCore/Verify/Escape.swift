/// How logs, JSON, addresses, markup and terminals write what they do not pass as it is: `\n`, `\x22`, `\u0022`, `#011`, `%22`, `&quot;`, `ESC[1m`.
///
/// Read backwards, for what stands before a credential is known first. `EscapeReader` reads forwards.
struct Escape {
  /// `\u001b[`, the codes, a letter.
  static let mostBytes = 8 + mostCodeBytes
  /// `ESC[`, the codes, a letter.
  static let mostControlBytes = 3 + mostCodeBytes
  private static let mostCodeBytes = 12
  /// `&#x0022;`.
  static let mostEntityBytes = 8
  private static let escape: UInt8 = 0x1B

  let byteCount: UInt64
  /// The byte that it stands for; nil of a terminal's sequence, and where it is a letter of two bytes or more.
  let value: UInt8?

  private init(byteCount: UInt64, value: UInt8?) {
    self.byteCount = byteCount
    self.value = value
  }

  /// - Returns: nil when no escape ends there. Looks back at most `mostBytes`.
  @inline(__always)
  init?(endingAt end: UInt64, in view: View) {
    guard end >= view.start + 2, Self.mayEnd(in: view[end - 2], view[end - 1]) else { return nil }
    self.init(endingIn: view[end - 1], at: end, in: view)
  }

  /// Asked first: it refuses most of a text.
  @inline(__always)
  private static func mayEnd(in beforeLast: UInt8, _ last: UInt8) -> Bool {
    // Two digits of a byte, a backslash and a letter or `0`, or the end of a terminal's codes and a letter.
    Edge.isHex(beforeLast) && Edge.isHex(last) || last == UInt8(ascii: ";")
      || (beforeLast == UInt8(ascii: "\\") || mayEndCodes(beforeLast))
        && (last.isLetter || last == UInt8(ascii: "0"))
  }

  @inline(never)
  private init?(endingIn last: UInt8, at end: UInt64, in view: View) {
    if let written = Self.written(endingAt: end, in: view) {
      self = written
    } else if last == UInt8(ascii: ";"), let entity = Self.entity(endingAt: end, in: view) {
      self = entity
    } else if last.isLetter, Self.mayEndCodes(view[end - 2]),
      let control = Self.control(endingAt: end, in: view)
    {
      self = control
    } else {
      return nil
    }
  }

  /// A letter behind a backslash, or the digits of a byte. At least two bytes are at hand.
  private static func written(endingAt end: UInt64, in view: View) -> Escape? {
    let last = view[end - 1]
    let beforeLast = view[end - 2]
    if beforeLast == UInt8(ascii: "\\"), let value = value(ofLetter: last) {
      return Escape(byteCount: 2, value: value)
    }
    return Edge.isHex(last) && Edge.isHex(beforeLast) ? code(endingAt: end, in: view) : nil
  }

  /// `n` of `\n`.
  static func value(ofLetter letter: UInt8) -> UInt8? {
    switch letter {
    case UInt8(ascii: "n"): 0x0A
    case UInt8(ascii: "r"): 0x0D
    case UInt8(ascii: "t"): 0x09
    case UInt8(ascii: "b"): 0x08
    case UInt8(ascii: "f"): 0x0C
    case UInt8(ascii: "e"): escape
    case UInt8(ascii: "0"): 0
    default: nil
    }
  }

  /// `%XX`, `%25XX`, `=XX`, `\xXX`, `\uXXXX`, `\ooo` or `#ooo`, of which the last two bytes are known to be hex digits.
  private static func code(endingAt end: UInt64, in view: View) -> Escape? {
    let low = view[end - 2].hexDigit << 4 | view[end - 1].hexDigit
    guard end >= view.start + 3 else { return nil }
    let third = view[end - 3]
    switch third {
    case UInt8(ascii: "%"): return Escape(byteCount: 3, value: low)
    case UInt8(ascii: "="):
      // Quoted-printable has capitals only.
      let isUpper = view[end - 1] < 0x61 && view[end - 2] < 0x61
      return isUpper ? Escape(byteCount: 3, value: low) : nil
    default: break
    }
    guard end >= view.start + 4 else { return nil }
    let fourth = view[end - 4]
    switch fourth {
    case UInt8(ascii: "\\") where third == UInt8(ascii: "x"):
      return Escape(byteCount: 4, value: low)
    case UInt8(ascii: "\\"), UInt8(ascii: "#"):
      guard let octal = octal(third, view[end - 2], view[end - 1]) else { return nil }
      // syslog daemons write control bytes so; `#123` is a number.
      return fourth == UInt8(ascii: "\\") || octal < 0x20 ? Escape(byteCount: 4, value: octal) : nil
    default: break
    }
    guard end >= view.start + 5 else { return nil }
    let fifth = view[end - 5]
    if fifth == UInt8(ascii: "%"), fourth == UInt8(ascii: "2"), third == UInt8(ascii: "5") {
      return Escape(byteCount: 5, value: low)
    }
    guard end >= view.start + 6, fifth == UInt8(ascii: "u"), view[end - 6] == UInt8(ascii: "\\"),
      Edge.isHex(third), Edge.isHex(fourth)
    else { return nil }
    let zero = UInt8(ascii: "0")
    return Escape(byteCount: 6, value: third == zero && fourth == zero ? low : nil)
  }

  private static func octal(_ high: UInt8, _ middle: UInt8, _ low: UInt8) -> UInt8? {
    guard 0x30...0x33 ~= high, 0x30...0x37 ~= middle, 0x30...0x37 ~= low else { return nil }
    return (high & 3) << 6 | (middle & 7) << 3 | low & 7
  }

  /// `&quot;`, `&apos;`, `&gt;`, `&#34;` or `&#x22;`, whose `;` is known.
  private static func entity(endingAt end: UInt64, in view: View) -> Escape? {
    let least = max(view.start, end - min(end, UInt64(mostEntityBytes)))
    var start = end - 1
    while start > least, view[start - 1] != UInt8(ascii: "&") { start -= 1 }
    guard start > least else { return nil }
    let name = view[start..<end - 1]
    let byteCount = end - start + 1
    for (known, value) in entities where name.elementsEqual(known) {
      return Escape(byteCount: byteCount, value: value)
    }
    guard name.first == UInt8(ascii: "#") else { return nil }
    let isHex = name.count > 1 && name[1] | 0x20 == UInt8(ascii: "x")
    let digits = name.dropFirst(isHex ? 2 : 1)
    guard !digits.isEmpty, digits.count <= 4 else { return nil }
    var value = 0
    for digit in digits {
      guard isHex ? Edge.isHex(digit) : digit.isDigit else { return nil }
      value = value * (isHex ? 16 : 10) + Int(digit.hexDigit)
    }
    return Escape(byteCount: byteCount, value: UInt8(exactly: value))
  }

  private static let entities: [(name: [UInt8], value: UInt8)] = [
    (Array("quot".utf8), UInt8(ascii: "\"")), (Array("apos".utf8), UInt8(ascii: "'")),
    (Array("gt".utf8), UInt8(ascii: ">")),
  ]

  @inline(__always)
  private static func mayEndCodes(_ byte: UInt8) -> Bool {
    byte.isDigit || byte == UInt8(ascii: "[") || byte == UInt8(ascii: ";")
  }

  /// `ESC [ … letter`: what colours a terminal and clears its lines. ESC may be written as an escape, or `^[`.
  private static func control(endingAt end: UInt64, in view: View) -> Escape? {
    var place = end - 1
    let least = max(view.start, place - min(place, UInt64(mostCodeBytes)))
    while place > least, view[place - 1] == UInt8(ascii: ";") || view[place - 1].isDigit {
      place -= 1
    }
    guard place >= view.start + 2, view[place - 1] == UInt8(ascii: "[") else { return nil }
    let opening = place - 1
    if view[opening - 1] == escape { return Escape(byteCount: end - opening + 1, value: nil) }
    guard opening >= view.start + 2 else { return nil }
    if let written = written(endingAt: opening, in: view), written.value == escape {
      return Escape(byteCount: end - opening + written.byteCount, value: nil)
    }
    let isCaret =
      view[opening - 1] == UInt8(ascii: "[") && view[opening - 2] == UInt8(ascii: "^")
    return isCaret ? Escape(byteCount: end - opening + 2, value: nil) : nil
  }
}
