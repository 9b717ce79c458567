internal import ArgumentParser
internal import WeirIO

/// Which configuration is read.
struct ConfigurationOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Take settings from this TOML file, not from the project's weir.toml.",
      discussion: "Or name it by WEIR_CONFIG. `weir config show` shows each setting.",
      valueName: "file"),
    completion: .file())
  var config: String?

  @Flag(help: "Read no configuration file.")
  var noConfig = false

  func validate() throws {
    if noConfig, config != nil {
      throw ValidationError("--no-config: reads none; leave --config out")
    }
  }
}
