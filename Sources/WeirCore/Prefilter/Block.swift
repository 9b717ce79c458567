internal import CSieve
internal import Glibc
internal import Hyperscan

/// Bytes of one input that may be searched for signatures before their turn comes, on whichever thread has time.
///
/// It goes from hand to hand: who reads fills it (`room`, `fill`), one thread searches it (`BlockSearch`), and the scanner takes it over in the
/// order of the input (`Scanner.advance(over:into:)`). Of a file, where it is known which bytes come, the thread that searches it may read them too
/// (`expect`, `load`, `join`). One at a time holds it, and who passes it on sees to that; so there is no lock in here.
public final class Block: @unchecked Sendable {
  enum State {
    /// Its bytes are expected, and nobody has read them.
    case unread
    case unsearched
    case searched
    /// There are more matches than it holds: who takes it over searches it in pieces.
    case tooManyMatches
    case failed(HyperscanError)
  }

  /// What the window carries from one block to the next stands before its bytes.
  let frontBytes: Int
  /// Where there is more than a match to so many bytes, it is searched again in pieces, by the thread that decides. An input that is nothing but anchors
  /// has fewer; and memory that no match is written to is none that the system has to give.
  private static let leastBytesToAMatch = 4
  private static let leastMatches = 1 << 10

  /// What the window gave in exchange for the last one may be too small.
  var memory: WindowMemory
  private let capacity: Int
  /// The offset of its first byte.
  private(set) var start: UInt64 = 0
  public private(set) var count = 0
  fileprivate(set) var state = State.unsearched
  let matches: MatchBuffer
  /// So many bytes before its first are searched with it.
  private var seamBytes = 0
  /// Of its bytes, where somebody has counted.
  private(set) var lineFeedCount: Int?

  /// - Parameters:
  ///   - byteCount: how many bytes it may hold.
  ///   - catalogue: whose scanner takes it over; nil is any without rules that see lines.
  public init(byteCount: Int, for catalogue: Catalogue? = nil) {
    capacity = byteCount
    matches = MatchBuffer(
      capacity: max(byteCount / Self.leastBytesToAMatch, Self.leastMatches))
    frontBytes = Window.historyBytes + (catalogue?.mostHeldBytes ?? Window.mostHeldBytes)
    memory = WindowMemory(capacity: frontBytes + byteCount)
  }

  /// Room for all the bytes it may hold.
  public func room() -> UnsafeMutableRawBufferPointer {
    if memory.capacity < frontBytes + capacity {
      memory = WindowMemory(capacity: frontBytes + capacity)
    }
    return UnsafeMutableRawBufferPointer(start: memory.bytes + frontBytes, count: capacity)
  }

  /// `count` bytes were written into the room; they follow the seam, which moves to their end.
  public func fill(count: Int, behind seam: inout Seam) {
    precondition(count <= capacity)
    self.count = count
    start = seam.end
    state = .unsearched
    lineFeedCount = nil
    seamBytes = seam.count
    seam.copy(to: memory.bytes + frontBytes)
    seam.move(
      to: start + UInt64(count), behind: memory.bytes + frontBytes - seamBytes,
      count: seamBytes + count)
  }

  /// `count` bytes are to be read by who searches it, behind those that the block before it will have.
  ///
  /// - Parameters:
  ///   - start: where they begin, in offsets of the scanner.
  ///   - seamBytes: so many before them are to be read too.
  public func expect(count: Int, at start: UInt64, seamBytes: Int) {
    precondition(count <= capacity && seamBytes <= frontBytes)
    self.count = count
    self.start = start
    self.seamBytes = seamBytes
    state = .unread
    lineFeedCount = nil
  }

  /// Reads the bytes that are expected, and those of the seam before them. When that fails it has no bytes.
  ///
  /// - Parameter read: fills the room, all of it, or returns false.
  public func load(_ read: (UnsafeMutableRawBufferPointer) -> Bool) {
    _ = room()
    let all = UnsafeMutableRawBufferPointer(
      start: memory.bytes + frontBytes - seamBytes, count: seamBytes + count)
    if read(all) { state = .unsearched }
  }

