/// An input that turned out to be packed: how, and what was read of it to know that.
public struct Packed: Sendable {
  let packing: Packing
  let head: [UInt8]

  /// What the way is called: `gzip`.
  public var name: String { packing.name }
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
