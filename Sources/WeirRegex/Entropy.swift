internal import Glibc

/// How evenly the bytes of a text are spread, as gitleaks computes it.
enum Entropy {
  /// Shannon's, in bits a byte: 0 to 8.
  static func bitsPerByte(of bytes: UnsafeRawBufferPointer) -> Double {
    var counts = [Int](repeating: 0, count: 256)
    for byte in bytes { counts[Int(byte)] += 1 }
    return counts.reduce(0) { sum, count in
      guard count > 0 else { return sum }
      let share = Double(count) / Double(bytes.count)
      return sum - share * log2(share)
    }
  }
}
