internal import ArgumentParser
internal import WeirCore
internal import WeirIO

/// `weir scan`: where secrets are, and by which rule.
struct ScanCommand: ParsableCommand {
  enum Format: String, CaseIterable, ExpressibleByArgument { case text, jsonl }

  static let configuration = CommandConfiguration(
    commandName: "scan",
    abstract: "Reports the secrets in files, directories, standard input or histories.",
    discussion: """
      Of a directory all files below are read in the order of their names, also hidden ones. \
      Directories named .git are passed over, links to directories are not followed, and FIFOs, \
      sockets and devices are skipped and counted. Findings name standard input <stdin>. Ends with \
      0 for nothing found, 1 for findings, 2 when not all could be read.
      """)

  @OptionGroup var inputs: InputPaths

  @OptionGroup var gitOptions: GitOptions

  @Option(help: "text, a line for people and editors; or jsonl, a JSON object a line.")
  var format: Format = .text

  @OptionGroup var ruleOptions: RuleOptions

  @OptionGroup var reportOptions: ReportOptions

  @OptionGroup var keyOption: KeyOption

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
    let report = FindingReport(
      to: .standardOutput(), format: format, mostReported: reportOptions.maxFindings)
    Interruption.heed()
    RunningReceipt.showOnSignal()
    if gitOptions.isAsked {
      var run = GitRun(
        catalogue: catalogue, policy: policy, threads: threadOption.count, report: report)
      for path in inputs.repositories() where !run.isStopped {
        if gitOptions.staged {
          run.scanStaged(of: path)
        } else {
          run.scanHistory(of: path, gitOptions.scope)
        }
      }
      run.heedInterruption()
      try end(run.account, findings: run.report.findingCount, summary: run.summary)
    } else {
      var run = ScanRun(
        catalogue: catalogue, policy: policy, threads: threadOption.count, report: report)
      for path in inputs.paths() where !run.isStopped { run.scan(path) }
      run.heedInterruption()
      try end(run.account, findings: run.report.findingCount, summary: run.summary)
    }
  }

  private func end(
    _ account: Account, findings: UInt64, summary: String
  ) throws(ExitStatus) {
    if spoken.receipt { account.sayReceipt() }
    if !spoken.quiet { StandardError.say(summary) }
    guard account.isComplete else { throw .incomplete }
    if findings > 0, !exitZero { throw .findings }
  }
}
