internal import ArgumentParser
internal import WeirIO

/// `weir hook uninstall`: of what Weir has written nothing stays.
struct HookUninstallCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "uninstall",
    abstract: "Removes the hooks that Weir has written, and puts back what was moved aside.")

  @OptionGroup var options: HookOptions

  func run() throws {
    for hook in try options.hooks(Hook.Kind.allCases) {
      var words = "is not there"
      switch try hook.state() {
      case .absent: break
      case .foreign: words = "is not Weir's, and stays"
      case .current, .outdated:
        words = try hook.remove() ? "removed; the one from before is back" : "removed"
      }
      try ExitStatus.show(ShownText.escaped("\(hook.path.text): \(words)"))
    }
  }
}
