internal import ArgumentParser
internal import WeirIO

/// `weir baseline show`: what is known.
struct BaselineShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Lists what a baseline knows: how many, the rule and the path, a line each.")

  @Argument(help: ArgumentHelp("The baseline.", valueName: "file"), completion: .file())
  var file: String

  func run() throws {
    let baseline = try BaselineFile.read(Path(file))
    let lines = baseline.entries.map { "\($0.count)  \($0.entry.shown)" }
    if !lines.isEmpty { try ExitStatus.show(lines.joined(separator: "\n")) }
    StandardError.say("\(Path(file).text): \(baseline.summary)")
  }
}
