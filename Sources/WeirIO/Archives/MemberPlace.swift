/// Where the reading of a member stands: a block of libarchive's, and the zeros of a hole in front of it.
struct MemberPlace {
  /// Of the member, so many bytes have been given.
  private(set) var offset: UInt64 = 0
  private var holeBytes: UInt64 = 0
  private var block = UnsafeRawBufferPointer(start: nil, count: 0)
  /// No block comes any more.
  var isAtEnd = false
  /// Why not; to be told when the last block has been given.
  var failure: InputError?
  /// Nothing more may be given.
  var error: InputError?

  var isEmpty: Bool { holeBytes == 0 && block.isEmpty }

  /// - Parameter block: stays where it is until the next one is asked for.
  mutating func add(_ block: UnsafeRawBufferPointer, at start: Int64) {
    // A start that lies behind what has been given is nonsense: the bytes are looked at nevertheless.
    holeBytes = UInt64(max(start, 0)) > offset ? UInt64(max(start, 0)) - offset : 0
    self.block = block
  }

  mutating func take(into room: UnsafeMutableRawBufferPointer) -> Int {
    var count = Int(min(holeBytes, UInt64(room.count)))
    UnsafeMutableRawBufferPointer(rebasing: room[..<count])
      .initializeMemory(as: UInt8.self, repeating: 0)
    holeBytes -= UInt64(count)
    let copied = min(block.count, room.count - count)
    if holeBytes == 0, copied > 0 {
      UnsafeMutableRawBufferPointer(rebasing: room[count...])
        .copyMemory(from: UnsafeRawBufferPointer(rebasing: block[..<copied]))
      block = UnsafeRawBufferPointer(rebasing: block[copied...])
      count += copied
    }
    offset += UInt64(count)
    if isEmpty { error = failure }
    return count
  }
}
