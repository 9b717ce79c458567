internal import CArchive

/// lz4 frames: 8 MiB of memory at most.
struct LZ4Decoder: Decoder, ~Copyable {
  private let stream: OpaquePointer

  init() throws(DecodingError) {
    var stream: OpaquePointer?
    let code = LZ4F_createDecompressionContext(&stream, UInt32(LZ4F_VERSION))
    guard LZ4F_isError(code) == 0, let stream else {
      throw DecodingError(reason: "no memory for lz4")
    }
    self.stream = stream
  }

  mutating func decode(
    _ input: UnsafeRawBufferPointer, into room: UnsafeMutableRawBufferPointer
  ) throws(DecodingError) -> DecodingStep {
    var consumed = input.count
    var produced = room.count
    let code = LZ4F_decompress(
      stream, room.baseAddress!, &produced, input.baseAddress, &consumed, nil)
    guard LZ4F_isError(code) == 0 else {
      throw DecodingError(reason: String(cString: LZ4F_getErrorName(code)))
    }
    return DecodingStep(consumed: consumed, produced: produced, isAtEnd: code == 0)
  }

  mutating func restart() throws(DecodingError) { LZ4F_resetDecompressionContext(stream) }

  deinit { LZ4F_freeDecompressionContext(stream) }
}
