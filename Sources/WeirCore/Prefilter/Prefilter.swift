public import Hyperscan

/// Finds the ends of signatures in what has come, piece by piece.
///
/// Each piece is scanned together with the W−1 bytes before it, and matches that end before the piece are left out: so every match is
/// reported once, however the input was cut.
struct Prefilter: ~Copyable {
  private static let mostPieceBytes = 1 << 20
  private static let fewestPieceBytes = 256
  private static let bufferedMatches = 1 << 14

  private let search: SignatureSearch
  let matches = MatchBuffer(capacity: Self.bufferedMatches)
  /// Where the bytes of the last scan begin: ends of matches count from here.
  private(set) var pieceStart: UInt64 = 0
  private(set) var scannedEnd: UInt64 = 0
  private var inputStart: UInt64 = 0
  /// The sum of what was searched, each byte counted once.
  private(set) var scannedBytes: UInt64 = 0
  /// A signature has ended in the input.
  private(set) var hasMatched = false
  private var pieceBytes = Self.mostPieceBytes

  init(for catalogue: Catalogue) throws(ScanError) {
    search = try SignatureSearch(for: catalogue)
  }

  /// Another input comes, or goes on, of which so many bytes were scanned.
  ///
  /// - Parameters:
  ///   - offset: of its next byte.
  ///   - inputStart: of its first.
  mutating func restart(at offset: UInt64, inputStart: UInt64, scannedBytes: UInt64 = 0) {
    pieceStart = offset
    scannedEnd = offset
    self.inputStart = inputStart
    self.scannedBytes = scannedBytes
    hasMatched = false
    pieceBytes = Self.mostPieceBytes
  }

  /// What it takes in memory.
  var footprintBytes: Int { search.footprintBytes + matches.byteCount }

  /// Takes over what was found in a block.
  ///
  /// - Returns: false when the block is still to be searched.
  mutating func take(_ block: Block) throws(ScanError) -> Bool {
    switch block.state {
    case .unread: preconditionFailure("a block without bytes")
    case .unsearched, .tooManyMatches: return false
    case .failed(let error): throw .hyperscan(error)
    case .searched:
      pieceStart = block.searchStart
      count(block)
      return true
    }
  }

  /// A block was searched.
  mutating func count(_ block: Block) {
    scannedBytes += UInt64(block.count)
    scannedEnd += UInt64(block.count)
    if block.matches.count > 0 { hasMatched = true }
  }

  /// Scans the next piece into `matches`.
  ///
  /// - Returns: false when the view holds nothing new.
  mutating func next(in view: View, catalogue: Catalogue) throws(ScanError) -> Bool {
    guard scannedEnd < view.end else { return false }
    while true {
      let end = min(scannedEnd + UInt64(pieceBytes), view.end)
      let overlap = UInt64(catalogue.tables.widestBytes - 1)
      let from = max(view.start, scannedEnd > overlap ? scannedEnd - overlap : 0)
      let isComplete: Bool
      do {
        isComplete = try search.search(
          view[from..<end], knownBytes: Int(scannedEnd - from), catalogue: catalogue,
          into: matches)
      } catch { throw .hyperscan(error) }
      if matches.count > 0 { hasMatched = true }
      if isComplete {
        pieceStart = from
        scannedBytes += end - scannedEnd
        scannedEnd = end
        if matches.count < Self.bufferedMatches / 4 {
          pieceBytes = min(pieceBytes * 2, Self.mostPieceBytes)
        }
        return true
      }
      // The buffer was full: a smaller piece has fewer matches.
      guard pieceBytes > Self.fewestPieceBytes else {
        throw .tooManyMatches(offset: scannedEnd &- inputStart)
      }
      pieceBytes /= 2
    }
  }
}

/// Why a scan cannot go on. What was emitted before is right.
public enum ScanError: Error, Equatable, Sendable {
  case hyperscan(HyperscanError)
  /// More signatures end in 256 bytes than the match buffer holds.
  case tooManyMatches(offset: UInt64)

  /// There was no memory for what a search works with.
  public var isOutOfMemory: Bool { self == .hyperscan(.outOfMemory) }
}
