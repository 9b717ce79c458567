/// A set of the low seven bits of bytes.
struct LowSet {
  private var words = (UInt64(0), UInt64(0))

  init() {}

  init(_ set: ByteSet) {
    let all = set.words
    words = (all[0] | all[2], all[1] | all[3])
  }

  mutating func set(_ byte: Int, _ isMember: Bool) {
    let bit = UInt64(1) << UInt64(byte & 63)
    if byte < 64 {
      words.0 = isMember ? words.0 | bit : words.0 & ~bit
    } else {
      words.1 = isMember ? words.1 | bit : words.1 & ~bit
    }
  }

  func forEach(_ body: (Int) -> Void) {
    for (base, word) in [(0, words.0), (64, words.1)] {
      var rest = word
      while rest != 0 {
        body(base + rest.trailingZeroBitCount)
        rest &= rest - 1
      }
    }
  }

  /// Of all bytes of a text, the part that it has.
  var frequency: Double { frequency(outside: LowSet()) }

  func frequency(outside other: LowSet) -> Double {
    var rest = self
    rest.words.0 &= ~other.words.0
    rest.words.1 &= ~other.words.1
    var sum = 0.0
    rest.forEach { sum += ByteStatistics.frequencies[$0] }
    return sum
  }
}
