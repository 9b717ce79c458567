/// Marvin32, Microsoft's hash of 64 bits of state under a seed of 64 bits: 32-bit words are added to the low half, and
/// each time both halves are mixed by sums, exclusive ors and rotations. The last word is what is left with a byte 80 hex behind it.
package enum Marvin32 {
  /// Both halves, the high one in the high bits.
  package static func state(_ bytes: UnsafeRawBufferPointer, seed: UInt64) -> UInt64 {
    var low = UInt32(truncatingIfNeeded: seed)
    var high = UInt32(truncatingIfNeeded: seed >> 32)
    func take(_ word: UInt32) {
      low &+= word
      mix()
    }
    func mix() {
      high ^= low
      low = rotated(low, 20) &+ high
      high = rotated(high, 9) ^ low
      low = rotated(low, 27) &+ high
      high = rotated(high, 19)
    }
    let whole = bytes.count & ~3
    for start in stride(from: 0, to: whole, by: 4) {
      take(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: start, as: UInt32.self)))
    }
    var last: UInt32 = 0x80
    for byte in bytes[whole...].reversed() { last = last << 8 | UInt32(byte) }
    take(last)
    mix()
    return UInt64(high) << 32 | UInt64(low)
  }

  /// The halves folded into one.
  package static func checksum(_ bytes: UnsafeRawBufferPointer, seed: UInt64) -> UInt32 {
    let state = state(bytes, seed: seed)
    return UInt32(truncatingIfNeeded: state) ^ UInt32(truncatingIfNeeded: state >> 32)
  }

  private static func rotated(_ value: UInt32, _ count: UInt32) -> UInt32 {
    value << count | value >> (32 - count)
  }
}
