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

  /// So far apart are the offsets of two inputs: more than a unit of any coding is wide, so that no grid counts below 0 in the second one.
  private static let gapBytes: UInt64 = 64

  /// Of its catalogue what is undecided at most.
  private let heldBytes: Int
  private var memory: WindowMemory
  /// Where in the memory the byte at `start` stands.
  private var origin = 0
  private(set) var start: UInt64 = 0
  private(set) var end: UInt64 = 0
  private(set) var released: UInt64 = 0
  /// The offset of the first byte of the input. Of one that was paused it may have wrapped round.
  private(set) var inputStart: UInt64 = 0
  /// No byte of the memory behind was used.
  private var usedBytes = 0

  init(heldBytes: Int = mostHeldBytes) {
    self.heldBytes = heldBytes
    memory = WindowMemory(capacity: Self.historyBytes + heldBytes)
  }

  /// Another input comes. Its offsets begin behind all that were: what is known of those is known of none of its bytes.
  mutating func restart() {
    memory.wipe(usedBytes)
    origin = 0
    start = end + Self.gapBytes
    inputStart = start
    end = start
    released = start
    usedBytes = 0
  }

  /// An input goes on, of which so many bytes have been and these came last. To be called behind `restart`.
  mutating func resume(behind history: UnsafeRawBufferPointer, offset: UInt64) {
    precondition(history.count <= Self.historyBytes && start == end)
    UnsafeMutableRawBufferPointer(start: memory.bytes, count: history.count).copyMemory(
      from: history)
    end = start + UInt64(history.count)
    released = end
    inputStart = end &- offset
    usedBytes = history.count
  }

  /// What it takes in memory.
  var footprintBytes: Int { memory.capacity }

  /// What `resume` needs of an input of which nothing is held.
  var history: UnsafeRawBufferPointer {
    let first = max(start, end - min(end, UInt64(Self.historyBytes)))
    return view(isFinal: false)[first..<end]
  }

  /// Room for `count` more bytes behind the last one.
  mutating func room(for count: Int) -> UnsafeMutableRawBufferPointer {
    let keepFrom = keepFrom
    let kept = Int(end - keepFrom)
    if kept + count > memory.capacity {
      // For the next chunk of this size too, however much is held then.
      let capacity = max(kept, Self.historyBytes + heldBytes) + count
      move(to: WindowMemory(capacity: capacity), keepingFrom: keepFrom, at: 0)
    } else if origin + Int(end - start) + count > memory.capacity {
      move(to: memory, keepingFrom: keepFrom, at: 0)
    }
    return UnsafeMutableRawBufferPointer(
      start: memory.bytes + origin + Int(end - start), count: count)
  }

  /// The bytes of a block follow the last one: where they stand, behind what is carried to them. The block gets the
  /// window's memory in exchange.
  mutating func take(_ block: Block) {
    precondition(block.start == end)
    let keepFrom = keepFrom
    let kept = Int(end - keepFrom)
    let old = memory
    move(to: block.memory, keepingFrom: keepFrom, at: block.frontBytes - kept)
    block.memory = old
    end += UInt64(block.count)
    usedBytes = memory.capacity
  }

  private var keepFrom: UInt64 {
    max(start, released > UInt64(Self.historyBytes) ? released - UInt64(Self.historyBytes) : 0)
  }

  private mutating func move(to fresh: WindowMemory, keepingFrom offset: UInt64, at place: Int) {
    precondition(place >= 0, "more is undecided than shapes allow")
    (fresh.bytes + place).update(
      from: memory.bytes + origin + Int(offset - start), count: Int(end - offset))
    if fresh !== memory { usedBytes = 0 }
    memory = fresh
    usedBytes = max(usedBytes, place + Int(end - offset))
    origin = place
    start = offset
  }

  /// `count` bytes were written into the room.
  mutating func append(count: Int) {
    precondition(origin + Int(end - start) + count <= memory.capacity)
    end += UInt64(count)
    usedBytes = max(usedBytes, origin + Int(end - start))
  }

  /// Bytes below `offset` are no longer needed but as history.
  mutating func release(to offset: UInt64) {
    precondition(offset >= released && offset <= end)
    released = offset
  }

  func view(isFinal: Bool) -> View {
    View(
      bytes: memory.bytes + origin, start: start, end: end, isFirst: start == inputStart,
      isFinal: isFinal)
  }
}
