/// Secret keys that are numbers for Curve25519, written as 32 bytes, the lowest first.
package enum CurveScalar {
  /// The order of the group of Ed25519 (RFC 8032, 5.1), the highest byte first: 2^252 and
  /// something.
  private static let order: [UInt8] =
    [0x10] + [UInt8](repeating: 0, count: 15) + [
      0x14, 0xDE, 0xF9, 0xDE, 0xA2, 0xF7, 0x9C, 0xD6, 0x58, 0x12, 0x63, 0x1A, 0x5C, 0xF5, 0xD3,
      0xED,
    ]

  /// Hex digits of a number below the order, as Monero's keys are. Of 32 bytes by chance it is one
  /// of 16.
  package static func isReduced(_ text: UnsafeRawBufferPointer) -> Bool {
    guard var bytes = Hex.decode(text), bytes.count == order.count else { return false }
    defer { bytes.wipe() }
    return bytes.reversed().lexicographicallyPrecedes(order)
  }

  /// Base64 of a number with the bits set and cleared that X25519 sets and clears (RFC 7748, 5): a
  /// multiple of 8 with 2^254 as its highest bit.
  package static func isClamped(_ text: UnsafeRawBufferPointer) -> Bool {
    guard var bytes = Base64.decodeEither(EncodedText.digits(of: text)), bytes.count == 32 else {
      return false
    }
    defer { bytes.wipe() }
    return bytes[0] & 7 == 0 && bytes[31] & 0xC0 == 0x40
  }
}
