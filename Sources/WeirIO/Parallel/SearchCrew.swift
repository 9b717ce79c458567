internal import Dispatch
internal import Synchronization
internal import WeirCore

/// Threads that search blocks for signatures, while one other reads, verifies, decides and writes all of them in order.
///
/// Nothing waits for a thread of the crew that has not begun: who needs a block that nobody has taken searches it
/// itself. So a crew that never gets a processor, or has no thread at all, delays nobody.
final class SearchCrew: Sendable {
  /// A block, and whether it is searched.
  final class Turn: Sendable {
    let block: Block
    fileprivate let isSearched = DispatchSemaphore(value: 0)

    init(_ block: Block) { self.block = block }
  }

  private struct State {
    /// Blocks that nobody has taken, in the order of the input.
    var waiting: [Turn] = []
    var isOver = false
  }

  private let catalogue: Catalogue
  private let state = Mutex(State())
  private let isWanted = DispatchSemaphore(value: 0)
  private let ended = DispatchGroup()
  private let threadCount: Int

  /// - Parameter threadCount: as many threads, or none where the system has no more to give.
  init(threadCount: Int, catalogue: Catalogue) {
    self.catalogue = catalogue
    self.threadCount = Threads.canStart(threadCount) ? threadCount : 0
    for _ in 0..<self.threadCount {
      // A serial queue of its own has a thread of its own; of the global queues' threads there may be too few.
      DispatchQueue(label: "weir.search").async(group: ended) { [self] in work() }
    }
  }

  /// Lets the threads go, and waits until they have.
  func end() {
    state.withLock { $0.isOver = true }
    for _ in 0..<threadCount { isWanted.signal() }
    ended.wait()
  }

  /// A block is to be searched.
  func submit(_ turn: Turn) {
    state.withLock { $0.waiting.append(turn) }
    isWanted.signal()
  }

  /// Comes back when a block that was submitted is searched; meanwhile helps.
  func finish(_ turn: Turn, with search: borrowing BlockSearch) {
    let isFree = state.withLock { state in
      guard let place = state.waiting.firstIndex(where: { $0 === turn }) else { return false }
      state.waiting.remove(at: place)
      return true
    }
    if isFree { return search.search(turn.block) }
    while turn.isSearched.wait(timeout: .now()) != .success {
      guard let other = takeFirst() else { return turn.isSearched.wait() }
      search.search(other.block)
      other.isSearched.signal()
    }
  }

  private func takeFirst() -> Turn? {
    state.withLock { $0.waiting.isEmpty ? nil : $0.waiting.removeFirst() }
  }

  /// What a thread does.
  private func work() {
    // Without memory for a search of its own it leaves the work to the others.
    guard let search = try? BlockSearch(catalogue: catalogue) else { return }
    while true {
      isWanted.wait()
      if state.withLock({ $0.isOver }) { break }
      guard let turn = takeFirst() else { continue }
      search.search(turn.block)
      turn.isSearched.signal()
    }
    search.forget()
  }
}
