/// What stands before the packed files of an rpm: what it is, who made it, and the scripts that it runs.
final class RPMHeader: Contents {
  private static let leadBytes = 96
  private static let introBytes = 16

  private let upstream: Upstream
  private var bytes: [UInt8] = []
  private var given = 0

  /// Takes it from the front of `upstream`.
  ///
  /// - Throws: why there is none; then `upstream` begins anew.
  init(_ upstream: Upstream) throws(InputError) {
    self.upstream = upstream
    upstream.record()
    do throws(InputError) {
      try take(Self.leadBytes)
      // The signature, filled up to eight bytes, and the header proper.
      try takeSection()
      try take((8 - (bytes.count - Self.leadBytes) % 8) % 8)
      try takeSection()
    } catch {
      upstream.rewind()
      throw error
    }
    upstream.forget()
  }

  /// A mark, the number of entries of 16 bytes, the number of bytes behind them.
  private func takeSection() throws(InputError) {
    let start = bytes.count
    try take(Self.introBytes)
    guard bytes[start..<start + 4] == [0x8E, 0xAD, 0xE8, 0x01] else {
      throw damage("no header of rpm")
    }
    func number(at place: Int) -> Int {
      bytes[start + place..<start + place + 4].reduce(0) { $0 << 8 | Int($1) }
    }
    try take(number(at: 8) * 16 + number(at: 12))
  }

  private func take(_ count: Int) throws(InputError) {
    guard bytes.count + count <= Upstream.mostHeldBytes else { throw damage("it makes no sense") }
    let room = UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: 1)
    defer { room.deallocate() }
    var end = 0
    while end < count {
      let more = try upstream.read(into: UnsafeMutableRawBufferPointer(rebasing: room[end...]))
      guard more > 0 else { throw damage("it ends too early") }
      end += more
    }
    bytes += room
  }

  private func damage(_ reason: String) -> InputError { .packed(upstream.path, .damaged(reason)) }

  var isReady: Bool { true }

  func read(into room: UnsafeMutableRawBufferPointer) throws(InputError) -> Int {
    let count = min(bytes.count - given, room.count)
    room.copyBytes(from: bytes[given..<given + count])
    given += count
    return count
  }
}
