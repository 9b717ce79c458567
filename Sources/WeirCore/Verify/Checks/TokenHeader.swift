/// Whether the first part of a JWT decodes: base64url of one JSON object that names an algorithm.
///
/// It decodes as it reads and stops at the first byte that cannot be, so that garbage costs next to nothing.
package struct TokenHeader {
  private static let mostDepth = 4

  private let text: UnsafeRawBufferPointer
  private var position = 0
  private var bits: UInt32 = 0
  private var bitCount = 0
  /// The decoded byte that comes next.
  private var byte: UInt8?
  private var namesAlgorithm = false

  /// - Parameter text: the header in base64url, without the dot.
  package static func isValid(_ text: UnsafeRawBufferPointer) -> Bool {
    guard text.count % 4 != 1 else { return false }
    var header = TokenHeader(text: text)
    guard header.object() else { return false }
    return header.byte == nil && header.namesAlgorithm
  }

  /// Whether another part, or a whole credential, decodes to one JSON object, whatever that names.
  ///
  /// - Parameter text: base64 of either alphabet, with its padding or without; bits left over are
  ///   dropped.
  package static func isObject(_ text: UnsafeRawBufferPointer) -> Bool {
    var reader = TokenHeader(text: EncodedText.digits(of: text))
    return reader.object() && reader.byte == nil
  }

  /// An object with what blanks are around it.
  private mutating func object() -> Bool {
    take()
    skipBlanks()
    guard byte == UInt8(ascii: "{"), value(depth: 1) else { return false }
    skipBlanks()
    return true
  }

  private init(text: UnsafeRawBufferPointer) {
    self.text = text
  }

  private mutating func take() {
    while bitCount < 8 {
      guard position < text.count else {
        byte = nil
        return
      }
      bits = bits << 6 | UInt32(Self.value(of: text[position]))
      bitCount += 6
      position += 1
    }
    bitCount -= 8
    byte = UInt8(truncatingIfNeeded: bits >> UInt32(bitCount))
  }

  private static func value(of digit: UInt8) -> UInt8 {
    switch digit {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): digit - UInt8(ascii: "A")
    case UInt8(ascii: "a")...UInt8(ascii: "z"): digit - UInt8(ascii: "a") + 26
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0") + 52
    case UInt8(ascii: "-"), UInt8(ascii: "+"): 62
    default: 63
    }
  }

  private mutating func skipBlanks() {
    while let byte, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D { take() }
  }

  private mutating func take(_ expected: Unicode.Scalar) -> Bool {
    guard byte == UInt8(ascii: expected) else { return false }
    take()
    return true
  }

  private mutating func value(depth: Int) -> Bool {
    switch byte {
    case UInt8(ascii: "{"): return depth <= Self.mostDepth && object(depth: depth)
    case UInt8(ascii: "["): return depth <= Self.mostDepth && array(depth: depth)
    case UInt8(ascii: "\""): return string() != nil
    case UInt8(ascii: "t"): return word("true")
    case UInt8(ascii: "f"): return word("false")
    case UInt8(ascii: "n"): return word("null")
    default: return number()
    }
  }

  private mutating func object(depth: Int) -> Bool {
    take()
    skipBlanks()
    if take("}") { return true }
    while true {
      guard let name = string() else { return false }
      skipBlanks()
      guard take(":") else { return false }
      skipBlanks()
      if depth == 1, name.is("alg"), byte == UInt8(ascii: "\"") {
        guard let algorithm = string() else { return false }
        namesAlgorithm = !algorithm.is("none")
      } else if !value(depth: depth + 1) {
        return false
      }
      skipBlanks()
      if take("}") { return true }
      guard take(",") else { return false }
      skipBlanks()
    }
  }

  private mutating func array(depth: Int) -> Bool {
    take()
    skipBlanks()
    if take("]") { return true }
    while true {
      guard value(depth: depth + 1) else { return false }
      skipBlanks()
      if take("]") { return true }
      guard take(",") else { return false }
      skipBlanks()
    }
  }

  /// What is kept of a string: its length and its first bytes. Escapes are left as they are.
  private struct Text {
    private var count = 0
    private var bytes: UInt64 = 0

    mutating func append(_ byte: UInt8) {
      if count < 8 { bytes |= UInt64(byte) << UInt64(8 * count) }
      count += 1
    }

    /// - Parameter word: at most 8 bytes.
    func `is`(_ word: StaticString) -> Bool {
      var other = Text()
      for index in 0..<word.utf8CodeUnitCount { other.append(word.utf8Start[index]) }
      return count == other.count && bytes == other.bytes
    }
  }

  private mutating func string() -> Text? {
    guard take("\"") else { return nil }
    var text = Text()
    while let next = byte, next >= 0x20 {
      take()
      if next == UInt8(ascii: "\"") { return text }
      if next == UInt8(ascii: "\\") {
        guard byte != nil else { return nil }
        take()
      }
      text.append(next)
    }
    return nil
  }

  private mutating func word(_ expected: StaticString) -> Bool {
    for index in 0..<expected.utf8CodeUnitCount {
      guard byte == expected.utf8Start[index] else { return false }
      take()
    }
    return true
  }

  private mutating func number() -> Bool {
    let members = ByteSet("+-.0123456789eE")
    guard let first = byte, ByteSet("-0123456789").contains(first) else { return false }
    while let next = byte, members.contains(next) { take() }
    return true
  }
}
