internal import CArchive

/// xz, by liblzma: the memory that the stream asks for, which is at most `mostMemoryBytes`.
struct XzDecoder: Decoder, ~Copyable {
  /// `xz -9` asks for 65 MiB.
  private static let mostMemoryBytes: UInt64 = 1 << 28

  private let stream: UnsafeMutablePointer<lzma_stream>

  init() throws(DecodingError) {
    stream = .allocate(capacity: 1)
    stream.initialize(to: lzma_stream())
    try restart()
  }

  mutating func decode(
    _ input: UnsafeRawBufferPointer, into room: UnsafeMutableRawBufferPointer
  ) throws(DecodingError) -> DecodingStep {
    stream.pointee.next_in = input.assumingMemoryBound(to: UInt8.self).baseAddress
    stream.pointee.avail_in = input.count
    stream.pointee.next_out = room.assumingMemoryBound(to: UInt8.self).baseAddress
    stream.pointee.avail_out = room.count
    let code = lzma_code(stream, LZMA_RUN)
    let produced = room.count - stream.pointee.avail_out
    switch code {
    case LZMA_OK, LZMA_STREAM_END, LZMA_BUF_ERROR:
      return DecodingStep(
        consumed: input.count - stream.pointee.avail_in, produced: produced,
        isAtEnd: code == LZMA_STREAM_END)
    default: throw DecodingError(reason: Self.words(for: code), produced: produced)
    }
  }

  private static func words(for code: lzma_ret) -> String {
    switch code {
    case LZMA_DATA_ERROR: "the data are not what they were"
    case LZMA_FORMAT_ERROR: "no header of xz"
    case LZMA_MEM_ERROR: "no memory"
    case LZMA_MEMLIMIT_ERROR: "it asks for more than \(mostMemoryBytes >> 20) MiB of memory"
    case LZMA_OPTIONS_ERROR: "it asks for what liblzma cannot do"
    default: "error \(code.rawValue) of liblzma"
    }
  }

  mutating func restart() throws(DecodingError) {
    let code = lzma_stream_decoder(stream, Self.mostMemoryBytes, 0)
    guard code == LZMA_OK else { throw DecodingError(reason: Self.words(for: code)) }
  }

  deinit {
    lzma_end(stream)
    stream.deallocate()
  }
}
