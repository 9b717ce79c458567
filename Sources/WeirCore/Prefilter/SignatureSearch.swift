internal import CSieve
internal import Hyperscan

/// What one thread needs to find the ends of a catalogue's signatures.
struct SignatureSearch: ~Copyable {
  /// Nil where the sieve searches and the database was not read.
  private let scratch: Scratch?
  private let few: UnsafeMutablePointer<UInt16>

  init(for catalogue: Catalogue) throws(ScanError) {
    let isSifted = SearchWay.fastest == .sieve && !catalogue.sieve.isEmpty
    do {
      if isSifted, catalogue.database.atHand == nil {
        scratch = nil
      } else {
        scratch = try Scratch(for: catalogue.database.get().database)
      }
    } catch { throw .hyperscan(error) }
    few = .allocate(capacity: Int(SIEVE_PIECE_BYTES))
  }

  deinit { few.deallocate() }

  /// What it takes in memory.
  var footprintBytes: Int {
    let scratchBytes =
      switch scratch {
      case .some(let scratch): scratch.byteCount
      case nil: 0
      }
    return scratchBytes + Int(SIEVE_PIECE_BYTES) * MemoryLayout<UInt16>.stride
  }

  /// Fills `matches` with the signatures that end behind the first `knownBytes`, in the order of their ends.
  ///
  /// - Returns: false when there are more than it holds; what it holds then is not to be used.
  func search(
    _ bytes: UnsafeRawBufferPointer, knownBytes: Int, catalogue: Catalogue,
    by way: SearchWay = .fastest, into matches: borrowing MatchBuffer
  ) throws(HyperscanError) -> Bool {
    let isComplete =
      if way == .hyperscan || catalogue.sieve.isEmpty {
        try scan(bytes, knownBytes: knownBytes, catalogue: catalogue, into: matches)
      } else {
        catalogue.sieve.search(
          bytes, firstEnd: knownBytes + 1, isFast: way == .sieve, few: few, into: matches)
      }
    if isComplete { matches.sort() }
    return isComplete
  }

  private func scan(
    _ bytes: UnsafeRawBufferPointer, knownBytes: Int, catalogue: Catalogue,
    into matches: borrowing MatchBuffer
  ) throws(HyperscanError) -> Bool {
    let loaded = try catalogue.database.get()
    switch scratch {
    case .some(let scratch):
      return try loaded.database.scan(
        bytes, knownBytes: knownBytes, scratch: scratch, into: matches)
    case nil:
      return try loaded.database.scan(
        bytes, knownBytes: knownBytes, scratch: Scratch(for: loaded.database), into: matches)
    }
  }
}
