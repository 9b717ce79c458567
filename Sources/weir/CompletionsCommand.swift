internal import ArgumentParser

/// `weir completions SHELL`: what a shell completes the words of the command with.
struct CompletionsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "completions",
    abstract: "Prints what bash, zsh or fish completes the words of this command with.",
    discussion: """
      weir completions bash > ~/.local/share/bash-completion/completions/weir
      weir completions zsh > ~/.zfunc/_weir
      weir completions fish > ~/.config/fish/completions/weir.fish

      Each shell reads its folder when it starts; for zsh put `fpath+=(~/.zfunc)` before compinit \
      in ~/.zshrc. Ids of rules and names of packs come from the command itself.
      """)

  enum Shell: String, CaseIterable, ExpressibleByArgument {
    case bash, zsh, fish

    var generated: CompletionShell {
      switch self {
      case .bash: .bash
      case .zsh: .zsh
      case .fish: .fish
      }
    }
  }

  @Argument(help: "The shell.")
  var shell: Shell

  func run() throws { try ExitStatus.show(Weir.completionScript(for: shell.generated)) }
}
