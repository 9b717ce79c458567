/// CRC-16/XMODEM (polynomial 1021, from zero, the highest bit first): "123456789" gives 31C3.
///
/// Stellar (SEP-23, "strkey") and NATS (nkeys) write it behind the bytes of a key, the low byte
/// first, and all of it in base32.
package enum CRC16 {
  package static func checksum(_ bytes: some Sequence<UInt8>) -> UInt16 {
    var rest: UInt16 = 0
    for byte in bytes {
      rest ^= UInt16(byte) << 8
      for _ in 0..<8 { rest = rest & 0x8000 == 0 ? rest << 1 : rest << 1 ^ 0x1021 }
    }
    return rest
  }

  /// The last two bytes of what the text decodes to are the sum of those before. Cost: linear in
  /// its length.
  package static func isValidBase32(_ text: UnsafeRawBufferPointer) -> Bool {
    guard var bytes = Base32.decode(text), bytes.count > 2 else { return false }
    defer { bytes.wipe() }
    return bytes.suffix(2).elementsEqual(end(of: bytes.dropLast(2)))
  }

  /// The sum as its two bytes.
  package static func end(of bytes: some Sequence<UInt8>) -> [UInt8] {
    let sum = checksum(bytes)
    return [UInt8(truncatingIfNeeded: sum), UInt8(sum >> 8)]
  }
}
