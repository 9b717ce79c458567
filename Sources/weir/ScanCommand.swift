internal import ArgumentParser
internal import WeirCore
internal import WeirIO
internal import WeirRules

/// `weir scan`: where secrets are, and by which rule.
struct ScanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scan",
    abstract: "Reports the secrets in files, directories, standard input or histories.",
    discussion: """
      weir scan src/                              files, but not what git ignores
      weir scan --git --since '2 weeks ago'       what was ever committed
      weir scan --staged                          what the next commit will have
      weir scan --pack ai,cloud < app.log         a stream
      weir scan --format sarif . > weir.sarif     for other programs

      Ends with 0 for nothing found, 1 for findings, 2 when not all could be read. The last line \
      counts what was not read, and why. Of a directory hidden and binary files are read too, but not \
      what .weirignore, .ignore or git ignore, nor .git, links to directories, FIFOs, sockets and \
      devices; what is named is read in any case. Archives are opened in memory: \
      image.tar!layer.tar!app/.env.
      """)

  @OptionGroup var inputs: InputPaths

  @OptionGroup(title: "History") var gitOptions: GitOptions

  @Option(
    help: "text for people (also if not given), jsonl with a JSON object a line, or a document.")
  var format: ReportFormat?

  @Option(
    help: ArgumentHelp(
      "Also a report into a file: sarif=out.sarif; repeatable.",
      valueName: "format=file"),
    completion: .list(ReportFormat.allCases.map { "\($0.rawValue)=" }))
  var report: [FileReport] = []

  @OptionGroup(title: "Rules") var catalogueOptions: CatalogueOptions

  @OptionGroup(title: "Files") var treeOptions: TreeOptions

  @OptionGroup(title: "Rules") var ruleOptions: RuleOptions

  @OptionGroup(title: "Report") var reportOptions: ReportOptions

  @OptionGroup(title: "Report") var lookOptions: LookOptions

  @OptionGroup(title: "Report") var keyOption: KeyOption

  @OptionGroup(title: "Archives") var archiveOptions: ArchiveOptions

  @OptionGroup var threadOption: ThreadOption

  @Flag(help: "End with 0 also when there are findings.")
  var exitZero = false

  @OptionGroup var configurationOptions: ConfigurationOptions

  @OptionGroup var allowOptions: AllowOptions

  @Option(
    help: ArgumentHelp(
      "Let be what this file of `weir baseline` knows.", valueName: "file"), completion: .file())
  var baseline: String?

  @OptionGroup(title: "Messages") var spoken: SpokenOptions

  @Flag(help: "Do not show how far a long scan is, on a terminal.")
  var noProgress = false

  func run() throws {
    let configuration = try Configuration(of: self)
    if let file = configuration.file, !spoken.quiet {
      StandardError.say("configured by \(file.path.text)")
    }
    do { try configuration.command.scan(allowing: configuration.allowed) } catch let complaint
      as Complaint
    {
      throw configuration.placed(complaint)
    }
  }

  /// With all that is set.
  private func scan(allowing statements: [AllowStatement]) throws {
    let catalogue = try catalogueOptions.load(isQuiet: spoken.quiet)
    var policy = Policy(key: try keyOption.key())
    try ruleOptions.apply(to: &policy, of: catalogue)
    let suppressions = Suppressions(
      try suppressors(of: catalogue, allowing: statements), catalogue: catalogue)
    policy.readers = suppressions.readers
    let plan = ScanRunPlan(
      threads: threadOption.count, selection: try treeOptions.selection(),
      skipsAreShown: treeOptions.showSkipped ?? false || spoken.verbose,
      openingsAreShown: spoken.verbose, limits: archiveOptions.limits)
    // Those of a line each are quick, for there may be millions.
    let format = format ?? .text
    switch format {
    case .text where lookOptions.look.isPlain:
      try scan(
        policy, plan, suppressions, catalogue: catalogue, format: TextLines(catalogue: catalogue))
    case .text:
      try scan(
        policy, plan, suppressions, catalogue: catalogue,
        format: PeopleText(catalogue: catalogue, lookOptions.look))
    case .jsonl:
      try scan(
        policy, plan, suppressions, catalogue: catalogue, format: JSONLines(catalogue: catalogue))
    default:
      let format = AnyFormat(format.format(of: catalogue))
      try scan(policy, plan, suppressions, catalogue: catalogue, format: format)
    }
  }

  private func suppressors(
    of catalogue: Catalogue, allowing statements: [AllowStatement]
  ) throws -> [any Suppressor] {
    let roots = gitOptions.isAsked ? inputs.repositories().map { $0 ?? Path(".") } : inputs.paths()
    var suppressors = try allowOptions.suppressors(for: roots, of: catalogue, and: statements)
    if let baseline, !allowOptions.noAllow {
      suppressors.append(BaselineSuppressor(try BaselineFile.read(Path(baseline))))
    }
    return suppressors
  }

  private func fileReports(of catalogue: Catalogue, besides inputs: [Path]) throws(Complaint)
    -> [OtherReport]
  {
    var reports: [OtherReport] = []
    for (place, report) in report.enumerated() {
      let others = self.report[..<place].map(\.file)
      do throws(OutputError) {
        let file = try OutputFile.creating(
          report.file,
          besides: inputs + keyOption.paths + allowOptions.files + others
            + (baseline.map { [Path($0)] } ?? []))
        reports.append(
          OtherReport(
            to: file, format: report.format.format(of: catalogue),
            mostReported: reportOptions.maxFindings))
      } catch { throw Complaint(text: "\(error)") }
    }
    return reports
  }

  private func scan<Format: FindingFormat>(
    _ policy: Policy, _ plan: ScanRunPlan, _ suppressions: Suppressions, catalogue: Catalogue,
    format: Format
  ) throws {
    let paths = inputs.paths()
    let report = Reports(
      FindingReport(
        to: .standardOutput(), format: format, mostReported: reportOptions.maxFindings),
      others: try fileReports(of: catalogue, besides: paths), suppressions: suppressions)
    let isForPeople = (self.format ?? .text) == .text
    let voice = RunVoice(spoken, of: catalogue, policy, threads: plan.threads)
    Interruption.heed()
    RunningReceipt.showOnSignal()
    if !noProgress, !spoken.quiet { Progress.begin(reading: gitOptions.isAsked ? [] : paths) }
    if gitOptions.isAsked {
      var run = GitRun(catalogue: catalogue, policy: policy, plan: plan, report: report)
      for path in inputs.repositories() where !run.isStopped {
        if gitOptions.staged {
          run.scanStaged(of: path)
        } else {
          run.scanHistory(of: path, gitOptions.scope)
        }
      }
      Progress.end()
      run.end()
      if let advice = run.advice, !spoken.quiet { StandardError.say(advice) }
      voice.sayEnd(
        of: run.account, run.counts, others: run.otherCounts,
        isSummedUp: isForPeople, lastLine: run.summary)
      try end(run.account, findings: run.counts.total)
    } else {
      var run = ScanRun(catalogue: catalogue, policy: policy, plan: plan, report: report)
      for path in paths where !run.isStopped { run.scan(path) }
      Progress.end()
      run.end()
      voice.sayEnd(
        of: run.account, run.counts, others: run.otherCounts,
        isSummedUp: isForPeople, lastLine: run.summary)
      try end(run.account, findings: run.counts.total)
    }
  }

  private func end(_ account: Account, findings: UInt64) throws(ExitStatus) {
    guard account.isComplete else { throw .incomplete }
    if findings > 0, !exitZero { throw .findings }
  }
}
