internal import ArgumentParser
internal import WeirIO
internal import WeirRules

/// `weir rules import`: the rules of a gitleaks configuration as rules of Weir.
struct RulesImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Translates the rules of a gitleaks configuration into a rule file of Weir.",
    discussion: """
      weir rules import .gitleaks.toml --output own.toml

      Says of each rule on standard error whether it means the same (exact), what it means \
      otherwise (approximated), or why it cannot be said (refused). The rule file is for \
      --with-rules; --gitleaks-config runs a configuration without one. Ends with 0 when all \
      rules are written, with 1 when some were refused, and with 2 when nothing was written.
      """)

  @Argument(
    help: ArgumentHelp("A configuration of gitleaks.", valueName: "file"), completion: .file())
  var config: String

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "Write the rules here, and not on standard output.", valueName: "file"),
    completion: .file())
  var output: String?

  @Flag(name: .shortAndLong, help: "Say only what is refused.")
  var quiet = false

  func run() throws {
    let imported = try GitleaksImport(reading: config)
    for remark in imported.remarks where remark.verdict == .refused || !quiet {
      StandardError.say(remark.text)
    }
    let rules = try imported.definitions()
    guard !rules.isEmpty else { throw Complaint(text: "\(config): no rule could be imported") }
    if let output {
      do throws(OutputError) {
        var file = try OutputFile.creating(Path(output), besides: [Path(config)])
        try file.write(imported.toml)
        try file.close()
      } catch { throw Complaint(text: "\(error)") }
    } else {
      try ExitStatus.show(String(imported.toml.dropLast()))
    }
    if !quiet {
      StandardError.say(
        "\(rules.count) \(rules.count == 1 ? "rule" : "rules"): \(imported.count(.exact)) exact, "
          + "\(imported.count(.approximated)) approximated; \(imported.count(.refused)) refused")
    }
    if imported.count(.refused) > 0 { throw ExitStatus.findings }
  }
}
