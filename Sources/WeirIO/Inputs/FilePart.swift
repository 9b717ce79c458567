internal import Glibc

/// Bytes of a file from some place on, that any thread may read.
struct FilePart: Sendable {
  let descriptor: Int32
  let place: Int64

  /// Fills the room with what begins `before` bytes before the place.
  ///
  /// - Returns: false when there is less, or a read fails or is interrupted.
  func read(before: Int, into room: UnsafeMutableRawBufferPointer) -> Bool {
    pread(descriptor, room.baseAddress, room.count, Int(place) - before) == room.count
  }
}
