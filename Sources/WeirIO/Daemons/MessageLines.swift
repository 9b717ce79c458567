internal import Glibc
internal import WeirCore

/// The lines of standard input, each whole: the messages that a log daemon gives its program, one at a time.
///
/// Holds one line, or what came with it; its memory is wiped when it is let go.
public struct MessageLines: ~Copyable {
  /// A longer line is refused.
  public static let mostBytes = 64 << 20
  private static let leastRoom = 1 << 16

  private var source: Source
  private var memory: UnsafeMutableRawBufferPointer
  /// Read and not yet given out: `[start, end)`, of which `[start, looked)` has no line feed.
  private var start = 0
  private var looked = 0
  private var end = 0

  public init() throws(InputError) {
    source = try Source(opening: .standardInput)
    memory = .allocate(byteCount: Self.leastRoom * 2, alignment: 1)
  }

  /// How many bytes stand behind the last line feed: at the end of input a message that was cut short.
  public var restBytes: Int { end - start }

  /// The next line without its line feed, valid until the next call; nil at the end of input.
  ///
  /// - Throws: also `interrupted`, when a signal asked to stop.
  public mutating func next() throws(InputError) -> UnsafeRawBufferPointer? {
    while true {
      if let feed = lineFeed() {
        let line = UnsafeRawBufferPointer(rebasing: memory[start..<feed])
        start = feed + 1
        looked = start
        return line
      }
      try makeRoom()
      let room = UnsafeMutableRawBufferPointer(rebasing: memory[end...])
      let count = try source.read(into: room)
      if count == 0 { return nil }
      end += count
    }
  }

  private mutating func lineFeed() -> Int? {
    guard looked < end, let base = memory.baseAddress else { return nil }
    let found = memchr(base + looked, 0x0A, end - looked)
    looked = end
    return found.map { UnsafeRawPointer($0) - UnsafeRawPointer(base) }
  }

  private mutating func makeRoom() throws(InputError) {
    if start == end { (start, looked, end) = (0, 0, 0) }
    if memory.count - end >= Self.leastRoom { return }
    let rest = UnsafeRawBufferPointer(rebasing: memory[start..<end])
    guard rest.count <= Self.mostBytes else {
      throw .tooLongLine(source.path, mostBytes: Self.mostBytes)
    }
    if rest.count + Self.leastRoom <= memory.count {
      memory.copyMemory(from: rest)
    } else {
      let larger = UnsafeMutableRawBufferPointer.allocate(
        byteCount: memory.count * 2, alignment: 1)
      larger.copyMemory(from: rest)
      memory.wipe()
      memory.deallocate()
      memory = larger
    }
    (start, looked, end) = (0, rest.count, rest.count)
  }

  deinit {
    memory.wipe()
    memory.deallocate()
  }
}
