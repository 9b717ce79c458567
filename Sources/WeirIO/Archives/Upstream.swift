internal import Glibc

/// The bytes to be unpacked: those that were read to know how, then the rest of their source.
final class Upstream: Contents {
  static let mostHeldBytes = 1 << 26
  static let blockBytes = 1 << 17

  private var source: Source
  private let isOutermost: Bool
  let allowance: Allowance
  private var head: [UInt8]
  private var headOffset = 0
  /// What is read is kept, to be read again.
  private var isRecording = false
  private var recorded: [UInt8] = []
  /// The whole is in `head`.
  private var isHeld = false

  init(_ source: consuming Source, head: [UInt8], allowance: Allowance) {
    self.source = source
    self.head = head
    self.allowance = allowance
    isOutermost = !self.source.isUnpacked
    if isOutermost { allowance.add(packedBytes: head.count) }
  }

  var path: Path { source.path }

  var isReady: Bool { headOffset < head.count || isHeld || source.isReady }

  func read(into room: UnsafeMutableRawBufferPointer) throws(InputError) -> Int {
    var count = min(head.count - headOffset, room.count)
    if count > 0 {
      head.withUnsafeBytes { bytes in
        room.copyMemory(
          from: UnsafeRawBufferPointer(rebasing: bytes[headOffset..<headOffset + count]))
      }
      headOffset += count
      if !isHeld, headOffset == head.count { (head, headOffset) = ([], 0) }
    } else if !isHeld {
      count = try source.read(into: room)
      if isOutermost { allowance.add(packedBytes: count) }
    }
    if isRecording, !source.isSeekable {
      recorded += UnsafeRawBufferPointer(rebasing: room[..<count])
    }
    return count
  }
}

// Reading twice.
extension Upstream {
  /// Remembers what is read from now on until `forget`, for `rewind`.
  func record() { isRecording = true }

  func forget() {
    isRecording = false
    recorded = []
  }

  /// What was read since `record` comes again.
  func rewind() {
    if !isHeld, !source.isSeekable {
      head = recorded + Array(head[headOffset...])
    } else if !isHeld, source.seek(to: 0, from: SEEK_SET) != nil {
      head = []
    }
    headOffset = 0
    forget()
  }
}

// Going to a place.
extension Upstream {
  /// Makes `seek` possible: a file has places, of anything else the whole is held.
  ///
  /// - Returns: false when it is too long.
  func hold() throws(InputError) -> Bool {
    if source.isSeekable { return true }
    let room = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.blockBytes, alignment: 64)
    defer { room.deallocate() }
    while head.count <= Self.mostHeldBytes {
      let count = try source.read(into: room)
      if isOutermost { allowance.add(packedBytes: count) }
      if count == 0 {
        isHeld = true
        return true
      }
      head += UnsafeRawBufferPointer(rebasing: room[..<count])
    }
    return false
  }

  /// - Returns: the new place; nil when there is none such.
  func seek(to offset: Int64, from origin: Int32) -> Int64? {
    guard isHeld else {
      (head, headOffset) = ([], 0)
      return source.seek(to: offset, from: origin)
    }
    let start =
      switch origin {
      case SEEK_CUR: Int64(headOffset)
      case SEEK_END: Int64(head.count)
      default: Int64(0)
      }
    let (place, overflow) = start.addingReportingOverflow(offset)
    guard !overflow, (0...Int64(head.count)).contains(place) else { return nil }
    headOffset = Int(place)
    return place
  }
}
