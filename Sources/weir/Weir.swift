internal import ArgumentParser
internal import Glibc
internal import Hyperscan
internal import WeirCatalogue
internal import WeirCore
internal import WeirIO

/// The command: arguments in, exit code out.
@main
struct Weir: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "weir",
    abstract: "Finds secrets in streams and files, and takes them out.",
    discussion: """
      weir redact < app.log > clean.log    masks stand where secrets were
      weir scan src/                       where secrets are, and which
      weir rules list                      what is looked for

      Exit codes: 0 nothing found (scan) or all passed (redact), 1 findings (scan, or redact \
      --fail-on-finding), 2 not completed or wrong usage.
      """,
    subcommands: [
      RedactCommand.self, ScanCommand.self, BaselineCommand.self, RulesCommand.self,
      ConfigCommand.self, HookCommand.self, ShipperCommand.self, CompletionsCommand.self,
    ])

  @Flag(
    name: .customLong("version"),
    help: "Show the version, the commit, the catalogue and libhs.")
  var showsVersion = false

  static func main() {
    CrashGuard.install()
    Descriptor.fillStandard()
    Discretion.use { try LoadedCatalogue.get() }
    // The runtime finds them through /proc. Not found, they would be none, and that is a call for help: exit code 0.
    guard CommandLine.argc > 0 else {
      StandardError.say("cannot read its arguments; is /proc mounted?")
      Glibc.exit(ExitStatus.incomplete.rawValue)
    }
    do {
      var command = try parse()
      try command.run()
    } catch {
      ExitStatus.exit(for: error)
    }
  }

  /// The command of the arguments. One that is named first and understands the rest needs no look at the others, which would take a third of a
  /// millisecond of its start; whatever else there is to say, the root says.
  private static func parse() throws -> any ParsableCommand {
    let arguments = CommandLine.arguments.dropFirst()
    let named = arguments.first.flatMap(subcommand)
    if let command = try? named?.parseAsRoot(Array(arguments.dropFirst())) { return command }
    return try parseAsRoot()
  }

  func run() throws {
    guard showsVersion else { throw CleanExit.helpRequest(self) }
    let rules = try LoadedCatalogue.get().ruleCount
    try ExitStatus.show(
      """
      weir \(Release.number) (commit \(BuiltInCatalogue.commit); catalogue \(rules) rules; \
      libhs \(HyperscanLibrary.version))
      """)
  }
}
