/// Base64 with `+` and `/`, as keys are written.
package enum Base64 {
  package static let digits = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  private static let value = digits.digitValues
  /// Of each byte its value as a digit of base64 or of base64url; 255 where it is none.
  static let eitherValue: [UInt8] = {
    var table = digits.digitValues
    table[Int(UInt8(ascii: "-"))] = 62
    table[Int(UInt8(ascii: "_"))] = 63
    return table
  }()

  /// 255 where it is no digit.
  static func value(of digit: UInt8) -> UInt8 { value[Int(digit)] }

  /// The whole bytes that the digits hold; bits left over are dropped.
  ///
  /// - Parameter text: digits without padding.
  /// - Returns: nil when a byte is no digit.
  package static func decode(_ text: some Sequence<UInt8>) -> [UInt8]? {
    value.wholeBytes(of: text, width: 6)
  }

  /// As `decode`, and `-` and `_` are digits as well.
  package static func decodeEither(_ text: some Sequence<UInt8>) -> [UInt8]? {
    eitherValue.wholeBytes(of: text, width: 6)
  }

  /// With padding.
  package static func encode(_ bytes: [UInt8]) -> [UInt8] {
    var text: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let bits = (0..<3).reduce(0 as UInt32) { bits, offset in
        bits << 8 | (offset < group.count ? UInt32(group[start + offset]) : 0)
      }
      for place in 0..<4 {
        text.append(
          place <= group.count
            ? digits[Int(bits >> UInt32(18 - 6 * place) & 63)] : UInt8(ascii: "="))
      }
    }
    return text
  }
}
