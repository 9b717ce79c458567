/// Where the bytes of encoded text stand: a coding, and the offset its units begin at.
///
/// It is nothing but arithmetic. Decoded bytes have numbers, and number and offset tell each other,
/// so that nothing has to be remembered of where a run of encoded text began. Plain text is a grid
/// too: each byte stands where it is.
struct Grid: BitwiseCopyable, Equatable, Sendable {
  /// So many but the plain one: 4 of base64, 2 of hex, 2 of UTF-16, 3 of percent signs, 6 of JSON.
  static let count = 17
  static let plain = Grid(code: 0)

  /// The coding above the three bits of the offset.
  let code: UInt8

  private init(code: UInt8) { self.code = code }

  /// The grid in which a byte begins at `offset`, behind `phase` others of its unit.
  init(_ coding: Coding, phase: UInt64, at offset: UInt64) {
    let unit = coding.unitBytes
    code = coding.rawValue << 3 | UInt8((offset % unit &+ unit &- phase) % unit)
  }

  /// The coding, each at all its offsets.
  static func all(of coding: Coding) -> [Grid] {
    (0..<coding.unitBytes).map { Grid(coding, phase: 0, at: $0) }
  }

  /// Nil of the plain one.
  var coding: Coding? { Coding(rawValue: code >> 3) }

  var isPlain: Bool { code == 0 }

  /// A number below `count`; not of the plain one.
  var index: Int {
    switch coding {
    case .base64, nil: Int(shift)
    case .hex: 4 + Int(shift)
    case .utf16: 6 + Int(shift)
    case .percent: 8 + Int(shift)
    case .json: 11 + Int(shift)
    }
  }

  private var shift: UInt64 { UInt64(code & 7) }
  private var unitBytes: UInt64 { coding?.unitBytes ?? 1 }

  /// The number of the byte that begins at `offset`.
  func byte(at offset: UInt64) -> UInt64 {
    switch coding {
    case .base64:
      let place = offset &+ 4 &- shift
      return place / 4 * 3 + place % 4
    case .hex, .utf16, .percent, .json: return (offset &+ unitBytes &- shift) / unitBytes
    case nil: return offset
    }
  }

  /// Where the first character stands that has a bit of the byte.
  func first(of byte: UInt64) -> UInt64 {
    switch coding {
    case .base64: byte / 3 * 4 &+ byte % 3 &+ shift &- 4
    case .hex, .utf16, .percent, .json: byte * unitBytes &+ shift &- unitBytes
    case nil: byte
    }
  }

  /// One past the last character that has a bit of the byte.
  func end(of byte: UInt64) -> UInt64 {
    switch coding {
    case .base64: first(of: byte) &+ 2
    case .utf16: first(of: byte) &+ 1
    case .hex, .percent, .json: first(of: byte) &+ unitBytes
    case nil: byte &+ 1
    }
  }

  /// All characters that have a bit of the bytes; there is at least one.
  func text(of bytes: Range<UInt64>) -> Range<UInt64> {
    first(of: bytes.lowerBound)..<end(of: bytes.upperBound - 1)
  }

  /// The bytes of which all characters stand in `text`, which begins with one and ends with one.
  func decoded(_ text: Range<UInt64>, in view: View) -> [UInt8] {
    let first = byte(at: text.lowerBound)
    // No growing array: it would leave its bytes behind.
    return [UInt8](unsafeUninitializedCapacity: text.count) { bytes, count in
      while count < text.count, end(of: first + UInt64(count)) <= text.upperBound,
        case .byte(let byte) = read(first + UInt64(count), in: view)
      {
        bytes[count] = byte
        count += 1
      }
    }
  }

  enum Reading {
    case byte(UInt8)
    /// No such byte is encoded here.
    case none
    case needsMore
  }

  /// The byte of this number, as far as its characters are at hand.
  @inline(__always)
  func read(_ byte: UInt64, in view: View) -> Reading {
    var first = first(of: byte)
    if let escape = coding?.escape {
      for place in 0..<escape.utf8CodeUnitCount {
        guard first < view.end else { return view.isFinal ? .none : .needsMore }
        guard view[first] == escape.utf8Start[place] else { return .none }
        first &+= 1
      }
    }
    guard first < view.end else { return view.isFinal ? .none : .needsMore }
    guard coding != .utf16 else { return .byte(view[first]) }
    let high = value(of: view[first])
    guard high != Self.noValue else { return .none }
    guard first &+ 1 < view.end else { return view.isFinal ? .none : .needsMore }
    let low = value(of: view[first + 1])
    guard low != Self.noValue else { return .none }
    guard coding == .base64 else { return .byte(high << 4 | low) }
    let used = UInt8(byte % 3) &* 2
    return .byte(high << (2 &+ used) | low >> (4 &- used))
  }

  /// The byte of this number goes on from the one before it. Of UTF-16 the NUL between them says
  /// so.
  @inline(__always)
  func connects(_ byte: UInt64, in view: View) -> Reading {
    guard coding == .utf16 else { return .byte(0) }
    let gap = first(of: byte) &- 1
    guard gap < view.end else { return view.isFinal ? .none : .needsMore }
    return view[gap] == 0 ? .byte(0) : .none
  }

  /// The number of the first byte of the text that `byte` goes on from; at most so many before it
  /// are looked at.
  func runStart(before byte: UInt64, atMost most: UInt64, in view: View) -> UInt64 {
    var start = byte
    // Before the start of the input offsets wrap, and lie behind the view.
    while byte - start < most, first(of: start - 1) >= view.start,
      case .byte = connects(start, in: view), case .byte = read(start - 1, in: view)
    {
      start -= 1
    }
    return start
  }

  /// The character may stand `distance` characters behind the last one of a byte, for the text to
  /// go on there.
  func mayContinue(_ character: UInt8, at distance: UInt64) -> Bool {
    switch coding {
    case .utf16: distance % 2 == 1 || character == 0
    case .percent:
      character == UInt8(ascii: "%") || value(of: character) != Self.noValue
    case .json:
      character == UInt8(ascii: "\\") || character == UInt8(ascii: "u")
        || value(of: character) != Self.noValue
    case .base64, .hex, nil: value(of: character) != Self.noValue
    }
  }

  private static let noValue = UInt8.max

  @inline(__always)
  private func value(of character: UInt8) -> UInt8 {
    coding == .base64 ? Base64.eitherValue[Int(character)] : HexDigits.value[Int(character)]
  }
}

private enum HexDigits {
  static let value: [UInt8] = {
    var values = Array("0123456789abcdef".utf8).digitValues
    for (value, digit) in Array("ABCDEF".utf8).enumerated() {
      values[Int(digit)] = UInt8(10 + value)
    }
    return values
  }()
}
