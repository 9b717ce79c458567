internal import WeirCore

/// The blocks of one input that have been read and not decided yet, in order. A crew searches them meanwhile.
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

    init?(catalogue: Catalogue) {
      guard let search = try? BlockSearch(catalogue: catalogue) else { return nil }
      self.search = search
    }

    deinit { search.forget() }
  }

  private struct Ahead {
    let block: Block
    let turn: Crew<Searcher>.Turn
    var isHandedOver = false

    init(for catalogue: Catalogue) {
      let block = Block(byteCount: ReadAhead.blockBytes, for: catalogue)
      self.block = block
      turn = Crew.Turn { $0.search.search(block) }
    }
  }

  private let crew: Crew<Searcher>
  private let searcher: Searcher
  private var free: [Ahead]
  private var ahead: [Ahead] = []
  private var seam: Seam
  private var isAtEnd = false
  /// The bytes in them.
  private(set) var byteCount: UInt64 = 0

  /// - Returns: nil where there is no memory for it.
  init?(behind seam: consuming Seam, threads: Int, catalogue: Catalogue) {
    guard let searcher = Searcher(catalogue: catalogue) else { return nil }
    self.searcher = searcher
    crew = Crew(threadCount: threads - 1) { Searcher(catalogue: catalogue) }
    free = (0..<min(2 * threads, Self.mostBlocks)).map { _ in Ahead(for: catalogue) }
    ahead.reserveCapacity(free.count)
    self.seam = seam
  }

  deinit { crew.end() }

  /// Reads what there is; waits only when there is nothing to decide.
  mutating func fill(from source: inout Source) throws(InputError) {
    while !isAtEnd, var next = free.last, ahead.isEmpty || source.isReady {
      let count = try source.read(into: next.block.room())
      if count == 0 {
        isAtEnd = true
        return
      }
      free.removeLast()
      next.block.fill(count: count, behind: &seam)
      byteCount += UInt64(count)
      next.isHandedOver = count >= Self.fewestHandedOverBytes
      if next.isHandedOver { crew.submit(next.turn) }
      ahead.append(next)
    }
  }

  /// Lets the scanner have the next block, searched; it is free again then.
  ///
  /// - Returns: false when there is none.
  mutating func next<Failure: Error>(
    _ use: (Block) throws(Failure) -> Void
  ) throws(Failure) -> Bool {
    guard let next = ahead.first else { return false }
    ahead.removeFirst()
    if next.isHandedOver {
      crew.finish(next.turn, with: searcher)
    } else {
      searcher.search.search(next.block)
    }
    byteCount -= UInt64(next.block.count)
    free.append(next)
    try use(next.block)
    return true
  }
}
