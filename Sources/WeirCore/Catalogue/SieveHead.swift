/// Eight bytes around a word, as far as they are one in all signatures.
struct SieveHead: Hashable {
  var mask: UInt64 = 0
  var value: UInt64 = 0
  var back = 0

  /// The bytes that say most.
  ///
  /// - Parameter signatures: each with the place of its word.
  init(of signatures: [(places: [ByteSet], word: Int)]) {
    guard let longest = signatures.map(\.word).max() else { return }
    for back in 0...min(longest, 7) {
      let head = SieveHead(of: signatures, back: back)
      if head.mask.nonzeroBitCount > mask.nonzeroBitCount { self = head }
    }
  }

  private init(of signatures: [(places: [ByteSet], word: Int)], back: Int) {
    self.back = back
    for byte in 0..<8 {
      // The bits in which all bytes are one.
      var all: UInt8 = 0xFF
      var some: UInt8 = 0
      for (places, word) in signatures {
        let place = word - back + byte
        let set = places.indices.contains(place) ? places[place] : ByteSet(0...255)
        set.forEach { byte in
          all &= byte
          some |= byte
        }
      }
      mask |= UInt64(~(all ^ some)) << UInt64(8 * byte)
      value |= UInt64(all & some) << UInt64(8 * byte)
    }
  }
}

extension SieveHead {
  /// Whatever has it is the signature: each byte is asked for, and all that its bits let by is in its set.
  ///
  /// - Parameter word: the place of the signature's word.
  func says(all places: [ByteSet], word: Int) -> Bool {
    let first = word - back
    return first <= 0 && places.count <= first + 8
      && places.enumerated().allSatisfy { place, set in
        let asked = UInt8(truncatingIfNeeded: mask >> UInt64(8 * (place - first)))
        return set.count == 1 << (8 - asked.nonzeroBitCount)
      }
  }
}

/// Heads, each once.
struct SieveHeads {
  private(set) var all: [SieveHead] = []
  private var numbers: [SieveHead: UInt16] = [:]

  mutating func number(of head: SieveHead) -> UInt16 {
    if let number = numbers[head] { return number }
    let number = UInt16(all.count)
    numbers[head] = number
    all.append(head)
    return number
  }
}
