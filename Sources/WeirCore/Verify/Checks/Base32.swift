/// Base32 (RFC 4648) in capitals, without padding.
package enum Base32 {
  private static let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)
  private static let value = digits.digitValues

  /// The whole bytes that the digits hold; bits left over are dropped.
  ///
  /// - Returns: nil when a byte is no digit.
  package static func decode(_ text: UnsafeRawBufferPointer) -> [UInt8]? {
    value.wholeBytes(of: text, width: 5)
  }

  /// As many digits as hold the bytes; bits left over are zero.
  package static func encode(_ bytes: [UInt8]) -> [UInt8] {
    var text: [UInt8] = []
    var bits: UInt32 = 0
    var bitCount: UInt32 = 0
    for byte in bytes {
      bits = bits << 8 | UInt32(byte)
      bitCount += 8
      while bitCount >= 5 {
        bitCount -= 5
        text.append(digits[Int(bits >> bitCount & 31)])
      }
    }
    if bitCount > 0 { text.append(digits[Int(bits << (5 - bitCount) & 31)]) }
    return text
  }
}
