internal import CSieve

/// What a sieve asks of a text, as it is built, stored and checked (`Sieve`). Empty where signatures have no words to ask for.
struct SieveTables: Sendable {
  /// For each byte of a word, the buckets that have it (`sieve.h`).
  var classes: [UInt8] = []
  /// A bit for each hash of a word.
  var gate: [UInt8] = []
  /// For each byte of the gate one of `heads`.
  var headNumbers: [UInt16] = []
  var heads: [sieve_head] = []
  /// For each byte of the gate where its entries begin among `numbers`, and at last where all end.
  var starts: [UInt16] = []
  /// Of `entries`.
  var numbers: [UInt16] = []
  var entries: [SieveEntry] = []
  /// The sets of the signatures' bytes, place by place.
  var places: [UInt16] = []

  var isEmpty: Bool { entries.isEmpty }

  /// Every index lies inside the table it points to.
  ///
  /// - Parameter setCount: how many byte sets there are.
  func isConsistent(signatures: [SignatureRecord], setCount: Int) -> Bool {
    if isEmpty {
      return classes.isEmpty && gate.isEmpty && headNumbers.isEmpty && heads.isEmpty
        && starts.isEmpty && numbers.isEmpty && places.isEmpty
    }
    return classes.count == Int(SIEVE_CLASS_BYTES) && gate.count == Int(SIEVE_GATE_BYTES)
      && headNumbers.count == gate.count && headNumbers.allSatisfy { $0 < heads.count }
      && heads.allSatisfy { $0.back <= UInt64(Signature.widestBytes) }
      && starts.count == gate.count + 1
      && zip(starts, starts.dropFirst()).allSatisfy { $0 <= $1 }
      && Int(starts[gate.count]) == numbers.count
      && numbers.allSatisfy { $0 < entries.count }
      && places.allSatisfy { $0 < setCount }
      && entries.allSatisfy {
        $0.signature < signatures.count && $0.head < heads.count && $0.placeCount > 0
          && $0.placeCount <= signatures[Int($0.signature)].widthBytes
          && Int($0.firstPlace) + Int($0.placeCount) <= places.count
          && $0.wordPlace < $0.placeCount
      }
  }
}

/// A signature, and the place of its words.
struct SieveEntry: BitwiseCopyable, Sendable {
  var signature: UInt16
  /// Among `SieveTables.places`.
  var firstPlace: UInt16
  /// Of `SieveTables.heads`.
  var head: UInt16
  var placeCount: UInt8
  /// A word begins at this place.
  var wordPlace: UInt8
  /// What has the head is the signature.
  var isWhole: Bool
}
