import Foundation
import Glibc

/// One planted fault: which calls of the running command fail, and how. See `Tests/FaultShim/shim.c`.
struct Fault: Sendable, CustomStringConvertible {
  enum Outcome: Sendable, CustomStringConvertible {
    /// The call fails with this errno.
    case fails(Int32)
    /// At most so many bytes are taken.
    case takes(Int)
    case takesHalf
    /// The command gets this signal before the call.
    case signal(Int32)

    fileprivate var code: Int {
      switch self {
      case .fails(let code): Int(code)
      case .takes(let count): -count
      case .takesHalf: 0
      case .signal(let number): 10_000 + Int(number)
      }
    }

    var description: String {
      switch self {
      case .fails(let code): String(cString: strerror(code))
      case .takes(let count): "\(count) bytes at most"
      case .takesHalf: "half"
      case .signal(let number): "signal \(number)"
      }
    }
  }

  var call: String
  /// -1 for any, and for calls that have none.
  var descriptor: Int32 = -1
  /// The first call that is hurt, from 1.
  var number: Int
  var outcome: Outcome
  /// So are all that follow.
  var isLasting = false

  var description: String {
    "\(call) \(number) of \(descriptor)\(isLasting ? " and after" : ""): \(outcome)"
  }

  /// What tells the command's calls to fail; `mark` gets a byte when one does.
  func environment(mark: TemporaryFile) throws -> [String: String] {
    let last = isLasting ? Int.max : number
    return [
      "LD_PRELOAD": try FaultShim.shared.get().path,
      "WEIR_FAULT": "\(call):\(descriptor):\(number):\(outcome.code):\(last):\(mark.path)",
      // Beside the point here, and each takes a second.
      "SWIFT_BACKTRACE": "enable=no",
    ]
  }
}

/// The library that plants faults, compiled once. It has no name in the file system, and is gone with the tests.
struct FaultShim: Sendable {
  static let shared = Result { try FaultShim() }

  let path: String

  private init() throws {
    let folder = try TemporaryFolder()
    let library = "\(folder.path)/shim.so"
    let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let compiler = Process()
    compiler.executableURL = URL(filePath: "/usr/bin/env")
    compiler.arguments = [
      "cc", "-std=c11", "-O1", "-Wall", "-Wextra", "-shared", "-fPIC", "-o", library,
      tests.appending(path: "FaultShim/shim.c").path(),
    ]
    try compiler.run()
    compiler.waitUntilExit()
    let descriptor = open(library, O_RDONLY | O_CLOEXEC)
    guard compiler.terminationStatus == 0, descriptor >= 0 else { throw NoShim() }
    path = "/proc/\(getpid())/fd/\(descriptor)"
  }

  struct NoShim: Error, CustomStringConvertible {
    var description: String { "cc does not compile the fault shim; scripts/bootstrap installs gcc" }
  }
}

extension Command {
  /// Runs with a fault.
  ///
  /// - Returns: how it ended, and whether it came to the call that was to fail.
  static func run(
    _ arguments: [String], input: [UInt8] = [], fault: Fault
  ) throws -> (outcome: Outcome, isReached: Bool) {
    let mark = try TemporaryFile()
    let outcome = try run(arguments, input: input, environment: fault.environment(mark: mark))
    return (outcome, !mark.contents().isEmpty)
  }
}
