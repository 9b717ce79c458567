internal import ArgumentParser
internal import WeirCore
internal import WeirIO

/// What is scanned for a baseline, and how: as `weir scan` does.
struct BaselineOptions: ParsableArguments {
  @Argument(help: ArgumentHelp("The baseline.", valueName: "file"), completion: .file())
  var file: String

  @Argument(
    help: ArgumentHelp(
      "Files and directories to scan, or repositories with --git; by default this directory.",
      valueName: "path"), completion: .file())
  var path: [String] = []

  @Flag(help: "Scan the history of repositories, in the place of files.")
  var git = false

  @OptionGroup var catalogueOptions: CatalogueOptions

  @OptionGroup var treeOptions: TreeOptions

  @OptionGroup var ruleOptions: RuleOptions

  @OptionGroup var archiveOptions: ArchiveOptions

  @OptionGroup var allowOptions: AllowOptions

  @OptionGroup var threadOption: ThreadOption

  @OptionGroup var spoken: SpokenOptions

  var paths: [Path] { path.isEmpty ? [Path(".")] : InputPaths.paths(named: path) }

  func validate() throws {
    guard !paths.contains(.standardInput) else {
      throw ValidationError("-: of standard input there is no baseline; name files or directories")
    }
  }

  /// What is found now, beside what allow comments and others let be.
  ///
  /// - Parameter baseline: whose salt it is counted with.
  /// - Throws: `ExitStatus.incomplete` when not all was read; why has been said.
  func scan(for baseline: Baseline) throws -> Baseline.Counts {
    let catalogue = try catalogueOptions.load()
    var policy = Policy()
    try ruleOptions.apply(to: &policy, of: catalogue)
    let suppressions = Suppressions(
      try allowOptions.suppressors(for: paths, of: catalogue), catalogue: catalogue)
    policy.readers = suppressions.readers + [baseline.reader]
    let plan = ScanRunPlan(
      threads: threadOption.count, selection: try treeOptions.selection(),
      skipsAreShown: treeOptions.showSkipped ?? false, openingsAreShown: false,
      limits: archiveOptions.limits)
    let census = BaselineCensus(of: catalogue)
    let report = Reports(
      FindingReport(to: .standardOutput(), format: CensusFormat(census)),
      suppressions: suppressions)
    Interruption.heed()
    RunningReceipt.showOnSignal()
    if git {
      var run = GitRun(catalogue: catalogue, policy: policy, plan: plan, report: report)
      for path in paths where !run.isStopped { run.scanHistory(of: path, HistoryScope()) }
      run.end()
      try end(run.account, summary: run.summary)
    } else {
      var run = ScanRun(catalogue: catalogue, policy: policy, plan: plan, report: report)
      for path in paths where !run.isStopped { run.scan(path) }
      run.end()
      try end(run.account, summary: run.summary)
    }
    return census.counts
  }

  private func end(_ account: Account, summary: String) throws(ExitStatus) {
    if spoken.receipt { account.sayReceipt() }
    if !spoken.quiet { StandardError.say(summary) }
    guard account.isComplete else {
      StandardError.say("\(Path(file).text): not written, for not all could be read")
      throw .incomplete
    }
  }
}
