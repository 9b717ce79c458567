/// Bytes that wait to be taken. Stars are counted, not kept: a secret may be longer than memory.
struct OutputQueue {
  private enum Segment {
    case bytes(count: Int)
    case stars(count: UInt64)
  }

  private var bytes: [UInt8] = []
  private var firstByte = 0
  private var segments: [Segment] = []
  private var firstSegment = 0
  private(set) var byteCount: UInt64 = 0

  var footprintBytes: Int { bytes.capacity + segments.capacity * MemoryLayout<Segment>.stride }

  mutating func append(_ new: UnsafeRawBufferPointer) {
    if new.isEmpty { return }
    bytes.append(contentsOf: new)
    byteCount += UInt64(new.count)
    if case .bytes(let count) = segments.last, firstSegment < segments.count {
      segments[segments.count - 1] = .bytes(count: count + new.count)
    } else {
      segments.append(.bytes(count: new.count))
    }
  }

  mutating func append(stars count: UInt64) {
    byteCount += count
    segments.append(.stars(count: count))
  }

  mutating func take(into room: UnsafeMutableRawBufferPointer) -> Int {
    var used = 0
    while used < room.count, firstSegment < segments.count {
      let rest = UnsafeMutableRawBufferPointer(rebasing: room[used...])
      switch segments[firstSegment] {
      case .bytes(let count):
        let taken = min(count, rest.count)
        bytes.withUnsafeBytes {
          rest.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[firstByte..<firstByte + taken]))
        }
        firstByte += taken
        used += taken
        segments[firstSegment] = .bytes(count: count - taken)
        if taken == count { firstSegment += 1 }
      case .stars(let count):
        let taken = Int(min(count, UInt64(rest.count)))
        UnsafeMutableRawBufferPointer(rebasing: rest[..<taken])
          .initializeMemory(as: UInt8.self, repeating: UInt8(ascii: "*"))
        used += taken
        segments[firstSegment] = .stars(count: count - UInt64(taken))
        if UInt64(taken) == count { firstSegment += 1 }
      }
    }
    byteCount -= UInt64(used)
    if firstSegment == segments.count {
      // An empty one takes no memory: there may be tens of thousands.
      self = OutputQueue()
    }
    return used
  }
}
