internal import CArchive

/// gzip, by zlib: 44 KiB of memory.
struct GzipDecoder: Decoder, ~Copyable {
  private let stream: UnsafeMutablePointer<z_stream>

  /// The largest window, and a header of gzip's.
  private static let windowBits: Int32 = 15 + 16

  init() throws(DecodingError) {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    let code = inflateInit2_(
      stream, Self.windowBits, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    guard code == Z_OK else { throw DecodingError(reason: "no memory for zlib") }
  }

  mutating func decode(
    _ input: UnsafeRawBufferPointer, into room: UnsafeMutableRawBufferPointer
  ) throws(DecodingError) -> DecodingStep {
    stream.pointee.next_in = UnsafeMutablePointer(
      mutating: input.assumingMemoryBound(to: UInt8.self).baseAddress)
    stream.pointee.avail_in = UInt32(input.count)
    stream.pointee.next_out = room.assumingMemoryBound(to: UInt8.self).baseAddress
    stream.pointee.avail_out = UInt32(room.count)
    let code = inflate(stream, Z_NO_FLUSH)
    let produced = room.count - Int(stream.pointee.avail_out)
    switch code {
    case Z_OK, Z_STREAM_END, Z_BUF_ERROR:
      return DecodingStep(
        consumed: input.count - Int(stream.pointee.avail_in), produced: produced,
        isAtEnd: code == Z_STREAM_END)
    default:
      let words = stream.pointee.msg.map { String(cString: $0) } ?? "error \(code) of zlib"
      throw DecodingError(reason: words, produced: produced)
    }
  }

  mutating func restart() throws(DecodingError) {
    guard inflateReset(stream) == Z_OK else { throw DecodingError(reason: "zlib does not restart") }
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
  }
}
