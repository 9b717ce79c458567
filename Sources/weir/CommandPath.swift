internal import ArgumentParser

/// The command that arguments name: `weir rules show`.
struct CommandPath {
  private var command: any ParsableCommand.Type = Weir.self
  private(set) var names = [Weir._commandName]
  /// What stands where the name of a command is expected, and is none.
  private(set) var unknown: String?

  init(_ arguments: [String]) {
    for word in arguments {
      guard !commands.isEmpty, !word.hasPrefix("-") else { return }
      guard let next = commands.first(where: { $0._commandName == word }) else {
        unknown = word
        return
      }
      command = next
      names.append(word)
    }
  }

  /// Those below it.
  var commands: [any ParsableCommand.Type] { command.configuration.subcommands }

  var text: String { names.joined(separator: " ") }
}
