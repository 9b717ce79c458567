/// A word in small letters, of which the last 16 bytes are known: to look words up without memory for each.
struct ShortWord: Equatable, ExpressibleByStringLiteral, Sendable {
  private static let mostBytes = 16

  private(set) var count = 0
  /// The last byte in the lowest eight bits.
  private var bytes: UInt128 = 0

  var isEmpty: Bool { count == 0 }

  /// For `ShortWordSet`.
  var hash: Int {
    let folded = UInt64(truncatingIfNeeded: bytes) ^ UInt64(truncatingIfNeeded: bytes >> 64)
    return Int((folded &* 0x9E37_79B9_7F4A_7C15) >> 40)
  }

  init() {}

  init(stringLiteral text: StaticString) {
    text.withUTF8Buffer { for byte in $0 { append(byte) } }
  }

  init(_ bytes: UnsafeRawBufferPointer) {
    for byte in bytes { append(byte.lowercased) }
  }

  mutating func append(_ byte: UInt8) {
    bytes = bytes << 8 | UInt128(byte)
    count += 1
  }

  /// - Parameter end: a word of at most 16 bytes.
  func hasSuffix(_ end: ShortWord) -> Bool {
    let others = bytes ^ end.bytes
    // Asked first: the last byte refuses most.
    guard end.isEmpty || UInt8(truncatingIfNeeded: others) == 0, count >= end.count,
      end.count <= Self.mostBytes
    else { return false }
    return others << ((Self.mostBytes - end.count) * 8) == 0
  }

  func dropLast(_ dropped: Int) -> ShortWord {
    var rest = ShortWord()
    guard dropped < count else { return rest }
    rest.count = count - dropped
    rest.bytes = bytes >> (dropped * 8)
    return rest
  }
}
