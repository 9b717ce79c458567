internal import Glibc
internal import WeirCore

/// What a git says, in pieces that end with a given byte or have a given length.
final class GitOutput {
  private static let roomBytes = 1 << 17
  /// Longer names are none.
  private static let mostFieldBytes = 1 << 20

  private var descriptor: Int32
  private var room = UnsafeMutableRawBufferPointer.allocate(byteCount: roomBytes, alignment: 16)
  private var start = 0
  private var end = 0

  init(_ descriptor: Int32) { self.descriptor = descriptor }

  /// Reading would not wait.
  var isReady: Bool { start < end || Descriptor.isReady(descriptor) }

  /// The bytes up to the next `mark`, without it; valid until the next call.
  ///
  /// - Returns: nil where there is no further mark.
  func field(endingWith mark: UInt8) -> UnsafeRawBufferPointer? {
    var searched = 0
    while true {
      if start + searched < end,
        let found = memchr(
          room.baseAddress! + start + searched, Int32(mark), end - start - searched)
      {
        let field = room[start..<(found - UnsafeMutableRawPointer(room.baseAddress!))]
        start = field.endIndex + 1
        return UnsafeRawBufferPointer(rebasing: field)
      }
      searched = end - start
      guard fill() else { return nil }
    }
  }

  /// The next byte, which stays there; nil at the end.
  func peek() -> UInt8? {
    start < end || fill() ? room[start] : nil
  }

  /// Passes over what was read already, up to `most` bytes.
  ///
  /// - Returns: how many.
  func skip(_ most: Int) -> Int {
    let count = min(most, end - start)
    start += count
    return count
  }

  /// Up to `most` bytes into `target`, waiting for at least one; 0 at the end.
  func read(into target: UnsafeMutableRawBufferPointer, most: Int) -> Int {
    let wanted = min(most, target.count)
    if start == end {
      // What is long goes where it is needed at once.
      if wanted >= room.count { return read(target.baseAddress!, wanted) }
      guard fill() else { return 0 }
    }
    let count = min(wanted, end - start)
    target.copyMemory(from: UnsafeRawBufferPointer(rebasing: room[start..<start + count]))
    start += count
    return count
  }

  /// Reads more behind what is there.
  private func fill() -> Bool {
    if start > 0 {
      memmove(room.baseAddress!, room.baseAddress! + start, end - start)
      (start, end) = (0, end - start)
    }
    if end == room.count {
      guard room.count < Self.mostFieldBytes else { return false }
      let wider = UnsafeMutableRawBufferPointer.allocate(
        byteCount: room.count * 2, alignment: 16)
      wider.copyMemory(from: UnsafeRawBufferPointer(room))
      room.wipe()
      room.deallocate()
      room = wider
    }
    let count = read(room.baseAddress! + end, room.count - end)
    end += count
    return count > 0
  }

  private func read(_ target: UnsafeMutableRawPointer, _ count: Int) -> Int {
    while true {
      if Interruption.isAsked { return 0 }
      let read = Glibc.read(descriptor, target, count)
      if read >= 0 { return read }
      guard errno == EINTR else { return 0 }
    }
  }

  /// Nobody reads any more.
  func close() {
    guard descriptor >= 0 else { return }
    _ = Glibc.close(descriptor)
    descriptor = -1
  }

  deinit {
    close()
    room.wipe()
    room.deallocate()
  }
}
