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
      Of a directory all files below are read in the order of their names, also hidden ones. \
      Directories named .git are passed over, links to directories are not followed, and FIFOs, \
      sockets and devices are skipped and counted. Archives and compressed files are opened in \
      memory, by their content: image.tar!layer.tar!app/.env. \
      Findings name standard input <stdin>. Ends with \
      0 for nothing found, 1 for findings, 2 when not all could be read.
      """)

  @OptionGroup var inputs: InputPaths

  @Option(help: "text, a line for people and editors; or jsonl, a JSON object a line.")
  var format: Format = .text

  @OptionGroup var ruleOptions: RuleOptions

  @OptionGroup var reportOptions: ReportOptions

  @OptionGroup var keyOption: KeyOption

  @OptionGroup var archiveOptions: ArchiveOptions

  @OptionGroup var threadOption: ThreadOption

  @Flag(help: "End with 0 also when there are findings.")
  var exitZero = false

  @Flag(help: "Read no ignore files. There are none yet.")
  var noIgnore = false

  @Flag(help: "Read no configuration. There is none yet.")
  var noConfig = false

  @Flag(help: "Heed no allow comments. There are none yet.")
  var noAllow = false

  @OptionGroup var spoken: SpokenOptions

  func run() throws {
    let catalogue = try LoadedCatalogue.get()
    var policy = Policy(key: try keyOption.key())
    try ruleOptions.apply(to: &policy, of: catalogue)
    switch format {
    case .text: try scan(policy, catalogue: catalogue, format: TextLines(catalogue: catalogue))
    case .jsonl: try scan(policy, catalogue: catalogue, format: JSONLines(catalogue: catalogue))
    }
  }

  private func scan<Format: FindingFormat>(
    _ policy: Policy, catalogue: Catalogue, format: Format
  ) throws(ExitStatus) {
    var run = ScanRun(
      catalogue: catalogue, policy: policy, threads: threadOption.count,
      limits: archiveOptions.noArchives ? nil : archiveOptions.limits,
      report: FindingReport(
        to: .standardOutput(), format: format, mostReported: reportOptions.maxFindings))
    Interruption.heed()
    RunningReceipt.showOnSignal()
    for path in inputs.paths() where !run.isStopped { run.scan(path) }
    run.heedInterruption()
    if spoken.receipt { run.account.sayReceipt() }
    if !spoken.quiet { StandardError.say(run.summary) }
    guard run.account.isComplete else { throw .incomplete }
    if run.report.findingCount > 0, !exitZero { throw .findings }
  }
}
