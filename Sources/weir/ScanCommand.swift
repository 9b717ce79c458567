internal import ArgumentParser
internal import WeirCore
internal import WeirIO

/// `weir scan`: where secrets are, and by which rule.
struct ScanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scan",
    abstract: "Reports the secrets in files, directories, standard input or histories.",
    discussion: """
      Of a directory all files below are read in the order of their names, also hidden and binary \
      ones, but not what .weirignore or .ignore names, nor, in a repository, what git ignores. \
      Directories named .git, links to directories, FIFOs, sockets and devices are not read. The last \
      line counts all that was not, and why; what is named is read in any case. Archives and \
      compressed files are opened in memory, by their content: image.tar!layer.tar!app/.env. \
      Findings name standard input <stdin>. Ends with 0 for nothing found, 1 for findings, 2 when not all could \
      be read.
      """)

  @OptionGroup var inputs: InputPaths

  @OptionGroup var gitOptions: GitOptions

  @Option(
    help: """
      text, a line for people and editors; jsonl, a JSON object a line; or a document: json, csv, \
      sarif, junit, gitlab.
      """)
  var format: ReportFormat = .text

  @Option(
    help: ArgumentHelp(
      "Also this report, into a file: --report sarif=out.sarif. May be given many times.",
      valueName: "format=file"))
  var report: [FileReport] = []

  @OptionGroup var catalogueOptions: CatalogueOptions

  @OptionGroup var treeOptions: TreeOptions

  @OptionGroup var ruleOptions: RuleOptions

  @OptionGroup var reportOptions: ReportOptions

  @OptionGroup var keyOption: KeyOption

  @OptionGroup var archiveOptions: ArchiveOptions

  @OptionGroup var threadOption: ThreadOption

  @Flag(help: "End with 0 also when there are findings.")
  var exitZero = false

  @Flag(help: "Read no configuration. There is none yet.")
  var noConfig = false

  @Flag(help: "Heed no allow comments. There are none yet.")
  var noAllow = false

  @OptionGroup var spoken: SpokenOptions

  func run() throws {
    let catalogue = try catalogueOptions.load(isQuiet: spoken.quiet)
    var policy = Policy(key: try keyOption.key())
    try ruleOptions.apply(to: &policy, of: catalogue)
    let plan = ScanRunPlan(
      threads: threadOption.count, selection: try treeOptions.selection(),
      skipsAreShown: treeOptions.showSkipped,
      limits: archiveOptions.noArchives ? nil : archiveOptions.limits)
    // Those of a line each are quick, for there may be millions.
    switch format {
    case .text:
      try scan(policy, plan, catalogue: catalogue, format: TextLines(catalogue: catalogue))
    case .jsonl:
      try scan(policy, plan, catalogue: catalogue, format: JSONLines(catalogue: catalogue))
    default:
      let format = AnyFormat(format.format(of: catalogue))
      try scan(policy, plan, catalogue: catalogue, format: format)
    }
  }

  private func fileReports(of catalogue: Catalogue, besides inputs: [Path]) throws(Complaint)
    -> [OtherReport]
  {
    var reports: [OtherReport] = []
    for (place, report) in report.enumerated() {
      let others = self.report[..<place].map(\.file)
      do throws(OutputError) {
        let file = try OutputFile.creating(report.file, besides: inputs + keyOption.paths + others)
        reports.append(
          OtherReport(
            to: file, format: report.format.format(of: catalogue),
            mostReported: reportOptions.maxFindings))
      } catch { throw Complaint(text: "\(error)") }
    }
    return reports
  }

  private func scan<Format: FindingFormat>(
    _ policy: Policy, _ plan: ScanRunPlan, catalogue: Catalogue, format: Format
  ) throws {
    let paths = inputs.paths()
    let report = Reports(
      FindingReport(
        to: .standardOutput(), format: format, mostReported: reportOptions.maxFindings),
      others: try fileReports(of: catalogue, besides: paths))
    Interruption.heed()
    RunningReceipt.showOnSignal()
    if gitOptions.isAsked {
      var run = GitRun(catalogue: catalogue, policy: policy, threads: plan.threads, report: report)
      for path in inputs.repositories() where !run.isStopped {
        if gitOptions.staged {
          run.scanStaged(of: path)
        } else {
          run.scanHistory(of: path, gitOptions.scope)
        }
      }
      run.end()
      try end(run.account, findings: run.report.findingCount, summary: run.summary)
    } else {
      var run = ScanRun(catalogue: catalogue, policy: policy, plan: plan, report: report)
      for path in paths where !run.isStopped { run.scan(path) }
      run.end()
      try end(
        run.account, findings: run.report.findingCount, summary: run.summary, skipped: run.skipped)
    }
  }

  private func end(
    _ account: Account, findings: UInt64, summary: String, skipped: String? = nil
  ) throws(ExitStatus) {
    if spoken.receipt { account.sayReceipt() }
    if !spoken.quiet {
      StandardError.say(summary)
    } else if spoken.receipt, let skipped {
      StandardError.say(skipped)
    }
    guard account.isComplete else { throw .incomplete }
    if findings > 0, !exitZero { throw .findings }
  }
}
