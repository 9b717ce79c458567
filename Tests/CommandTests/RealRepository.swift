import Foundation

/// A repository that the real git makes at run time, with a home, authors and dates of its own.
final class RealRepository {
  struct Failed: Error, CustomStringConvertible {
    let description: String
  }

  static let author = "Ada Example <ada@example.test>"

  private let folder: TemporaryFolder
  /// Where its files are; of a bare one, where it is.
  let path: String
  /// Seconds since 1970 of the last commit: each is an hour after the one before.
  private var time = 1_700_000_000

  init(bare: Bool = false) throws {
    folder = try TemporaryFolder()
    path = folder.path + "/repository"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    try git(["init", "-q", "-b", "main"] + (bare ? ["--bare"] : []))
  }

  /// Beside it, for clones and worktrees.
  func neighbour(_ name: String) -> String { "\(folder.path)/\(name)" }

  /// Runs git and gives what it said, without the last line feed.
  @discardableResult
  func git(
    _ arguments: [String], in place: String? = nil, environment: [String: String] = [:]
  ) throws -> String {
    guard access("/usr/bin/git", X_OK) == 0 else {
      throw Failed(description: "no /usr/bin/git; scripts/bootstrap installs it")
    }
    let child = Process()
    child.executableURL = URL(filePath: "/usr/bin/git")
    child.currentDirectoryURL = URL(filePath: place ?? path)
    child.arguments = arguments
    child.environment = [
      "PATH": "/usr/bin:/bin", "HOME": folder.path, "GIT_CONFIG_NOSYSTEM": "1",
      "GIT_AUTHOR_NAME": "Ada Example", "GIT_AUTHOR_EMAIL": "ada@example.test",
      "GIT_COMMITTER_NAME": "Carl Example", "GIT_COMMITTER_EMAIL": "carl@example.test",
      // The date of a commit and that of its writing are two.
      "GIT_AUTHOR_DATE": "@\(time - 60) +0130", "GIT_COMMITTER_DATE": "@\(time) +0000",
    ].merging(environment) { $1 }
    child.standardInput = FileHandle.nullDevice
    let (output, errors) = (Pipe(), Pipe())
    child.standardOutput = output
    child.standardError = errors
    try child.run()
    let said = try output.fileHandleForReading.readToEnd() ?? Data()
    let complaint = try errors.fileHandleForReading.readToEnd() ?? Data()
    child.waitUntilExit()
    guard child.terminationStatus == 0 else {
      throw Failed(
        description: "git \(arguments): \(String(decoding: complaint, as: UTF8.self))")
    }
    return String(decoding: said, as: UTF8.self).trimmingCharacters(in: .newlines)
  }

  func write(_ name: String, _ bytes: [UInt8]) throws {
    let file = URL(filePath: "\(path)/\(name)")
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: file)
  }

  /// Commits all that was written.
  ///
  /// - Returns: its id.
  @discardableResult
  func commit(
    _ message: String = "Change it", environment: [String: String] = [:]
  ) throws -> String {
    time += 3600
    try git(["add", "--all"])
    try git(["commit", "-q", "--allow-empty", "-m", message], environment: environment)
    return try git(["rev-parse", "HEAD"])
  }

  /// Writes and commits one file.
  @discardableResult
  func commit(_ name: String, _ bytes: [UInt8]) throws -> String {
    try write(name, bytes)
    return try commit()
  }

  /// When the commit was written, as a report says it.
  func date(of commit: String) throws -> String {
    try git(["log", "-1", "--format=%aI", commit])
  }
}
