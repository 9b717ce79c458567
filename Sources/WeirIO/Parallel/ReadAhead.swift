internal import WeirCore

/// The blocks of one input that have been read and not decided yet, in order. A crew searches them meanwhile.
///
/// Bound: two blocks for each thread. More is read only when all of them are not taken up and the input has something at once:
/// nobody waits for input while there is something to decide.
struct ReadAhead: ~Copyable {
  private static let blockBytes = 1 << 17
  /// To hand over a block takes as long as to search so many bytes.
  private static let fewestHandedOverBytes = 1 << 14

  private let crew: SearchCrew
  private let search: BlockSearch
  private var free: [SearchCrew.Turn]
  private var ahead: [(turn: SearchCrew.Turn, isHandedOver: Bool)] = []
  private var seam: Seam
  private var isAtEnd = false
  /// The bytes in them.
  private(set) var byteCount: UInt64 = 0

  init(
    behind seam: consuming Seam, threads: Int, catalogue: Catalogue
  ) throws(ScanError) {
    search = try BlockSearch(catalogue: catalogue)
    crew = SearchCrew(threadCount: threads - 1, catalogue: catalogue)
    free = (0..<2 * threads).map { _ in .init(Block(byteCount: Self.blockBytes)) }
    ahead.reserveCapacity(free.count)
    self.seam = seam
  }

  deinit { crew.end() }

  /// Reads what there is; waits only when there is nothing to decide.
  mutating func fill(from source: inout Source) throws(InputError) {
    while !isAtEnd, let turn = free.last, ahead.isEmpty || source.isReady {
      let count = try source.read(into: turn.block.room())
      if count == 0 {
        isAtEnd = true
        return
      }
      free.removeLast()
      turn.block.fill(count: count, behind: &seam)
      byteCount += UInt64(count)
      let isHandedOver = count >= Self.fewestHandedOverBytes
      if isHandedOver { crew.submit(turn) }
      ahead.append((turn, isHandedOver))
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
      crew.finish(next.turn, with: search)
    } else {
      search.search(next.turn.block)
    }
    byteCount -= UInt64(next.turn.block.count)
    free.append(next.turn)
    try use(next.turn.block)
    return true
  }
}
