internal import Dispatch
internal import Synchronization

/// Threads that do work ahead of the one that needs it in order.
///
/// Nothing waits for a thread of the crew that has not begun: who needs what nobody has taken does it itself. So a
/// crew that never gets a processor, or has no thread at all, delays nobody.
final class Crew<Tools: AnyObject>: Sendable {
  /// A piece of work that may be given to the crew, again and again.
  final class Turn: Sendable {
    private let work: @Sendable (Tools) -> Void
    private let hasEnded = Atomic(false)
    private let end = DispatchSemaphore(value: 0)

    /// - Parameter work: done by one thread at a time, with tools of its own.
    init(_ work: @escaping @Sendable (Tools) -> Void) { self.work = work }

    /// For the one who wants it, who does not wait then.
    fileprivate func doAtOnce(with tools: Tools) { work(tools) }

    fileprivate func doAhead(with tools: Tools) {
      work(tools)
      hasEnded.store(true, ordering: .releasing)
      end.signal()
    }

    /// To ask the semaphore costs a sleep: Dispatch makes a timer of a time that is over, and Linux adds 50 microseconds to it.
    fileprivate var isDone: Bool { hasEnded.load(ordering: .acquiring) }

    fileprivate func waitForEnd() {
      end.wait()
      hasEnded.store(false, ordering: .relaxed)
    }
  }

  private struct State {
    /// What nobody has taken, in the order in which it is needed.
    var waiting: [Turn] = []
    var isOver = false
  }

  private let makeTools: @Sendable () -> Tools?
  private let state = Mutex(State())
  private let isWanted = DispatchSemaphore(value: 0)
  private let ended = DispatchGroup()
  private let threadCount: Int

  /// - Parameters:
  ///   - threadCount: as many threads, or none where the system has no more to give.
  ///   - makeTools: called on each thread; nil where there is no memory for them, and the thread ends.
  init(threadCount: Int, makeTools: @escaping @Sendable () -> Tools?) {
    self.makeTools = makeTools
    self.threadCount = Threads.canStart(threadCount) ? threadCount : 0
    for _ in 0..<self.threadCount {
      // A serial queue of its own has a thread of its own; of the global queues' threads there may be too few.
      DispatchQueue(label: "weir.crew").async(group: ended) { [self] in stay() }
    }
  }

  /// Lets the threads go, and waits until they have. What nobody has taken is not done.
  func end() {
    state.withLock { $0.isOver = true }
    for _ in 0..<threadCount { isWanted.signal() }
    ended.wait()
  }

  /// Offers work to the crew.
  func submit(_ turn: Turn) {
    state.withLock { $0.waiting.append(turn) }
    isWanted.signal()
  }

  /// Comes back when what was submitted is done; meanwhile helps.
  func finish(_ turn: Turn, with tools: Tools) {
    let isFree = state.withLock { state in
      guard let place = state.waiting.firstIndex(where: { $0 === turn }) else { return false }
      state.waiting.remove(at: place)
      return true
    }
    if isFree { return turn.doAtOnce(with: tools) }
    while !turn.isDone, let other = takeFirst() { other.doAhead(with: tools) }
    turn.waitForEnd()
  }

  private func takeFirst() -> Turn? {
    state.withLock { $0.waiting.isEmpty ? nil : $0.waiting.removeFirst() }
  }

  /// What a thread does.
  private func stay() {
    guard let tools = makeTools() else { return }
    while true {
      isWanted.wait()
      if state.withLock({ $0.isOver }) { return }
      guard let turn = takeFirst() else { continue }
      turn.doAhead(with: tools)
    }
  }
}
