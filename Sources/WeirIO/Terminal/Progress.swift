internal import Glibc
internal import Synchronization

/// How far a long run has come: one line on a terminal, written anew in its place, and wiped before anything else is written there.
///
/// Nothing runs beside the scan for it: when a block or an input has been scanned, it looks at the clock.
public enum Progress {
  /// What takes less needs none.
  private static let patienceNanoseconds: UInt64 = 1_000_000_000
  private static let pauseNanoseconds: UInt64 = 200_000_000
  /// To the beginning of the line, and out with the rest of it.
  static let wiping: StaticString = "\r\u{1B}[K"

  private struct State {
    let stopwatch = Stopwatch()
    /// It is not drawn before.
    var dueAt = patienceNanoseconds
    var wholeBytes: UInt64?
    /// Findings are written where it stands.
    var sharesOutput = false
  }

  private static let state = Mutex(State())
  private static let isOn = Atomic<Bool>(false)
  /// It stands on the terminal now. Handlers of signals ask too.
  static let isDrawn = Atomic<Bool>(false)

  /// From here on it is shown, if standard error is a terminal that nobody else uses: no person who types the input, and no program that standard output
  /// is piped to, for that may be `less`.
  ///
  /// - Parameter paths: what will be read; empty where that is no files.
  public static func begin(reading paths: [Path]) {
    guard Terminal.errors.isObedient, !Descriptor.isPipe(STDOUT_FILENO) else { return }
    if paths.contains(where: \.isStandardInput), isatty(STDIN_FILENO) == 1 { return }
    state.withLock {
      $0 = State(
        wholeBytes: Path.wholeBytes(of: paths), sharesOutput: Terminal.output.isThere)
    }
    isOn.store(true, ordering: .relaxed)
  }

  /// What is packed is longer than its file.
  public static func forgetWhole() {
    guard isOn.load(ordering: .relaxed) else { return }
    state.withLock { $0.wholeBytes = nil }
  }

  /// The run has come so far.
  static func advance(to readBytes: UInt64, inputCount: UInt64) {
    guard isOn.load(ordering: .relaxed) else { return }
    state.withLock { state in
      let now = state.stopwatch.nanoseconds
      guard now >= state.dueAt, !Interruption.isAsked, !Terminal.errors.isOthers else { return }
      state.dueAt = now + pauseNanoseconds
      let text = ProgressText(
        inputCount: inputCount, readBytes: readBytes, wholeBytes: state.wholeBytes,
        nanoseconds: now)
      // In the last column some terminals begin the next line.
      let columns = Terminal.errors.columnCount - 1
      isDrawn.store(true, ordering: .relaxed)
      StandardError.draw(Array("\r\(text.text(columnCount: columns))\u{1B}[K".utf8))
    }
  }

  /// To be called before findings are written to standard output.
  static func wipeForOutput() {
    guard isDrawn.load(ordering: .relaxed), state.withLock({ $0.sharesOutput }) else { return }
    wipe()
  }

  /// To be called before anything else is written to standard error.
  static func wipe() {
    guard isDrawn.exchange(false, ordering: .relaxed) else { return }
    StandardError.draw(Array("\(wiping)".utf8))
  }

  /// It is not shown any more.
  public static func end() {
    isOn.store(false, ordering: .relaxed)
    wipe()
  }
}

extension Path {
  /// The bytes of all of them, if all are files.
  fileprivate static func wholeBytes(of paths: [Path]) -> UInt64? {
    var sum: UInt64 = 0
    for path in paths {
      var status = stat()
      let isKnown =
        path.isStandardInput
        ? fstat(STDIN_FILENO, &status) == 0 : path.withCString { stat($0, &status) } == 0
      guard isKnown, status.st_mode & S_IFMT == S_IFREG else { return nil }
      // Of standard input some may have been read already.
      let before = path.isStandardInput ? max(lseek(STDIN_FILENO, 0, SEEK_CUR), 0) : 0
      sum += UInt64(max(Int(status.st_size) - before, 0))
    }
    return paths.isEmpty ? nil : sum
  }
}
