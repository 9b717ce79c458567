/// A set of byte values: an alphabet, or the bytes that may stand at one place of a signature.
public struct ByteSet: Hashable, Sendable {
  private var bits = SIMD4<UInt64>(repeating: 0)

  public init() {}

  public init(_ bytes: some Sequence<UInt8>) {
    for byte in bytes { insert(byte) }
  }

  public init(_ text: StaticString) {
    self.init(text.withUTF8Buffer { Array($0) })
  }

  public init(_ range: ClosedRange<UInt8>) {
    self.init(Array(range))
  }

  /// The set of four words, the least bytes first.
  init(words: some Collection<UInt64>) {
    for (index, word) in words.enumerated() { bits[index] = word }
  }

  /// The set as four words, the least bytes first.
  var words: [UInt64] { (0..<4).map { bits[$0] } }

  public var isEmpty: Bool { bits == SIMD4(repeating: 0) }

  /// The bytes of the set in ascending order.
  public var bytes: [UInt8] {
    var bytes: [UInt8] = []
    forEach { bytes.append($0) }
    return bytes
  }

  /// Calls `body` with the bytes of the set in ascending order.
  @inline(__always)
  func forEach(_ body: (UInt8) -> Void) {
    for word in 0..<4 {
      var rest = bits[word]
      while rest != 0 {
        body(UInt8(word << 6 + rest.trailingZeroBitCount))
        rest &= rest - 1
      }
    }
  }

  /// How many bytes it has.
  var count: Int { (0..<4).reduce(0) { $0 + bits[$1].nonzeroBitCount } }

  public func contains(_ byte: UInt8) -> Bool {
    bits[Int(byte >> 6)] >> UInt64(byte & 63) & 1 == 1
  }

  public mutating func insert(_ byte: UInt8) {
    bits[Int(byte >> 6)] |= 1 << UInt64(byte & 63)
  }

  public func union(_ other: ByteSet) -> ByteSet {
    var result = self
    result.bits |= other.bits
    return result
  }

  public func intersection(_ other: ByteSet) -> ByteSet {
    var result = self
    result.bits &= other.bits
    return result
  }

  public func subtracting(_ other: ByteSet) -> ByteSet {
    var result = self
    result.bits &= ~other.bits
    return result
  }

  public func isDisjoint(with other: ByteSet) -> Bool { intersection(other).isEmpty }
  public func isSubset(of other: ByteSet) -> Bool { subtracting(other).isEmpty }
}

extension ByteSet {
  /// `A-Z a-z 0-9 _`: what a left edge must not follow.
  public static let word = Alphabet.named["word"]!
  /// The bytes that end a last run even when its alphabet has them.
  public static let rightEdges = ByteSet("&\\\"'`")
}

extension UInt8 {
  /// Whether it is an ASCII byte of a set given as bits: those below 64, and those from 64 on. No branch but one, for the bytes of a
  /// secret are like dice, and guessing them wrong costs more than looking (measured: 2.3 times on key blocks).
  @inline(__always)
  func isAmong(low: UInt64, high: UInt64) -> Bool {
    let word = self & 64 == 0 ? low : high
    return self < 128 && word >> UInt64(self & 63) & 1 == 1
  }

  var isDigit: Bool { self >= 0x30 && self <= 0x39 }
  var isLetter: Bool { self | 0x20 >= 0x61 && self | 0x20 <= 0x7A }
  @inline(__always)
  var isLetterOrDigit: Bool { isAmong(low: 0x03FF_0000_0000_0000, high: 0x07FF_FFFE_07FF_FFFE) }
  /// What it is worth as a hex digit, of which it must be one.
  var hexDigit: UInt8 { isDigit ? self & 15 : (self & 15) + 9 }
}
