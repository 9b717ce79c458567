public import ArgumentParser
public import WeirCore
internal import WeirIO

extension MaskStyle: ExpressibleByArgument {}

/// `weir redact`: the stream flows on, the secrets stay behind.
struct RedactCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "redact",
    abstract: "Copies the input to standard output with a mask in the place of each secret.",
    discussion: """
      weir redact < app.log > clean.log
      weir redact --mask stars --findings found.jsonl app.log > clean.log
      make 2>&1 | weir redact                  each line as it comes
      weir redact -z app.log.gz > clean.log
      weir redact --follow app.log             as tail -F does; ends with a signal
      weir redact --in-place *.log             rewrites the files that hold secrets

      A complete line leaves in the call that brought it, unless it opens a secret of many \
      lines. Secrets of rules that are left out pass as they are. Ends with 0 when all passed, masked or \
      not, and with 2 otherwise.
      """)

  @OptionGroup var inputs: InputPaths

  @Option(
    help: """
      What stands for a secret: rule (WEIR_REDACTED_<rule>, with a key also _<fingerprint>), \
      fixed (WEIR_REDACTED), stars (as many as bytes), hash (WEIR_REDACTED_<fingerprint>; needs \
      a key).
      """)
  var mask: MaskStyle = .rule

  @Flag(
    help: """
      Follow one file by its name: read on when it grows, and go on with the next when it was \
      renamed or cut shorter. Ends with a signal.
      """)
  var follow = false

  @Flag(
    name: [.customShort("z"), .long],
    help: """
      Unpack inputs that are compressed (gzip, xz, zstd, bzip2, lz4) and write what is in them; \
      others pass as without it.
      """)
  var decompress = false

  @OptionGroup(title: "Files") var inPlaceOptions: InPlaceOptions

  @OptionGroup(title: "Rules") var catalogueOptions: CatalogueOptions

  @OptionGroup(title: "Rules") var ruleOptions: RuleOptions

  @OptionGroup(title: "Report") var keyOption: KeyOption

  @OptionGroup var threadOption: ThreadOption

  @Option(
    help: ArgumentHelp("Write a JSON line for each finding to this file.", valueName: "file"),
    completion: .file())
  var findings: String?

  @OptionGroup(title: "Report") var reportOptions: ReportOptions

  @OptionGroup(title: "Messages") var spoken: SpokenOptions

  @Flag(help: "End with 1 when a secret was found.")
  var failOnFinding = false

  func run() throws {
    let key = try keyOption.key()
    if mask == .hash, key == nil {
      throw Complaint(text: "--mask hash: needs a key; give --key FILE or set WEIR_KEY")
    }
    if reportOptions.maxFindings != nil, findings == nil {
      throw Complaint(text: "--max-findings: nothing is reported; give --findings FILE")
    }
    let paths = inputs.paths()
    if follow, paths.count != 1 || paths[0].isStandardInput {
      throw Complaint(text: "--follow: takes one file, by its name; start one for each")
    }
    if follow, decompress {
      throw Complaint(text: "--decompress: what is compressed does not grow; leave --follow out")
    }
    let rewriting = inPlaceOptions.choices
    if rewriting != nil {
      if follow {
        throw Complaint(text: "--in-place: a file that grows is not rewritten; leave --follow out")
      }
      if decompress {
        throw Complaint(text: "--in-place: nothing is packed again; leave --decompress out")
      }
      if paths == [.standardInput] {
        throw Complaint(text: "--in-place: name the files to rewrite")
      }
    }
    var policy = Policy.redact
    policy.key = key
    policy.countsLines = findings != nil
    let catalogue = try catalogueOptions.load(isQuiet: spoken.quiet)
    try ruleOptions.apply(to: &policy, of: catalogue)
    // What is appended now and then does not come in blocks for many.
    let threads = follow ? 1 : threadOption.count
    let voice = RunVoice(spoken, of: catalogue, policy, threads: threads)
    guard let findings else {
      try redact(
        paths, rewriting, policy, threads: threads, voice, catalogue: catalogue, report: NoReport())
      return
    }
    let report: FindingReport<JSONLines>
    do {
      report = FindingReport(
        to: try .creating(Path(findings), besides: paths + keyOption.paths),
        format: JSONLines(catalogue: catalogue),
        mostReported: reportOptions.maxFindings)
    } catch { throw Complaint(text: "\(error)") }
    try redact(
      paths, rewriting, policy, threads: threads, voice, catalogue: catalogue, report: report)
  }

  private func redact<Report: Outlet & ~Copyable>(
    _ paths: [Path], _ rewriting: Rewrite.Choices?, _ policy: Policy, threads: Int,
    _ voice: RunVoice, catalogue: Catalogue, report: consuming Report
  ) throws(ExitStatus) {
    if let rewriting {
      try rewrite(
        paths, rewriting, policy, threads: threads, voice, catalogue: catalogue, report: report)
    } else {
      try copy(paths, policy, threads: threads, voice, catalogue: catalogue, report: report)
    }
  }

  private func rewrite<Report: Outlet & ~Copyable>(
    _ paths: [Path], _ choices: Rewrite.Choices, _ policy: Policy, threads: Int,
    _ voice: RunVoice, catalogue: Catalogue, report: consuming Report
  ) throws(ExitStatus) {
    var run = InPlaceRun(
      catalogue: catalogue, policy: policy, mask: mask, threads: threads, choices: choices,
      report: report)
    Interruption.heed()
    RunningReceipt.showOnSignal()
    for path in paths where !run.isStopped { run.rewrite(path) }
    run.end()
    if spoken.receipt { run.sayReceipt() }
    voice.sayStatistics(of: run.account, run.counts)
    if !spoken.quiet { StandardError.say(run.summary) }
    guard run.account.isComplete else { throw .incomplete }
    if failOnFinding, run.findingCount > 0 { throw .findings }
  }

  private func copy<Report: Outlet & ~Copyable>(
    _ paths: [Path], _ policy: Policy, threads: Int, _ voice: RunVoice, catalogue: Catalogue,
    report: consuming Report
  ) throws(ExitStatus) {
    var redaction = Redaction(
      to: .standardOutput(), mask: mask, catalogue: catalogue, report: report)
    var account = Account()
    var passages = Passages(
      catalogue: catalogue, policy: policy, remainder: .withheld, packedInputs: .told,
      threads: threads)
    Interruption.heed()
    RunningReceipt.showOnSignal()
    for path in paths {
      do throws(InputError) {
        var failure: Passage.Failure?
        repeat {
          var source = try open(path, writingTo: redaction)
          let passage = passages.run(&source, into: &redaction)
          account.add(passage)
          failure = passage.failure
        } while follow && failure == nil
        if failure?.endsRun == true { break }
      } catch {
        account.fail(.input(error))
        if error.isInterruption { break }
      }
    }
    do throws(OutputError) { try redaction.close() } catch { account.fail(.output(error)) }
    account.heedInterruption()
    let most = reportOptions.maxFindings ?? .max
    let lastLine =
      account.summary(findings: redaction.findingCount) + ", masked"
      + (redaction.findingCount > most ? "; \(most) reported" : "")
    voice.sayEnd(
      of: account, redaction.counts, lastLine: redaction.findingCount > 0 ? lastLine : nil)
    guard account.isComplete else { throw .incomplete }
    if failOnFinding, redaction.findingCount > 0 { throw .findings }
  }

  private func open<Report: Outlet & ~Copyable>(
    _ path: Path, writingTo redaction: borrowing Redaction<Report>
  ) throws(InputError) -> Source {
    let source = follow ? try Source.following(path) : try Source(opening: path)
    if source.isDirectory { throw .isDirectory(path) }
    if redaction.writes(to: source) { throw .isOutput(path) }
    return decompress ? try source.decompressed() : source
  }
}
