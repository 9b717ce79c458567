internal import CArchive

/// bzip2: 4 MiB of memory.
struct Bzip2Decoder: Decoder, ~Copyable {
  private let stream: UnsafeMutablePointer<bz_stream>

  init() throws(DecodingError) {
    stream = .allocate(capacity: 1)
    stream.initialize(to: bz_stream())
    try start()
  }

  private func start() throws(DecodingError) {
    guard BZ2_bzDecompressInit(stream, 0, 0) == BZ_OK else {
      throw DecodingError(reason: "no memory for bzip2")
    }
  }

  mutating func decode(
    _ input: UnsafeRawBufferPointer, into room: UnsafeMutableRawBufferPointer
  ) throws(DecodingError) -> DecodingStep {
    stream.pointee.next_in = UnsafeMutablePointer(
      mutating: input.assumingMemoryBound(to: CChar.self).baseAddress)
    stream.pointee.avail_in = UInt32(input.count)
    stream.pointee.next_out = room.assumingMemoryBound(to: CChar.self).baseAddress
    stream.pointee.avail_out = UInt32(room.count)
    let code = BZ2_bzDecompress(stream)
    let produced = room.count - Int(stream.pointee.avail_out)
    guard code == BZ_OK || code == BZ_STREAM_END else {
      throw DecodingError(
        reason: code == BZ_MEM_ERROR ? "no memory" : "the data are not what they were",
        produced: produced)
    }
    return DecodingStep(
      consumed: input.count - Int(stream.pointee.avail_in), produced: produced,
      isAtEnd: code == BZ_STREAM_END)
  }

  mutating func restart() throws(DecodingError) {
    BZ2_bzDecompressEnd(stream)
    try start()
  }

  deinit {
    BZ2_bzDecompressEnd(stream)
    stream.deallocate()
  }
}
