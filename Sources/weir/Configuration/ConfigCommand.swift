internal import ArgumentParser
internal import WeirIO

/// `weir config`: what a scan is set to here, and by what.
struct ConfigCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config",
    abstract: "Shows the settings of a scan, and where each comes from.",
    subcommands: [ConfigShowCommand.self, ConfigPathCommand.self])
}

/// `weir config path`: the file that a scan takes settings from.
struct ConfigPathCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "path",
    abstract: "Says which configuration file a scan reads here; ends with 1 if it reads none.")

  @OptionGroup var configurationOptions: ConfigurationOptions

  func run() throws {
    guard let file = try ConfigurationInUse(configurationOptions) else {
      StandardError.say("no weir.toml from here up to the root of the repository")
      throw ExitStatus.findings
    }
    try ExitStatus.show(ShownText.escaped(file.path.text))
  }
}
