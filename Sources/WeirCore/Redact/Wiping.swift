internal import CSodium

/// Bytes that are nobody else's business. Wiped when the last owner lets go.
final class WipedBytes: @unchecked Sendable {
  let bytes: UnsafeRawBufferPointer

  init(copying source: UnsafeRawBufferPointer) {
    let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: source.count, alignment: 1)
    memory.copyMemory(from: source)
    bytes = UnsafeRawBufferPointer(memory)
  }

  deinit {
    let memory = UnsafeMutableRawBufferPointer(mutating: bytes)
    memory.wipe()
    memory.deallocate()
  }
}

/// What functions that have returned left on the stack: of a hash the last block, of a search the last bytes.
enum DeadStack {
  /// More than a scan ever takes.
  private static let byteCount = 1 << 15

  /// Zeros in its place, as seen from the caller.
  @inline(never)
  static func wipe() { sodium_stackzero(byteCount) }
}

extension UnsafeMutableRawBufferPointer {
  /// Zeros that the compiler may not leave out, though nobody reads them.
  package func wipe() {
    if let baseAddress { sodium_memzero(baseAddress, count) }
  }
}

extension Array<UInt8> {
  /// Of an array that has not been copied, and has not grown beyond what was reserved: a growing one
  /// leaves its bytes behind.
  mutating func wipe() {
    withUnsafeMutableBytes { $0.wipe() }
  }
}
