internal import Glibc
internal import Synchronization

/// What is said to the person who runs the command.
public enum StandardError {
  /// So long a line waits for a reader that stalls. What was said is then lost, but the stream flows
  /// on.
  private static let patienceMilliseconds: Int32 = 2000
  /// As much as a pipe takes without waiting, once it says that it takes something.
  private static let pieceBytes = Int(PIPE_BUF)

  private static let isStalled = Atomic<Bool>(false)

  /// Writes one line that begins with `weir: `. Secrets in it are masked, and what a terminal would
  /// obey is escaped.
  public static func say(_ text: String) {
    guard let masked = Discretion.masked(Array(text.utf8)) else {
      sayOwnWords("something that cannot be shown, for the rules that would mask it do not work")
      return
    }
    sayOwnWords(String(decoding: masked, as: UTF8.self))
  }

  /// For text that holds nothing but what the program itself made up.
  public static func sayOwnWords(_ text: String) {
    write(Array("weir: \(ShownText.escaped(text))\n".utf8))
  }

  /// Writes what moves on a terminal, unless it would have to wait.
  static func draw(_ bytes: [UInt8]) {
    var ready = pollfd(fd: STDERR_FILENO, events: Int16(POLLOUT), revents: 0)
    guard poll(&ready, 1, 0) > 0 else { return }
    _ = Glibc.write(STDERR_FILENO, bytes, bytes.count)
  }

  /// There is nobody left to tell when this fails.
  private static func write(_ bytes: [UInt8]) {
    Progress.wipe()
    var rest = bytes[...]
    while !rest.isEmpty, hasReader() {
      let count = rest.withUnsafeBytes {
        Glibc.write(STDERR_FILENO, $0.baseAddress, min($0.count, pieceBytes))
      }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if errno != EINTR, errno != EAGAIN {
        return
      }
    }
  }

  /// Waits for a reader, but once only.
  private static func hasReader() -> Bool {
    var ready = pollfd(fd: STDERR_FILENO, events: Int16(POLLOUT), revents: 0)
    while true {
      let isPatient = !isStalled.load(ordering: .relaxed)
      let count = poll(&ready, 1, isPatient ? patienceMilliseconds : 0)
      if count > 0 { return true }
      if count < 0, errno == EINTR { continue }
      isStalled.store(true, ordering: .relaxed)
      return false
    }
  }
}
