/// Memory that bytes of an input stand in, wiped when it is given back.
final class WindowMemory {
  let bytes: UnsafeMutablePointer<UInt8>
  let capacity: Int

  init(capacity: Int) {
    self.capacity = capacity
    bytes = .allocate(capacity: capacity)
  }

  func wipe(_ count: Int) {
    UnsafeMutableRawBufferPointer(start: bytes, count: count).wipe()
  }

  deinit {
    wipe(capacity)
    bytes.deallocate()
  }
}
