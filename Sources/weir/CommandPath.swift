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
      guard let next = command.subcommand(named: word) else {
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

extension ParsableCommand {
  static func subcommand(named name: String) -> (any ParsableCommand.Type)? {
    configuration.subcommands.first { $0._commandName == name }
  }
}
