/// Bech32 (BIP 173, and longer than it allows where others write it so): a readable part, `1`, and
/// digits of five bits of which the last six are a checksum: the remainder of
/// readable part and digits, divided as a polynomial over GF(32), is 1.
package enum Bech32 {
  private static let mostTextBytes = 320
  private static let checksumDigits = 6
  private static let separator = UInt8(ascii: "1")
  package static let digits = Array("qpzry9x8gf2tvdw0s3jn54khce6mua7l".utf8)
  private static let value: [UInt8] = {
    var table = [UInt8](repeating: .max, count: 256)
    for (value, digit) in digits.enumerated() { table[Int(digit)] = UInt8(value) }
    return table
  }()
  private static let generators: [UInt32] = [
    0x3B6A_57B2, 0x2650_8E6D, 0x1EA1_19FA, 0x3D42_33DD, 0x2A14_62B3,
  ]

  /// The text is in one case and its checksum holds. Cost: linear in its length, which is at most
  /// 320.
  package static func isValid(_ text: UnsafeRawBufferPointer) -> Bool {
    guard text.count <= mostTextBytes, let (readable, values) = parts(of: text),
      values.count >= checksumDigits
    else { return false }
    return remainder(readable, values) == 1
  }

  /// The six digits that make a text valid, in lower case.
  ///
  /// - Parameter text: the text without its checksum.
  package static func checksum(of text: UnsafeRawBufferPointer) -> [UInt8]? {
    guard let (readable, values) = parts(of: text) else { return nil }
    let zeros = [UInt8](repeating: 0, count: checksumDigits)
    let rest = remainder(readable, values + zeros) ^ 1
    return (0..<checksumDigits).map { place in
      digits[Int(rest >> UInt32(5 * (checksumDigits - 1 - place)) & 31)]
    }
  }

  /// The readable part in lower case, and the values of the digits behind the last `1`.
  private static func parts(
    of text: UnsafeRawBufferPointer
  ) -> (readable: [UInt8], values: [UInt8])? {
    let lower = text.map(\.lowercased)
    let isOneCase = text.elementsEqual(lower) || text.allSatisfy { !Self.isLower($0) }
    guard isOneCase, let place = lower.lastIndex(of: separator), place > 0 else { return nil }
    let values = lower[(place + 1)...].map { value[Int($0)] }
    guard values.allSatisfy({ $0 < 32 }) else { return nil }
    return (Array(lower[..<place]), values)
  }

  private static func isLower(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z")
  }

  private static func remainder(_ readable: [UInt8], _ values: [UInt8]) -> UInt32 {
    var rest: UInt32 = 1
    func take(_ value: UInt8) {
      let top = rest >> 25
      rest = (rest & 0x1FF_FFFF) << 5 ^ UInt32(value)
      for (bit, generator) in generators.enumerated() where top >> UInt32(bit) & 1 == 1 {
        rest ^= generator
      }
    }
    for byte in readable { take(byte >> 5) }
    take(0)
    for byte in readable { take(byte & 31) }
    for value in values { take(value) }
    return rest
  }
}
