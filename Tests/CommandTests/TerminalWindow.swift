import Foundation

/// A window of a terminal, by the real tmux: what a person sees and types.
final class TerminalWindow {
  struct Failed: Error, CustomStringConvertible { let description: String }

  let folder: TemporaryFolder

  /// Runs one command in it, with `weir` on PATH, in a folder of its own.
  init(_ command: String, columns: Int = 100, lines: Int = 24) throws {
    folder = try TemporaryFolder()
    try FileManager.default.createSymbolicLink(
      atPath: "\(folder.path)/weir", withDestinationPath: try Command.path())
    let variables = ["LD_LIBRARY_PATH"].compactMap { name in
      ProcessInfo.processInfo.environment[name].map { "\(name)=\($0)" }
    }
    try tmux(
      ["new-session", "-d", "-x", "\(columns)", "-y", "\(lines)", "-c", folder.path, "env", "-i"]
        + variables
        + [
          "PATH=\(folder.path):/usr/bin:/bin", "HOME=\(folder.path)", "TERM=screen-256color",
          "LC_ALL=C.UTF-8", "PS1=% ", "sh", "-c", command,
        ])
  }

  @discardableResult
  private func tmux(_ arguments: [String]) throws -> String {
    let child = Process()
    child.executableURL = URL(filePath: "/usr/bin/tmux")
    guard access("/usr/bin/tmux", X_OK) == 0 else {
      throw Failed(description: "no /usr/bin/tmux; scripts/bootstrap installs it")
    }
    child.arguments = ["-f", "/dev/null", "-S", "\(folder.path)/tmux"] + arguments
    child.standardInput = FileHandle.nullDevice
    let output = Pipe()
    child.standardOutput = output
    try child.run()
    let said = try output.fileHandleForReading.readToEnd() ?? Data()
    child.waitUntilExit()
    return String(decoding: said, as: UTF8.self)
  }

  /// Keys as tmux names them (`Tab`, `C-c`), or text.
  func type(_ keys: String...) throws { try tmux(["send-keys"] + keys) }

  func resize(columns: Int) throws { try tmux(["resize-window", "-x", "\(columns)"]) }

  /// What stands in it now.
  ///
  /// - Parameter isStyled: with the orders for colours.
  func screen(isStyled: Bool = false) throws -> String {
    try tmux(["capture-pane", "-p"] + (isStyled ? ["-e"] : []))
  }

  /// Waits until it shows something.
  ///
  /// - Returns: what stands in it then.
  func screen(milliseconds: Int = 30_000, showing part: String) throws -> String {
    var screen = ""
    _ = try Waiting.until(milliseconds: milliseconds) {
      screen = try self.screen()
      return screen.contains(part)
    }
    return screen
  }

  deinit { _ = try? tmux(["kill-server"]) }
}
