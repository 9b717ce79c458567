internal import ArgumentParser

/// `weir baseline`: the findings that are known, so that a scan reports new ones.
struct BaselineCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "baseline",
    abstract: "Writes down which findings are known, so that scans report new ones only.",
    discussion: """
      weir baseline create .weir-baseline src/      what is there now is known
      weir scan --baseline .weir-baseline src/      and only what is new is reported
      weir baseline update .weir-baseline src/

      A baseline holds no secrets, but digests of them under a random salt, which is in the file \
      too: docs/baselines.md says what can be guessed.
      """,
    subcommands: [
      BaselineCreateCommand.self, BaselineUpdateCommand.self, BaselineShowCommand.self,
      BaselineHashCommand.self,
    ])
}
