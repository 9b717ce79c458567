/// CRC-32 of IEEE 802.3 (reflected polynomial EDB88320): "123456789" gives CBF43926.
package enum CRC32 {
  private static let table: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(UInt32(byte)) { value, _ in
      value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1
    }
  }

  package static func checksum(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
    var value: UInt32 = .max
    for byte in bytes { value = table[Int(UInt8(truncatingIfNeeded: value) ^ byte)] ^ value >> 8 }
    return ~value
  }

  package static let base62 = Array(
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)
  package static let base62Lower = Array(
    "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ".utf8)
  package static let base36 = Array("0123456789abcdefghijklmnopqrstuvwxyz".utf8)
  package static let hex = Array("0123456789abcdef".utf8)
  package static let upperHex = Array("0123456789ABCDEF".utf8)

  /// `value` in the digits given, padded with the digit for 0 to `width`.
  package static func text(_ value: UInt32, digits: [UInt8], width: Int) -> [UInt8] {
    var rest = value
    var result = [UInt8](repeating: digits[0], count: width)
    for place in result.indices.reversed() where rest > 0 {
      result[place] = digits[Int(rest) % digits.count]
      rest /= UInt32(digits.count)
    }
    return result
  }
}
