/// Bytes that come out of something packed: what a `Source` reads that has no descriptor.
protocol Unpacked: AnyObject {
  /// A read would not wait for input.
  var isReady: Bool { get }

  /// Fills `room` as far as there are bytes at hand.
  ///
  /// - Returns: 0 at the end. What was unpacked before an error has been given before it is thrown.
  func read(into room: UnsafeMutableRawBufferPointer) throws(InputError) -> Int
}

/// An input that turned out to be packed: how, and what was read of it to know that.
public struct Packed: Sendable {
  let packing: Packing
  let head: [UInt8]
}

/// What to do with an input that is packed.
public enum PackedInputs: Sendable {
  /// Its bytes are taken as they are.
  case taken
  /// The same, and it is said that nobody looked inside.
  case told
  /// It is handed back, to be unpacked.
  case handedBack
}
