internal import Glibc

/// How handlers are installed. What runs inside one may only touch memory made before, and call
/// what `man 7 signal-safety` lists.
enum SignalHandler {
  typealias Function = @convention(c) (Int32) -> Void

  static func install(_ function: @escaping Function, for signal: Int32, flags: Int32 = 0) {
    var action = sigaction()
    action.__sigaction_handler = .init(sa_handler: function)
    action.sa_flags = flags
    sigemptyset(&action.sa_mask)
    sigaction(signal, &action, nil)
  }

  /// A parent that had the signal ignored (`nohup`) knows why.
  static func isIgnored(_ signal: Int32) -> Bool {
    var action = sigaction()
    guard sigaction(signal, nil, &action) == 0 else { return false }
    return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
      == unsafeBitCast(SIG_IGN, to: Int.self)
  }

  /// A mask that was inherited must not keep these away.
  static func unblock(_ signals: [Int32]) {
    var set = sigset_t()
    sigemptyset(&set)
    for signal in signals { sigaddset(&set, signal) }
    sigprocmask(SIG_UNBLOCK, &set, nil)
  }

  /// Says a line of at most `PIPE_BUF` bytes where it does not have to wait for a reader. For
  /// handlers.
  static func say(_ line: UnsafeRawBufferPointer) {
    var ready = pollfd(fd: STDERR_FILENO, events: Int16(POLLOUT), revents: 0)
    guard poll(&ready, 1, 0) > 0 else { return }
    _ = write(STDERR_FILENO, line.baseAddress, line.count)
  }
}
