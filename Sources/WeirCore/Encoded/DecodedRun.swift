/// The bytes that stand encoded in one run of text, decoded as they are wanted.
///
/// Bound: `capacity` bytes, whatever the text. Its user drops what it needs no more before it reads
/// on.
struct DecodedRun: ~Copyable {
  /// Four times what an encoded form may be wide.
  static let capacity = 1 << 13
  /// So many bytes before a form tell whether it may begin there: no escape is longer.
  static let historyBytes: UInt64 = 24

  let grid: Grid
  private let memory: UnsafeMutablePointer<UInt8>
  /// Where the text began when it was looked at first, and what is at hand.
  private var runStart: UInt64 = 0
  private(set) var start: UInt64 = 0
  private(set) var end: UInt64 = 0
  /// The byte at `end` is not encoded here.
  private(set) var isEnded = true

  init(grid: Grid) {
    self.grid = grid
    memory = .allocate(capacity: Self.capacity)
  }

  deinit {
    UnsafeMutableRawBufferPointer(start: memory, count: Self.capacity).wipe()
    memory.deallocate()
  }

  /// Begins anew at a byte.
  mutating func begin(at byte: UInt64) {
    runStart = byte
    start = byte
    end = byte
    isEnded = false
  }

  /// Decodes at most so many bytes more.
  ///
  /// - Returns: whether anything is known that was not: a byte, or the end of the run.
  mutating func read(count: Int, in view: View) -> Bool {
    if isEnded { return false }
    let before = end
    let limit = min(end + UInt64(count), start + UInt64(Self.capacity))
    while end < limit {
      if end > runStart, !isAtHand(grid.connects(end, in: view)) { break }
      guard case .byte(let byte) = grid.read(end, in: view) else {
        _ = isAtHand(grid.read(end, in: view))
        break
      }
      memory[Int(end - start)] = byte
      end += 1
    }
    return isEnded || end > before
  }

  private mutating func isAtHand(_ reading: Grid.Reading) -> Bool {
    switch reading {
    case .byte: return true
    case .needsMore: return false
    case .none:
      isEnded = true
      return false
    }
  }

  /// Bytes below this number are not needed any more.
  mutating func drop(below byte: UInt64) {
    guard byte > start else { return }
    let first = min(byte, end)
    memory.update(from: memory + Int(first - start), count: Int(end - first))
    start = first
  }

  /// The bytes at hand, by their numbers. As long as the run is not changed.
  var view: View {
    View(bytes: memory, start: start, end: end, isFirst: false, isFinal: isEnded)
  }
}
