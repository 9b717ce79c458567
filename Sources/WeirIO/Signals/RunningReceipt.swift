internal import Glibc
internal import Synchronization
internal import WeirCore

/// The receipt so far, for SIGUSR1: it is shown on standard error at once, also while the command
/// waits for input or for a reader.
///
/// The handler writes it itself, so no call has to be interrupted. It shows the sums as they stood
/// after the last step of the scanner: between steps they agree, within one they may not.
public enum RunningReceipt {
  private struct State: ~Copyable {
    /// The one that `current` names is whole; the other is being written.
    var receipts = (Receipt(), Receipt())
    let current = Atomic<Int>(0)
    /// The inputs that have ended.
    var ended = Receipt()
    var endedCount: UInt64 = 0
    let line: UnsafeMutableBufferPointer<UInt8>
  }

  private static let head: StaticString = "weir: receipt so far: "

  /// Made before the handler is installed.
  nonisolated(unsafe) private static let state: UnsafeMutablePointer<State> = {
    let memory = UnsafeMutablePointer<State>.allocate(capacity: 1)
    memory.initialize(
      to: State(
        line: .allocate(
          capacity: Receipt.greatestTextBytes + head.utf8CodeUnitCount
            + Progress.wiping.utf8CodeUnitCount + 1)))
    return memory
  }()

  /// From here on SIGUSR1 shows the receipt, unless the parent had it ignored.
  public static func showOnSignal() {
    update(Receipt())
    guard !SignalHandler.isIgnored(SIGUSR1) else { return }
    SignalHandler.install({ _ in RunningReceipt.show() }, for: SIGUSR1, flags: SA_RESTART)
  }

  /// The receipt of the input being read, as it is now.
  static func update(_ receipt: Receipt) {
    var sum = state.pointee.ended
    sum.add(receipt)
    if state.pointee.current.load(ordering: .relaxed) == 0 {
      state.pointee.receipts.1 = sum
      state.pointee.current.store(1, ordering: .sequentiallyConsistent)
    } else {
      state.pointee.receipts.0 = sum
      state.pointee.current.store(0, ordering: .sequentiallyConsistent)
    }
    Progress.advance(to: sum.readBytes, inputCount: state.pointee.endedCount)
  }

  /// That input has ended, or so many.
  static func end(_ receipt: Receipt, inputCount: Int = 1) {
    state.pointee.ended.add(receipt)
    state.pointee.endedCount += UInt64(inputCount)
    update(Receipt())
  }

  /// Runs in the handler.
  private static func show() {
    let saved = errno
    var text = BoundedText(room: state.pointee.line)
    if Progress.isDrawn.load(ordering: .relaxed) { text.append(Progress.wiping) }
    text.append(head)
    if state.pointee.current.load(ordering: .sequentiallyConsistent) == 0 {
      state.pointee.receipts.0.write(to: &text)
    } else {
      state.pointee.receipts.1.write(to: &text)
    }
    text.append(UInt8(ascii: "\n"))
    SignalHandler.say(
      UnsafeRawBufferPointer(
        UnsafeMutableBufferPointer(rebasing: state.pointee.line[..<text.count])))
    errno = saved
  }
}