  /// Its turn has come.
  ///
  /// - Parameter seam: the end of all that came before it; moves to its end.
  /// - Returns: false when its bytes could not be read, or what was read before them is not what came: then it is of no use.
  public func join(_ seam: inout Seam) -> Bool {
    if case .unread = state { return false }
    let begin = memory.bytes + frontBytes - seamBytes
    guard start == seam.end, seam.stands(at: begin, count: seamBytes) else { return false }
    seam.move(to: start + UInt64(count), behind: begin, count: seamBytes + count)
    return true
  }

  /// Where the bytes that are searched begin: ends of matches count from here.
  var searchStart: UInt64 { start - UInt64(seamBytes) }

  fileprivate func countLineFeeds() {
    lineFeedCount = newlines_in(memory.bytes + frontBytes, count)
  }

  fileprivate func search(_ catalogue: Catalogue, with search: borrowing SignatureSearch) {
    let bytes = UnsafeRawBufferPointer(
      start: memory.bytes + frontBytes - seamBytes, count: seamBytes + count)
    do {
      guard
        try search.search(bytes, knownBytes: seamBytes, catalogue: catalogue, into: matches)
      else {
        state = .tooManyMatches
        return
      }
      state = .searched
    } catch { state = .failed(error) }
  }
}

/// The last bytes of an input so far: a signature may begin in them and end in the block that follows. Wiped when it is given back.
public struct Seam: ~Copyable {
  private let bytes: UnsafeMutablePointer<UInt8>
  /// It never has more bytes.
  public let capacity: Int
  public private(set) var count = 0
  public private(set) var end: UInt64

  /// - Parameter widestBytes: a signature has at most so many.
  init(end: UInt64, widestBytes: Int) {
    self.end = end
    capacity = widestBytes - 1
    bytes = .allocate(capacity: widestBytes)
  }

  deinit {
    UnsafeMutableRawBufferPointer(start: bytes, count: capacity).wipe()
    bytes.deallocate()
  }

  /// Its bytes come to stand before `place`.
  func copy(to place: UnsafeMutablePointer<UInt8>) {
    (place - count).update(from: bytes, count: count)
  }

  /// These are its bytes.
  func stands(at place: UnsafePointer<UInt8>, count: Int) -> Bool {
    self.count == count && memcmp(bytes, place, count) == 0
  }

  /// It is the end of these bytes, which end at an offset.
  mutating func move(to end: UInt64, behind text: UnsafePointer<UInt8>, count textCount: Int) {
    count = min(textCount, capacity)
    bytes.update(from: text + textCount - count, count: count)
    self.end = end
  }
}

/// What a thread needs to search blocks: of its own, and for one catalogue.
public struct BlockSearch: ~Copyable {
  private let catalogue: Catalogue
  private let countsLines: Bool
  private let search: SignatureSearch

  /// - Parameter countsLines: whoever takes the blocks over wants to know (`Policy.countsLines`).
  public init(catalogue: Catalogue, countsLines: Bool = false) throws(ScanError) {
    self.catalogue = catalogue
    self.countsLines = countsLines
    search = try SignatureSearch(for: catalogue)
  }

  /// Finds the ends of signatures in a block that has its bytes. What goes wrong is said when the block's turn comes.
  public func search(_ block: Block) {
    if case .unread = block.state { return }
    block.search(catalogue, with: search)
    if countsLines { block.countLineFeeds() }
  }

  /// Searches zeros, which take the place of what the search of a block left behind, and wipes the stack of this thread.
  public func forget() {
    let block = Block(byteCount: 1 << 12)
    block.room().initializeMemory(as: UInt8.self, repeating: 0)
    var seam = Seam(end: 0, widestBytes: catalogue.tables.widestBytes)
    block.fill(count: 1 << 12, behind: &seam)
    search(block)
    DeadStack.wipe()
  }
}
