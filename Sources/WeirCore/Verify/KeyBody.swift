/// The base64 text of a key block as it passes by: whether it is one DER value, the sequence that a key is.
///
/// It keeps what the first eight digits stand for, and counts the others, `=` too.
struct KeyBody: BitwiseCopyable {
  /// They are six bytes: a tag, a length of up to three, and the tag of the first value inside.
  private static let headDigits = 8
  private static let sequenceTag: UInt64 = 0x30
  private static let integerTag: UInt64 = 0x02

  /// What the first digits stand for, the first bits first.
  private var head: UInt64 = 0
  private(set) var digits = 0
  private var isHeadOfDigits = true

  mutating func take(_ byte: UInt8) {
    if digits < Self.headDigits {
      let value = Base64.value(of: byte)
      if value > 63 { isHeadOfDigits = false }
      head = head << 6 | UInt64(value & 63)
    }
    digits += 1
  }

  mutating func take(_ bytes: UnsafeRawBufferPointer) {
    let few = min(max(Self.headDigits - digits, 0), bytes.count)
    for index in 0..<few { take(bytes[index]) }
    digits += bytes.count - few
  }

  /// Counts digits behind the first.
  mutating func skip(count: Int) {
    precondition(digits >= Self.headDigits)
    digits += count
  }

  /// The first digits, padded or not, are one DER value.
  func isWhole(ofDigits count: Int) -> Bool {
    guard count >= Self.headDigits, let bytes = valueBytes else { return false }
    return count == (bytes * 4 + 2) / 3 || count == (bytes + 2) / 3 * 4
  }

  /// How many bytes the value takes with its head; nil when it is none that a key begins with.
  private var valueBytes: Int? {
    func byte(_ place: Int) -> UInt64 { head >> UInt64(40 - 8 * place) & 0xFF }
    guard isHeadOfDigits, byte(0) == Self.sequenceTag else { return nil }
    let (headBytes, length): (Int, UInt64)
    switch byte(1) {
    case 0..<0x80: (headBytes, length) = (2, byte(1))
    case 0x81: (headBytes, length) = (3, byte(2))
    case 0x82: (headBytes, length) = (4, byte(2) << 8 | byte(3))
    default: return nil
    }
    let inner = byte(headBytes)
    guard inner == Self.integerTag || inner == Self.sequenceTag else { return nil }
    return headBytes + Int(length)
  }
}
