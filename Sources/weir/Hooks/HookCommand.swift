internal import ArgumentParser
internal import WeirIO

/// `weir hook …`: the hooks of a git repository that run Weir.
struct HookCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hook",
    abstract: "Installs a hook of git that refuses secrets before they are committed or pushed.",
    discussion: """
      The hook stands where git looks for it, also by core.hooksPath, and runs `weir scan --staged`, or \
      `weir scan --git` on what is pushed. A hook that Weir has not written is never changed; \
      --force moves it aside. `git commit --no-verify` and `git push --no-verify` run no hook.
      """,
    subcommands: [
      HookInstallCommand.self, HookUninstallCommand.self, HookStatusCommand.self,
    ])
}

/// Which hooks, and of which repository.
struct HookOptions: ParsableArguments {
  @Argument(help: "The repository; if not given, the one here.", completion: .directory)
  var repository: String?

  @Flag(help: "The hook that runs before a commit, on what is staged.")
  var preCommit = false

  @Flag(help: "The hook that runs before a push, on the commits that the remote does not have.")
  var prePush = false

  func hooks(_ usual: [Hook.Kind]) throws -> [Hook] {
    let path = repository.flatMap { InputPaths.paths(named: [$0]).first }
    let folder = try HooksFolder(of: path)
    let asked: [Hook.Kind] = (preCommit ? [.preCommit] : []) + (prePush ? [.prePush] : [])
    return (asked.isEmpty ? usual : asked).map {
      Hook($0, in: folder, script: $0.script, mark: Hook.Kind.mark)
    }
  }
}
