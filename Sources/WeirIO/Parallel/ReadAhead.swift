internal import WeirCore

/// The blocks of one input that have been read and not decided yet, in order. A crew searches them meanwhile; those of a file it reads as well.
///
/// Bound: two blocks for each thread, sixteen at most. More is read only when all of them are not taken up and the input has something at once:
/// nobody waits for input while there is something to decide.
struct ReadAhead: ~Copyable {
  /// The longer the fewer times threads wait for each other, and the more is undecided when the run is ended.
  private static let blockBytes = 1 << 19
  private static let mostBlocks = 16
  /// To hand over a block takes as long as to search so many bytes.
  private static let fewestHandedOverBytes = 1 << 14

  /// What a thread searches with.
  private final class Searcher {
    let search: BlockSearch

    init?(catalogue: Catalogue, countsLines: Bool) {
      guard let search = try? BlockSearch(catalogue: catalogue, countsLines: countsLines) else {
        return nil
      }
      self.search = search
    }

    deinit { search.forget() }
  }

  /// A block, and where in a file its bytes are, if they are to be read by who searches it.
  private final class Errand: @unchecked Sendable {
    let block: Block
    var part: FilePart?

    init(for catalogue: Catalogue) {
      block = Block(byteCount: ReadAhead.blockBytes, for: catalogue)
    }

    func run(with searcher: Searcher) {
      if let part { block.load { part.read(before: $0.count - block.count, into: $0) } }
      searcher.search.search(block)
    }
  }

  private struct Ahead {
    let errand: Errand
    let turn: Crew<Searcher>.Turn
    var isHandedOver = false

    init(for catalogue: Catalogue) {
      let errand = Errand(for: catalogue)
      self.errand = errand
      turn = Crew.Turn { errand.run(with: $0) }
    }
  }

  private let crew: Crew<Searcher>
  private let searcher: Searcher
  private var free: [Ahead]
  private var ahead: [Ahead] = []
  /// Of what was taken, as long as parts are claimed; then of what was read.
  private var seam: Seam
  private var isAtEnd = false
  /// No more parts are claimed.
  private var isReadInOrder = false
  /// The bytes in them.
  private(set) var byteCount: UInt64 = 0

  /// - Returns: nil where there is no memory for it.
  init?(behind seam: consuming Seam, threads: Int, catalogue: Catalogue, countsLines: Bool) {
    guard let searcher = Searcher(catalogue: catalogue, countsLines: countsLines) else {
      return nil
    }
    self.searcher = searcher
    crew = Crew(threadCount: threads - 1) {
      Searcher(catalogue: catalogue, countsLines: countsLines)
    }
    free = (0..<min(2 * threads, Self.mostBlocks)).map { _ in Ahead(for: catalogue) }
    ahead.reserveCapacity(free.count)
    self.seam = seam
  }

  deinit { crew.end() }

  /// Reads what there is; waits only when there is nothing to decide.
  mutating func fill(from source: inout Source) throws(InputError) {
    while !isAtEnd, let next = free.last {
      if try claim(next, of: &source) { continue }
      // What stands before the next bytes is known when all that was claimed is taken.
      guard ahead.isEmpty || isReadInOrder && source.isReady else { return }
      isReadInOrder = true
      let count = try source.read(into: next.errand.block.room())
      if count == 0 {
        isAtEnd = true
        return
      }
      next.errand.part = nil
      next.errand.block.fill(count: count, behind: &seam)
      add(isHandedOver: count >= Self.fewestHandedOverBytes)
    }
  }

  /// Leaves a whole block of a file to the crew.
  ///
  /// - Returns: false when the input has none.
  private mutating func claim(
    _ next: Ahead, of source: inout Source
  ) throws(InputError) -> Bool {
    guard !isReadInOrder, let part = try source.claim(Self.blockBytes) else { return false }
    next.errand.part = part
    next.errand.block.expect(
      count: Self.blockBytes, at: seam.end + byteCount, seamBytes: seam.count)
    add(isHandedOver: true)
    return true
  }

  /// The last of those that are free has bytes.
  private mutating func add(isHandedOver: Bool) {
    var next = free.removeLast()
    byteCount += UInt64(next.errand.block.count)
    next.isHandedOver = isHandedOver
    if isHandedOver { crew.submit(next.turn) }
    ahead.append(next)
  }

  /// Lets the scanner have the next block, searched; it is free again then.
  ///
  /// - Returns: false when there is none.
  mutating func next<Failure: Error>(
    from source: inout Source, _ use: (Block) throws(Failure) -> Void
  ) throws(Failure) -> Bool {
    guard let next = takeFirst() else { return false }
    if let part = next.errand.part, !next.errand.block.join(&seam) {
      // The file was cut shorter, is written over, or cannot be read: whoever reads it in order is told which.
      source.giveBack(byteCount + UInt64(next.errand.block.count), from: part)
      while takeFirst() != nil {}
      isReadInOrder = true
      return true
    }
    try use(next.errand.block)
    return true
  }

  /// Waits until the first is searched; it is free again when the caller is done with it.
  private mutating func takeFirst() -> Ahead? {
    guard let next = ahead.first else { return nil }
    ahead.removeFirst()
    if next.isHandedOver {
      crew.finish(next.turn, with: searcher)
    } else {
      next.errand.run(with: searcher)
    }
    byteCount -= UInt64(next.errand.block.count)
    free.append(next)
    return next
  }
}
