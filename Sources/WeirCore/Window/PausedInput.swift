/// An input between two calls: its last bytes, which later ones may look back at, and how far it is. A new one is an input that has yet to begin.
///
/// Its memory serves pause after pause, and is wiped when it is given back.
public struct PausedInput: ~Copyable {
  private let memory: UnsafeMutableRawBufferPointer
  private var historyCount = 0
  private(set) var progress = Decider.Progress()
  /// So far back the last mask stood, if there was one.
  private(set) var mask: MaskTail.Distance?

  public init() {
    memory = .allocate(byteCount: Window.historyBytes, alignment: 1)
  }

  deinit {
    memory.wipe()
    memory.deallocate()
  }

  /// So many bytes of the input have been.
  public var byteCount: UInt64 { progress.cleanBytes + progress.maskedBytes }

  /// What it takes in memory beside itself.
  public var footprintBytes: Int { memory.count }

  var history: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: memory[..<historyCount]) }

  mutating func keep(
    _ history: UnsafeRawBufferPointer, _ progress: Decider.Progress, mask: MaskTail.Distance?
  ) {
    memory.copyMemory(from: history)
    if history.count < historyCount {
      UnsafeMutableRawBufferPointer(rebasing: memory[history.count..<historyCount]).wipe()
    }
    historyCount = history.count
    self.progress = progress
    self.mask = mask
  }
}
