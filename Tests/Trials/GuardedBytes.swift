import Glibc

/// Memory behind which nothing may be read: whoever does ends the process.
package final class GuardedBytes {
  private let memory: UnsafeMutableRawPointer
  private let pageBytes = Int(getpagesize())

  /// - Returns: nil when the system gives none.
  package init?() {
    let size = 2 * Int(getpagesize())
    guard let memory = mmap(nil, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
      memory != MAP_FAILED
    else { return nil }
    self.memory = memory
    mprotect(memory + pageBytes, pageBytes, PROT_NONE)
  }

  /// Puts a text of at most a page at the end. Valid until the next one.
  package func place(_ text: some Collection<UInt8>) -> UnsafeRawBufferPointer {
    precondition(text.count <= pageBytes)
    let room = UnsafeMutableRawBufferPointer(
      start: memory + pageBytes - text.count, count: text.count)
    room.copyBytes(from: text)
    return UnsafeRawBufferPointer(room)
  }

  deinit { munmap(memory, 2 * pageBytes) }
}
