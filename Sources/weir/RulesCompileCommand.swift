internal import ArgumentParser
internal import WeirBuiltInRules
internal import WeirCore
internal import WeirIO
internal import WeirRules

/// `weir rules compile`: rules of one's own, and Weir's, as one file for libweir and `--catalogue`.
struct RulesCompileCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compile",
    abstract: "Checks rules of your own, and writes them with Weir's into a file for libweir.",
    discussion: """
      weir rules compile acme.toml --output acme.weir

      The rules are those of TOML files, or of the *.toml of folders. A mistake in one refuses all, \
      with its file, line and column. Programs give the written file to libweir (the option \
      catalogue), and commands take it by --catalogue. It holds Weir's rules as this version has \
      them: compile anew when Weir is. Rules with a regex are checked, and not written: libweir has \
      no engine for them.
      """)

  @Argument(
    help: ArgumentHelp("Rule files, or folders of them.", valueName: "path"), completion: .file())
  var paths: [String]

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "Write the file here. Without it, rules are checked only.", valueName: "file"),
    completion: .file())
  var output: String?

  @Flag(help: "Leave Weir's rules out.")
  var noBuiltIn = false

  @Flag(name: .shortAndLong, help: "Say nothing on standard error but errors.")
  var quiet = false

  func run() throws {
    let own = try paths.flatMap { try RuleFolder.definitions(at: $0) }
    let rules = try (noBuiltIn ? [] : BuiltInRules.definitions()) + own
    // Only compiling tells what is wrong between rules.
    let catalogue = try RuleFolder.compile(rules) { if !quiet { StandardError.say($0) } }
    if let output {
      if let rule = own.first(where: { $0.regex != nil }) {
        let place = rule.origin.map { "\($0.file):\($0.line): " } ?? ""
        throw Complaint(
          text:
            "\(place)rule \(rule.id): has a regex, which \(output) cannot hold: libweir has no engine "
            + "for it; give the rules to a command by --with-rules")
      }
      do throws(OutputError) {
        var file = try OutputFile.creating(Path(output), besides: paths.map { Path($0) })
        try file.write(CompiledRules.bytes(of: rules))
        try file.close()
      } catch { throw Complaint(text: "\(error)") }
    }
    if quiet { return }
    let others = catalogue.ruleCount - own.count
    StandardError.say(
      "\(own.count) \(own.count == 1 ? "rule" : "rules")"
        + (others > 0 ? " and \(others) of Weir's" : "") + (output.map { ": \($0)" } ?? ", right"))
  }
}
