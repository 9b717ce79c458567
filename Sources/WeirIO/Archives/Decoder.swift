/// Undoes one way of compression, a stretch at a time.
protocol Decoder: ~Copyable {
  init() throws(DecodingError)

  /// Takes bytes from the front of `input` and gives bytes into `room`.
  mutating func decode(
    _ input: UnsafeRawBufferPointer, into room: UnsafeMutableRawBufferPointer
  ) throws(DecodingError) -> DecodingStep

  /// Another stream follows the one that ended.
  mutating func restart() throws(DecodingError)
}

/// What a decoder took and gave. It ended when the stream did; another may follow.
struct DecodingStep {
  var consumed: Int
  var produced: Int
  var isAtEnd: Bool
}

/// What is wrong with a stream. What had been given into the room stays good.
struct DecodingError: Error {
  let reason: String
  var produced = 0
}
