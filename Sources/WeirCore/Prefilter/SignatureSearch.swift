internal import CSieve
internal import Hyperscan

/// What one thread needs to find the ends of a catalogue's signatures.
struct SignatureSearch: ~Copyable {
  /// The database, and what a thread needs to search with it.
  private struct Engine: ~Copyable {
    let loaded: DatabaseSource.Loaded
    let scratch: Scratch
  }

  private let way: SearchWay
  /// Nil where the sieve searches.
  private let hyperscan: Engine?
  private let few: UnsafeMutablePointer<UInt16>

  /// - Parameter way: another than the catalogue's.
  init(for catalogue: Catalogue, by way: SearchWay? = nil) throws(ScanError) {
    self.way = way ?? catalogue.way
    if self.way == .hyperscan {
      do {
        let loaded = try catalogue.database.get()
        hyperscan = Engine(loaded: loaded, scratch: try Scratch(for: loaded.database))
      } catch { throw .hyperscan(error) }
    } else {
      hyperscan = nil
    }
    few = .allocate(capacity: Int(SIEVE_PIECE_BYTES))
  }

  deinit { few.deallocate() }

  /// What it takes in memory.
  var footprintBytes: Int {
    let fewBytes = Int(SIEVE_PIECE_BYTES) * MemoryLayout<UInt16>.stride
    return switch hyperscan {
    case .some(let hyperscan): fewBytes + hyperscan.scratch.byteCount
    case nil: fewBytes
    }
  }

  /// Fills `matches` with the signatures that end behind the first `knownBytes`, in the order of their ends.
  ///
  /// - Returns: false when there are more than it holds; what it holds then is not to be used.
  func search(
    _ bytes: UnsafeRawBufferPointer, knownBytes: Int, catalogue: Catalogue,
    into matches: borrowing MatchBuffer
  ) throws(HyperscanError) -> Bool {
    let isComplete =
      switch hyperscan {
      case .some(let hyperscan):
        try hyperscan.loaded.database.scan(
          bytes, knownBytes: knownBytes, scratch: hyperscan.scratch, into: matches)
      case nil:
        catalogue.sieve.search(
          bytes, firstEnd: knownBytes + 1, isFast: way == .sieve, few: few, into: matches)
      }
    if isComplete { matches.sort() }
    return isComplete
  }
}
