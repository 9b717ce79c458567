internal import ArgumentParser
internal import WeirIO

/// `weir hook install`: once is as good as twice.
struct HookInstallCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "install",
    abstract: "Writes the hook: --pre-commit if nothing is said, --pre-push, or both.")

  @OptionGroup var options: HookOptions

  @Flag(
    help:
      "Move a hook that Weir has not written aside, to NAME.before-weir; uninstall puts it back.")
  var force = false

  func run() throws {
    for hook in try options.hooks([.preCommit]) { try install(hook) }
  }

  private func install(_ hook: Hook) throws {
    if hook.folder.isBare, hook.kind == .preCommit {
      throw HookError.isBare(hook.folder.repository)
    }
    var words = "written"
    switch try hook.state() {
    case .current: words = "is there already"
    case .absent: try hook.write()
    case .outdated:
      try hook.write()
      words = "written anew"
    case .foreign:
      guard force else { throw HookError.isForeign(hook.path, call: hook.kind.call) }
      try hook.moveAside()
      try hook.write()
      words = "written; the one that was there is \(hook.aside.text) now, and is not run"
    }
    try ExitStatus.show(ShownText.escaped("\(hook.path.text): \(words)"))
    if let setting = hook.folder.setting {
      try ExitStatus.show(
        ShownText.escaped(
          "That folder is core.hooksPath, set in \(setting): it serves all repositories of that setting."
        ))
    }
  }
}
