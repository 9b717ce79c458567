import Foundation
import Glibc
import Synchronization

/// A program that writes numbered lines with credentials into its log, from a thread of its own. When it finds a file `reopen` beside the log, it opens
/// the log anew, as daemons do when logrotate tells them.
final class LogWriter: Sendable {
  private struct State {
    var descriptor: Int32
    var count = 0
    var isAtRest = true
  }

  private let file: String
  private let tokens: [[UInt8]]
  private let state: Mutex<State>

  init(_ file: String, seed: UInt64) throws {
    var secrets = try Secrets(seed: seed)
    self.file = file
    tokens = (0..<16).map { _ in secrets.token() }
    state = Mutex(State(descriptor: try Self.opened(file)))
  }

  /// The log is there already: logrotate's `create` makes the next one.
  private static func opened(_ file: String) throws -> Int32 {
    let descriptor = open(file, O_WRONLY | O_APPEND | O_CLOEXEC)
    guard descriptor >= 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
    return descriptor
  }

  /// How many lines were written so far.
  var count: Int { state.withLock { $0.count } }

  /// Lines by their numbers, as they come out of the command.
  func masked(_ lines: Range<Int>) -> [UInt8] {
    Array(lines.map { "\($0) saw WEIR_REDACTED_github.personal-token again\n" }.joined().utf8)
  }

  func write(_ count: Int) throws {
    for _ in 0..<count { try state.withLock { try writeLine(&$0) } }
  }

  /// Writes a line every two milliseconds until told to rest.
  func begin() {
    state.withLock { $0.isAtRest = false }
    let thread = Thread { [self] in
      while state.withLock({ !$0.isAtRest }) {
        // What fails leaves the count as it is, and who waits for more says so.
        do { try write(1) } catch { return }
        usleep(2000)
      }
    }
    thread.start()
  }

  /// - Returns: whether so many more were written in time.
  func hasWritten(_ more: Int) -> Bool {
    let wanted = count + more
    return Waiting.until { count >= wanted }
  }

  func rest() { state.withLock { $0.isAtRest = true } }

  private func writeLine(_ state: inout State) throws {
    if unlink(file + ".reopen") == 0 {
      close(state.descriptor)
      state.descriptor = -1
      state.descriptor = try Self.opened(file)
    }
    let line = "\(state.count) saw " + tokens[state.count % tokens.count] + " again\n"
    guard Glibc.write(state.descriptor, line, line.count) == line.count else {
      throw POSIXError(.EIO)
    }
    state.count += 1
  }

  deinit { state.withLock { _ = close($0.descriptor) } }
}
