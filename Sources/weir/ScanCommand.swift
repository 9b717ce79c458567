internal import ArgumentParser
internal import WeirCore
internal import WeirIO

/// `weir scan`: where secrets are, and by which rule.
struct ScanCommand: ParsableCommand {
  enum Format: String, CaseIterable, ExpressibleByArgument { case text, jsonl }

  static let configuration = CommandConfiguration(
    commandName: "scan",
    abstract: "Reports the secrets in files, directories or standard input, as they are found.",
    discussion: """
      Of a directory all files below are read in the order of their names, also hidden and binary \
      ones, but not what .weirignore or .ignore names, nor, in a repository, what git ignores. \
      Directories named .git, links to directories, FIFOs, sockets and devices are not read. The last \
      line counts all that was not, and why; what is named is read in any case. Findings name \
      standard input <stdin>. Ends with 0 for nothing found, 1 for findings, 2 when not all could \
      be read.
      """)

  @OptionGroup var inputs: InputPaths

  @Option(help: "text, a line for people and editors; or jsonl, a JSON object a line.")
  var format: Format = .text

  @OptionGroup var treeOptions: TreeOptions

  @OptionGroup var ruleOptions: RuleOptions

  @OptionGroup var reportOptions: ReportOptions

  @OptionGroup var keyOption: KeyOption

  @OptionGroup var threadOption: ThreadOption

  @Flag(help: "End with 0 also when there are findings.")
  var exitZero = false

  @Flag(help: "Read no configuration. There is none yet.")
  var noConfig = false

  @Flag(help: "Heed no allow comments. There are none yet.")
  var noAllow = false

  @OptionGroup var spoken: SpokenOptions

  func run() throws {
    let catalogue = try LoadedCatalogue.get()
    var policy = Policy(key: try keyOption.key())
    try ruleOptions.apply(to: &policy, of: catalogue)
    let selection = try treeOptions.selection()
    switch format {
    case .text:
      try scan(policy, selection, catalogue: catalogue, format: TextLines(catalogue: catalogue))
    case .jsonl:
      try scan(policy, selection, catalogue: catalogue, format: JSONLines(catalogue: catalogue))
    }
  }

  private func scan<Format: FindingFormat>(
    _ policy: Policy, _ selection: Selection, catalogue: Catalogue, format: Format
  ) throws(ExitStatus) {
    var run = ScanRun(
      catalogue: catalogue, policy: policy, threads: threadOption.count, selection: selection,
      skipsAreShown: treeOptions.showSkipped,
      report: FindingReport(
        to: .standardOutput(), format: format, mostReported: reportOptions.maxFindings))
    Interruption.heed()
    RunningReceipt.showOnSignal()
    for path in inputs.paths() where !run.isStopped { run.scan(path) }
    run.heedInterruption()
    if spoken.receipt { run.account.sayReceipt() }
    if spoken.receipt, spoken.quiet, let skipped = run.skipped { StandardError.say(skipped) }
    if !spoken.quiet { StandardError.say(run.summary) }
    guard run.account.isComplete else { throw .incomplete }
    if run.report.findingCount > 0, !exitZero { throw .findings }
  }
}
