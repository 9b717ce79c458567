internal import WeirCore

/// One message on its way out. Its memory grows with the longest one, and is wiped when it is let go.
struct MessageText: Sink, ~Copyable {
  private let mask: MaskWriter
  private var memory = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 14, alignment: 1)
  private var byteCount = 0
  private(set) var findingCount: UInt64 = 0

  init(mask: MaskWriter) { self.mask = mask }

  var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: memory[..<byteCount]) }

  mutating func removeAll() {
    byteCount = 0
    findingCount = 0
  }

  mutating func clean(_ bytes: UnsafeRawBufferPointer) {
    room(for: bytes.count).copyMemory(from: bytes)
    byteCount += bytes.count
  }

  mutating func finding(_ finding: Finding) { findingCount += 1 }

  mutating func mask(_ finding: Finding, byteCount count: UInt64) {
    if mask.style == .stars {
      let stars = UnsafeMutableRawBufferPointer(rebasing: room(for: Int(count))[..<Int(count)])
      stars.initializeMemory(as: UInt8.self, repeating: UInt8(ascii: "*"))
      byteCount += Int(count)
    } else {
      byteCount += mask.write(
        finding, into: room(for: MaskWriter.greatestBytes).assumingMemoryBound(to: UInt8.self))
    }
  }

  /// Room for at least so many bytes more.
  private mutating func room(for count: Int) -> UnsafeMutableRawBufferPointer {
    if memory.count - byteCount < count {
      let larger = UnsafeMutableRawBufferPointer.allocate(
        byteCount: max(memory.count * 2, byteCount + count), alignment: 1)
      larger.copyMemory(from: bytes)
      memory.wipe()
      memory.deallocate()
      memory = larger
    }
    return UnsafeMutableRawBufferPointer(rebasing: memory[byteCount...])
  }

  deinit {
    memory.wipe()
    memory.deallocate()
  }
}
