internal import ArgumentParser
internal import WeirIO

/// `weir hook status`: which hooks run Weir.
struct HookStatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Says which hooks are Weir's; ends with 0 if one is, else with 1.")

  @OptionGroup var options: HookOptions

  func run() throws {
    var isInstalled = false
    for hook in try options.hooks(Hook.Kind.allCases) {
      let state = try hook.state()
      isInstalled = isInstalled || state == .current
      try ExitStatus.show(ShownText.escaped("\(hook.path.text): \(Self.words(for: state))"))
    }
    if !isInstalled { throw ExitStatus.findings }
  }

  private static func words(for state: Hook.State) -> String {
    switch state {
    case .absent: "none"
    case .current: "runs weir"
    case .outdated: "is Weir's, but of another version or not executable; install it anew"
    case .foreign: "is not Weir's"
    }
  }
}
