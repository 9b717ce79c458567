internal import ArgumentParser

/// `weir shipper …`: what log daemons start, and talk to in a language of theirs.
struct ShipperCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "shipper",
    abstract: "Speaks with a log daemon: takes its messages, masks them, and answers.",
    discussion: """
      Started by the daemon, not by hand; bindings/shippers has the configuration. Each message is \
      an input of its own: a key block that is spread over many messages is not found.
      """,
    subcommands: [ShipperOmprogCommand.self, ShipperMmexternalCommand.self])
}
