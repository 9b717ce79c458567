extension Array<UInt8> {
  /// For each byte its value as one of these digits, and 255 where it is none.
  var digitValues: [UInt8] {
    var table = [UInt8](repeating: .max, count: 256)
    for (value, digit) in enumerated() { table[Int(digit)] = UInt8(value) }
    return table
  }

  /// The whole bytes that digits hold, the first bits first; bits left over are dropped. This is their table of values.
  ///
  /// - Parameter width: the bits of a digit, 5 or 6.
  /// - Returns: nil when a byte is no digit.
  @inline(__always)
  func wholeBytes(of text: some Sequence<UInt8>, width: UInt32) -> [UInt8]? {
    var bytes: [UInt8] = []
    // All at once: an array that grows leaves copies that nobody wipes.
    bytes.reserveCapacity(text.underestimatedCount * Int(width) / 8 + 1)
    var bits: UInt32 = 0
    var bitCount: UInt32 = 0
    for digit in text {
      let value = self[Int(digit)]
      guard value < 1 << width else { return nil }
      bits = bits << width | UInt32(value)
      bitCount += width
      if bitCount >= 8 {
        bitCount -= 8
        bytes.append(UInt8(truncatingIfNeeded: bits >> bitCount))
      }
    }
    return bytes
  }
}
