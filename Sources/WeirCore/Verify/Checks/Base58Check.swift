/// Base58 with four bytes of double SHA-256 at the end, as Bitcoin writes keys and addresses.
package enum Base58Check {
  private static let mostTextBytes = 128
  package static let digits = Array(
    "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz".utf8)
  private static let value = digits.digitValues
  /// The digits of the XRP Ledger, in its order.
  package static let rippleDigits = Array(
    "rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz".utf8)
  private static let rippleValue = rippleDigits.digitValues

  /// The text decodes and its checksum holds. Cost: quadratic in its length, which is at most 128.
  package static func isValid(_ text: UnsafeRawBufferPointer) -> Bool {
    isValid(text, digits: digits, value: value)
  }

  /// As `isValid`, in the digits of the XRP Ledger.
  package static func isValidRipple(_ text: UnsafeRawBufferPointer) -> Bool {
    isValid(text, digits: rippleDigits, value: rippleValue)
  }

  private static func isValid(
    _ text: UnsafeRawBufferPointer, digits: [UInt8], value: [UInt8]
  ) -> Bool {
    guard text.count <= mostTextBytes, var bytes = decode(text, digits: digits, value: value)
    else { return false }
    defer { bytes.wipe() }
    return bytes.count > 4 && checksum(of: bytes.dropLast(4)) == Array(bytes.suffix(4))
  }

  package static func decode(_ text: UnsafeRawBufferPointer) -> [UInt8]? {
    decode(text, digits: digits, value: value)
  }

  private static func decode(
    _ text: UnsafeRawBufferPointer, digits: [UInt8], value: [UInt8]
  ) -> [UInt8]? {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count)
    for character in text {
      var carry = Int(value[Int(character)])
      guard carry < 58 else {
        bytes.wipe()
        return nil
      }
      for index in bytes.indices.reversed() {
        carry += Int(bytes[index]) * 58
        bytes[index] = UInt8(carry & 0xFF)
        carry >>= 8
      }
      if carry > 0 { bytes.insert(UInt8(carry), at: 0) }
    }
    let zeros = text.prefix { $0 == digits[0] }.count
    bytes.insert(contentsOf: repeatElement(0, count: zeros), at: 0)
    return bytes
  }

  package static func checksum(of payload: some Collection<UInt8>) -> [UInt8] {
    let once =
      payload.withContiguousStorageIfAvailable { sha256($0) }
      ?? Array(payload).withUnsafeBufferPointer { sha256($0) }
    return Array(once.withUnsafeBufferPointer { sha256($0) }.prefix(4))
  }

  private static func sha256(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    SHA256.digest(UnsafeRawBufferPointer(bytes))
  }
}
