import ArgumentParser

/// Labelled input to order, and what a scan makes of it.
@main
struct CorpusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "corpus",
    abstract: "Makes labelled input with synthetic credentials, and scores a scan of it.",
    subcommands: [MakeCommand.self, ScoreCommand.self, VectorsCommand.self])
}
