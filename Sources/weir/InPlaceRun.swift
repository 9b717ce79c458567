internal import WeirCore
internal import WeirIO

/// Files rewritten one after the other: each is searched first, and only what has something to mask is written anew.
struct InPlaceRun<Report: Outlet & ~Copyable>: ~Copyable {
  private let catalogue: Catalogue
  private let mask: MaskStyle
  private let choices: Rewrite.Choices
  private var searching: Passages
  private var copying: Passages
  private var search: Search<Report>
  private(set) var account = Account()
  private(set) var isStopped = false
  /// In what was rewritten.
  private(set) var findingCount: UInt64 = 0
  private var rewrittenCount = 0
  /// Of the copies that took the place of files.
  private var written = Receipt()

  init(
    catalogue: Catalogue, policy: Policy, mask: MaskStyle, threads: Int, choices: Rewrite.Choices,
    report: consuming Report
  ) {
    self.catalogue = catalogue
    self.mask = mask
    self.choices = choices
    searching = Passages(
      catalogue: catalogue, policy: policy, remainder: .withheld, packedInputs: .handedBack,
      threads: threads)
    copying =
      Passages(
        catalogue: catalogue, policy: policy, remainder: .withheld, threads: threads
      ).beside
    search = Search(report: report)
  }

  /// Rewrites a file in which something is to be masked.
  mutating func rewrite(_ path: Path) {
    do throws(RewriteError) {
      let rewrite = try Rewrite(of: path, choices)
      var source = try rewrite.source()
      let passage = searching.run(&source, into: &search)
      if let packed = passage.packed { throw .isPacked(path, by: packed.name) }
      account.add(passage)
      isStopped = passage.failure?.endsRun ?? false
      guard passage.failure == nil, search.hasMasks else { return }
      try copy(rewrite, path, as: passage.receipt)
      findingCount += search.findingCount
      rewrittenCount += 1
    } catch {
      account.leave(error)
      isStopped = error.isInterruption
    }
  }

  /// - Parameter receipt: of the search, in which the same has to have been read.
  private mutating func copy(
    _ rewrite: borrowing Rewrite, _ path: Path, as receipt: Receipt
  ) throws(RewriteError) {
    let new = try rewrite.newFile()
    var redaction = Redaction(
      to: new.output(), mask: mask, catalogue: catalogue, report: NoReport())
    var source = try rewrite.source()
    let passage = copying.run(&source, into: &redaction)
    if let failure = passage.failure { throw .notCopied(failure) }
    var decided = passage.receipt
    decided.output = nil
    guard decided == receipt else { throw .changed(path) }
    try rewrite.replace(by: new)
    written.add(passage.receipt)
  }

  /// To be called once, behind the last file.
  mutating func end() {
    do throws(OutputError) { try search.close() } catch { account.fail(.output(error)) }
    account.heedInterruption("files that were not rewritten by then are as they were")
  }

  var counts: FindingCounts { search.counts }

  func sayReceipt() {
    account.sayReceipt()
    if rewrittenCount > 0 { StandardError.say("receipt of what was rewritten: \(written)") }
  }

  /// `3 findings in 40 inputs, masked; 2 files rewritten; their backups (.bak) hold what was masked`
  var summary: String {
    let files = "\(rewrittenCount) \(rewrittenCount == 1 ? "file" : "files") rewritten"
    guard rewrittenCount > 0 else { return "\(account.summary(findings: findingCount)); \(files)" }
    return "\(account.summary(findings: findingCount)), masked; \(files)"
      + (choices.backupSuffix.map { "; backups (\($0)) hold what was masked" } ?? "")
  }
}
