import Foundation
import Glibc

/// Debian's logrotate, with a configuration and a state of its own.
struct Logrotate {
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  private static let program = "/usr/sbin/logrotate"

  private let configuration: TemporaryFolder

  /// - Parameter mode: lines of its configuration, such as `create 0600`.
  init(_ mode: [String], file: String) throws {
    guard access(Self.program, X_OK) == 0 else {
      throw Failure(description: "no \(Self.program); scripts/bootstrap installs it")
    }
    configuration = try TemporaryFolder()
    let lines = ["\"\(file)\" {", "rotate 9"] + mode + ["}", ""]
    try configuration.add("logrotate.conf", Array(lines.joined(separator: "\n").utf8))
  }

  /// Rotates now.
  func run() throws {
    let errors = Pipe()
    let process = Process()
    process.executableURL = URL(filePath: Self.program)
    process.arguments = [
      "--force", "--state", configuration.path + "/state", configuration.path + "/logrotate.conf",
    ]
    process.environment = ["PATH": "/usr/bin:/bin"]
    process.standardError = errors
    try process.run()
    let said = try errors.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    guard process.terminationStatus == 0, said.isEmpty else {
      throw Failure(
        description: "logrotate ended with \(process.terminationStatus) and said: "
          + String(decoding: said, as: UTF8.self))
    }
  }
}
