import Foundation

/// A window of a terminal, by the real tmux: what a person sees and types.
final class TerminalWindow {
  struct Failed: Error, CustomStringConvertible { let description: String }

  let folder: TemporaryFolder

  /// Runs one command in it, with `weir` on PATH, in a folder of its own.
  init(_ command: String, columns: Int = 100, lines: Int = 24) throws {
    folder = try TemporaryFolder()
    guard access("/usr/bin/tmux", X_OK) == 0 else {
      throw Failed(description: "no /usr/bin/tmux; scripts/bootstrap installs it")
    }
    try FileManager.default.createSymbolicLink(
      atPath: "\(folder.path)/weir", withDestinationPath: try Command.path())
    try tmux([
      "new-session", "-d", "-x", "\(columns)", "-y", "\(lines)", "-c", folder.path, "sh", "-c",
      command,
    ])
  }

  @discardableResult
  private func tmux(_ arguments: [String]) throws -> String {
    // Its server stays: what it inherited, a pipe of another test, would stay open with it.
    let script = """
      shift
      exec bash --norc -c '
        for name in /proc/self/fd/*; do
          number=${name##*/}
          if [ "$number" -gt 2 ]; then eval "exec $number>&-"; fi
        done
        exec /usr/bin/tmux "$@"' bash "$@"
      """
    return try Command.run(
      ["-f", "/dev/null", "-S", "\(folder.path)/tmux"] + arguments, through: script,
      environment: [
        "PATH": "\(folder.path):/usr/bin:/bin", "HOME": folder.path, "LC_ALL": "C.UTF-8",
        "PS1": "% ",
      ]
    ).text
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

  /// Waits until what stands in it is as wanted, or for a while.
  ///
  /// - Returns: what stands in it then.
  func screen(when isWanted: (String) -> Bool) throws -> String {
    let end = ContinuousClock.now + .seconds(10)
    while true {
      let screen = try self.screen()
      if isWanted(screen) || ContinuousClock.now > end { return screen }
      usleep(50_000)
    }
  }

  func screen(showing part: String) throws -> String { try screen { $0.contains(part) } }

  deinit { _ = try? tmux(["kill-server"]) }
}
