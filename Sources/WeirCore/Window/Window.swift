/// The bytes of one input that are still needed, in one piece of memory.
///
/// Invariant: it holds every byte from `released` on, and at least the last `historyBytes` before that (or all from the
/// start of the input). `released` never goes back. New bytes are written by the caller straight behind the last one, so a clean
/// byte is never copied by the engine, save the few that are carried from one chunk to the next.
///
/// The memory is wiped when it is given back, not while the stream is open: released bytes stay until later ones take their place.
/// Wiping each byte released would touch the whole stream once more, and who may read this memory may read the pipe as well.
struct Window: ~Copyable {
  /// So far matchers look back: edges, assignments, the unheld beginning of a shape.
  static let historyBytes = 1024
  /// Two held shapes end to end, their edges, and W: more is never undecided.
  static let mostHeldBytes = 2 * ShapeParser.greatestHoldBytes + 1024

  private var memory: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  private(set) var start: UInt64 = 0
  private(set) var end: UInt64 = 0
  private(set) var released: UInt64 = 0

  init() {
    capacity = Self.historyBytes + Self.mostHeldBytes
    memory = .allocate(capacity: capacity)
  }

  deinit {
    wipe()
    memory.deallocate()
  }

  private func wipe() {
    UnsafeMutableRawBufferPointer(start: memory, count: capacity).wipe()
  }

  /// Room for `count` more bytes behind the last one.
  mutating func room(for count: Int) -> UnsafeMutableRawBufferPointer {
    let keepFrom = max(
      start, released > UInt64(Self.historyBytes) ? released - UInt64(Self.historyBytes) : 0)
    let kept = Int(end - keepFrom)
    if kept + count > capacity {
      let larger = kept + count
      let fresh = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
      fresh.update(from: memory + Int(keepFrom - start), count: kept)
      wipe()
      memory.deallocate()
      memory = fresh
      capacity = larger
      start = keepFrom
    } else if Int(end - start) + count > capacity {
      memory.update(from: memory + Int(keepFrom - start), count: kept)
      start = keepFrom
    }
    return UnsafeMutableRawBufferPointer(start: memory + Int(end - start), count: count)
  }

  /// `count` bytes were written into the room.
  mutating func append(count: Int) {
    precondition(Int(end - start) + count <= capacity)
    end += UInt64(count)
  }

  /// Bytes below `offset` are no longer needed but as history.
  mutating func release(to offset: UInt64) {
    precondition(offset >= released && offset <= end)
    released = offset
  }

  func view(isFinal: Bool) -> View {
    View(bytes: memory, start: start, end: end, isFinal: isFinal)
  }
}
