internal import Glibc

/// What holds when the command fails by a fault of its own: no secret leaves by way of the failure.
///
/// Left alone, a trap may write a core, which holds the window, or start the runtime's backtracer,
/// which shows registers and the memory they point at. Here it says one fixed sentence and ends with
/// 2, the code that claims nothing.
///
/// `PR_SET_DUMPABLE` is left alone: without it /dev/stdin and /dev/fd cannot be opened by ordinary
/// users.
public enum CrashGuard {
  private static let stackBytes = 1 << 16
  private static let faults = [SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGFPE, SIGABRT, SIGSYS]
  /// Sent by somebody, and a core is what they do by default.
  private static let ends = [SIGQUIT, SIGXCPU]

  private static let fault: StaticString = """
    weir: failed by a fault of its own; what was written before is right, nothing undecided was \
    written; please report it

    """
  private static let end: StaticString = """
    weir: ended at once by a signal; what was written before is right, nothing undecided was written

    """

  /// To be called first.
  public static func install() {
    // Made now, not in a handler.
    _ = (fault, end)
    var none = rlimit(rlim_cur: 0, rlim_max: 0)
    setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
    // A stack of its own: the one that overflowed has no room.
    var stack = stack_t()
    stack.ss_sp = .allocate(byteCount: stackBytes, alignment: 16)
    stack.ss_size = stackBytes
    sigaltstack(&stack, nil)
    for signal in faults {
      SignalHandler.install(
        { _ in CrashGuard.die(CrashGuard.fault) }, for: signal, flags: SA_ONSTACK)
    }
    for signal in ends where !SignalHandler.isIgnored(signal) {
      SignalHandler.install({ _ in CrashGuard.die(CrashGuard.end) }, for: signal, flags: SA_ONSTACK)
    }
    SignalHandler.unblock(faults)
    // A file that may not grow and a reader that went away are failed writes. Of standard output
    // the latter still ends the command as SIGPIPE would; of standard error it changes nothing.
    signal(SIGXFSZ, SIG_IGN)
    signal(SIGPIPE, SIG_IGN)
  }

  /// Runs in a handler.
  private static func die(_ sentence: StaticString) -> Never {
    SignalHandler.say(
      UnsafeRawBufferPointer(start: sentence.utf8Start, count: sentence.utf8CodeUnitCount))
    _exit(2)
  }
}
