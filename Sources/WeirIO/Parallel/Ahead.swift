internal import Synchronization

/// Work whose results are wanted in order, and which a crew does meanwhile.
struct Ahead<Tools: AnyObject, Result: Sendable>: ~Copyable {
  private static var turnsPerThread: Int { 4 }

  /// A piece of work, and what came of it.
  private final class Piece: Sendable {
    let result = Mutex<Result?>(nil)
  }

  private let crew: Crew<Tools>
  private let tools: Tools
  private let most: Int
  private var pieces: [(piece: Piece, turn: Crew<Tools>.Turn)] = []
  /// How many were submitted.
  private(set) var count = 0

  /// - Parameters:
  ///   - threads: how many share the work, the one that wants it among them.
  ///   - makeTools: called for each.
  init(threads: Int, makeTools: @escaping @Sendable () -> Tools) {
    tools = makeTools()
    crew = Crew(threadCount: threads - 1) { makeTools() }
    most = Self.turnsPerThread * threads
  }

  deinit { crew.end() }

  var isEmpty: Bool { pieces.isEmpty }

  /// There are as many as may be: what `next` has is to be taken.
  var isFull: Bool { pieces.count >= most }

  /// How often all may have been busy so far: pieces are best small at first, so that there is something for all.
  var rounds: Int { count / most }

  mutating func submit(_ work: @escaping @Sendable (Tools) -> Result) {
    let piece = Piece()
    let turn = Crew<Tools>.Turn { tools in
      let result = work(tools)
      piece.result.withLock { $0 = result }
    }
    pieces.append((piece, turn))
    crew.submit(turn)
    count += 1
  }

  /// What came of the piece that was submitted first; nil when there is none.
  mutating func next() -> Result? {
    guard let (piece, turn) = pieces.first else { return nil }
    pieces.removeFirst()
    crew.finish(turn, with: tools)
    return piece.result.withLock { $0.take() }
  }
}
