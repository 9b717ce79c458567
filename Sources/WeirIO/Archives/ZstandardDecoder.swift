internal import CArchive

/// zstd: the memory that the frame asks for, which is at most 128 MiB, as with the tool.
struct ZstandardDecoder: Decoder, ~Copyable {
  private let stream: OpaquePointer

  init() throws(DecodingError) {
    guard let stream = ZSTD_createDStream() else {
      throw DecodingError(reason: "no memory for zstd")
    }
    self.stream = stream
  }

  mutating func decode(
    _ input: UnsafeRawBufferPointer, into room: UnsafeMutableRawBufferPointer
  ) throws(DecodingError) -> DecodingStep {
    var taken = ZSTD_inBuffer(src: input.baseAddress, size: input.count, pos: 0)
    var given = ZSTD_outBuffer(dst: room.baseAddress, size: room.count, pos: 0)
    let code = ZSTD_decompressStream(stream, &given, &taken)
    guard ZSTD_isError(code) == 0 else {
      throw DecodingError(reason: String(cString: ZSTD_getErrorName(code)), produced: given.pos)
    }
    return DecodingStep(consumed: taken.pos, produced: given.pos, isAtEnd: code == 0)
  }

  /// The next frame is begun without being told.
  mutating func restart() throws(DecodingError) {}

  deinit { ZSTD_freeDStream(stream) }
}
