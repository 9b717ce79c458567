/// An input between two calls: its last bytes, which later ones may look back at, and how far it is. Wiped when nobody needs it any more.
public struct PausedInput: Sendable {
  let history: WipedBytes
  let progress: Decider.Progress
  /// So far back the last mask ended, if there was one.
  let bytesBehindMask: UInt64?

  /// So many bytes of the input have been.
  public var byteCount: UInt64 { progress.cleanBytes + progress.maskedBytes }

  /// What it takes in memory.
  public var footprintBytes: Int { MemoryLayout<Self>.size + history.bytes.count }
}
