internal import WeirCore

/// Where a stream's output and findings go in one call.
struct Delivery: Sink {
  private let mode: Engine.Stream.Mode
  private let engine: Engine
  private let onFinding: (Finding) -> Void
  private let onOutput: (RawSpan) -> Void
  private(set) var maskTextBytes: UInt64 = 0
  private(set) var findingCount: UInt64 = 0

  init(
    of stream: borrowing Engine.Stream, onFinding: @escaping (Finding) -> Void,
    onOutput: @escaping (RawSpan) -> Void
  ) {
    mode = stream.mode
    engine = stream.engine
    self.onFinding = onFinding
    self.onOutput = onOutput
  }

  mutating func clean(_ bytes: UnsafeRawBufferPointer) {
    if mode == .redact, !bytes.isEmpty { onOutput(bytes.bytes) }
  }

  mutating func finding(_ finding: WeirCore.Finding) {
    findingCount += 1
    onFinding(Finding(finding, ids: engine.ids))
  }

  mutating func mask(_ finding: WeirCore.Finding, byteCount: UInt64) {
    guard mode == .redact else { return }
    engine.mask.write(finding, byteCount: byteCount) { text in
      maskTextBytes += UInt64(text.count)
      onOutput(text.bytes)
    }
  }
}
