import Foundation
import Glibc

/// A command that runs while the test writes to it and reads from it: both ends are pipes.
final class LiveCommand {
  let child: pid_t
  private let input: Int32
  private let output: Int32
  private let errors: TemporaryFile
  private var isInputOpen = true
  private var isOutputOpen = true

  /// - Parameters:
  ///   - standardOutput: where it writes instead of into a pipe.
  ///   - standardError: where it says what it says; then `said` is empty.
  ///   - through: a script of the shell that has the command as `"$@"`, such as one that sets limits and then becomes it.
  init(
    _ arguments: [String], standardOutput: Int32? = nil, standardError: Int32? = nil,
    environment: [String: String] = [:],
    through script: String? = nil
  ) throws {
    signal(SIGPIPE, SIG_IGN)
    let toChild = Command.pipe()
    let fromChild = Command.pipe()
    errors = try TemporaryFile()
    child = try Command.spawn(
      arguments.map { Array($0.utf8) }, through: script,
      descriptors: [
        toChild.reading, standardOutput ?? fromChild.writing,
        standardError ?? errors.descriptor,
      ],
      environment: environment)
    close(toChild.reading)
    close(fromChild.writing)
    input = toChild.writing
    output = fromChild.reading
  }

  /// - Returns: false when the command does not read any more.
  @discardableResult
  func write(_ bytes: [UInt8]) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(input, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }

  func endInput() {
    guard isInputOpen else { return }
    isInputOpen = false
    close(input)
  }

  func closeOutput() {
    guard isOutputOpen else { return }
    isOutputOpen = false
    close(output)
  }

  /// Reads until `count` bytes are there, or the output ends, or nothing comes for `milliseconds`.
  func read(atLeast count: Int, milliseconds: Int32 = 5000) -> [UInt8] {
    var result: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while result.count < count {
      var ready = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
      guard poll(&ready, 1, milliseconds) > 0 else { break }
      let read = Glibc.read(output, &buffer, buffer.count)
      guard read > 0 else { break }
      result += buffer.prefix(read)
    }
    return result
  }

  /// What it has said so far on standard error.
  var said: String { String(decoding: errors.contents(), as: UTF8.self) }

  /// The most memory it has had resident so far. Linux hands `ru_maxrss` of the parent on, so that
  /// would tell the tests' size.
  func greatestResidentKiB() -> Int? {
    let status = try? String(contentsOfFile: "/proc/\(child)/status", encoding: .utf8)
    return status?.firstMatch(of: /VmHWM:\s+(\d+) kB/).flatMap { Int($0.1) }
  }

  /// Ends the input, takes the rest of the output and waits for the end.
  func finish() -> Command.Outcome {
    endInput()
    let rest = isOutputOpen ? read(atLeast: .max, milliseconds: 60_000) : []
    closeOutput()
    var outcome = Command.outcome(of: child, output: errors, errors: errors)
    outcome.output = rest
    return outcome
  }
}
