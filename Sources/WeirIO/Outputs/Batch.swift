internal import Glibc

/// Slices that wait for one `writev`, and the memory for the mask texts among them. Of fixed size,
/// allocated once.
///
/// Clean slices stay in the scanner's window; nothing of them is copied.
struct Batch: ~Copyable {
  enum Kind { case clean, mask }

  static let mostVectors = 512
  static let arenaBytes = 1 << 16

  private let vectors: UnsafeMutablePointer<iovec>
  private let kinds: UnsafeMutablePointer<Kind>
  private let arena: UnsafeMutablePointer<UInt8>
  private var first = 0
  private var end = 0
  private var arenaUsed = 0

  init() {
    vectors = .allocate(capacity: Self.mostVectors)
    kinds = .allocate(capacity: Self.mostVectors)
    arena = .allocate(capacity: Self.arenaBytes)
  }

  var isEmpty: Bool { first == end }
  var hasRoom: Bool { end < Self.mostVectors }

  /// The rest of the arena: to write a mask text into, then to append what was written.
  var arenaRest: UnsafeMutableBufferPointer<UInt8> {
    UnsafeMutableBufferPointer(start: arena + arenaUsed, count: Self.arenaBytes - arenaUsed)
  }

  /// Takes the first `count` bytes of the arena's rest as a mask text.
  mutating func appendArena(count: Int) {
    let text = UnsafeRawBufferPointer(start: arena + arenaUsed, count: count)
    arenaUsed += count
    append(text, .mask)
  }

  /// Takes a slice that stays where it is until the batch is empty.
  mutating func append(_ bytes: UnsafeRawBufferPointer, _ kind: Kind) {
    guard bytes.count > 0 else { return }
    precondition(hasRoom)
    vectors[end] = iovec(
      iov_base: UnsafeMutableRawPointer(mutating: bytes.baseAddress), iov_len: bytes.count)
    kinds[end] = kind
    end += 1
  }

  /// Writes some of it.
  mutating func write(to file: inout OutputFile) throws(OutputError) {
    var written = try file.write(vectors + first, count: end - first)
    while first < end, written >= vectors[first].iov_len {
      written -= vectors[first].iov_len
      first += 1
    }
    if written > 0 {
      vectors[first].iov_base += written
      vectors[first].iov_len -= written
    }
    if isEmpty { reset() }
  }

  /// Gives up what is left.
  ///
  /// - Returns: its bytes by kind.
  mutating func drop() -> (cleanBytes: UInt64, maskBytes: UInt64) {
    var dropped: (cleanBytes: UInt64, maskBytes: UInt64) = (0, 0)
    for index in first..<end {
      switch kinds[index] {
      case .clean: dropped.cleanBytes += UInt64(vectors[index].iov_len)
      case .mask: dropped.maskBytes += UInt64(vectors[index].iov_len)
      }
    }
    reset()
    return dropped
  }

  private mutating func reset() {
    first = 0
    end = 0
    arenaUsed = 0
  }

  deinit {
    vectors.deallocate()
    kinds.deallocate()
    arena.deallocate()
  }
}
