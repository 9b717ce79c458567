internal import WeirCore
internal import WeirIO

/// A scan of repositories under way, one after the other: their blobs in the order of history, each once.
struct GitRun<Format: FindingFormat>: ~Copyable {
  private let passages: Passages
  private let plan: ScanRunPlan
  private var outlet: Excerpts<Reports<Format>>
  private(set) var account = Account()
  private(set) var isStopped = false
  private var archiveCounts = ArchiveCounts()
  private var skips = Skips()

  init(
    catalogue: Catalogue, policy: Policy, plan: ScanRunPlan, report: consuming Reports<Format>
  ) {
    self.plan = plan
    passages = Passages(
      catalogue: catalogue, policy: policy, remainder: .scanned, packedInputs: plan.packedInputs,
      threads: plan.threads)
    outlet = Excerpts(report)
  }

  /// Scans a history.
  ///
  /// - Parameter path: where the repository is; nil is here.
  mutating func scanHistory(of path: Path?, _ scope: HistoryScope) {
    do throws(GitError) {
      let repository = try Repository(at: path)
      if repository.isShallow {
        StandardError.say(
          "\(repository.shownPath.text): is a shallow clone; older history is not in it")
      }
      let history = try History(scope, of: repository)
      var missingCount = try scan(repository) { most, mayWait throws(GitError) in
        try history.next(mostObjects: most, mayWait: mayWait)
      }
      if scope.isWhole { missingCount += try scan(NamedBlobs(of: repository).blobs, repository) }
      if !isStopped { skip(try history.submodules().paths) }
      if missingCount + history.missingCount > 0 {
        throw .missing(repository.shownPath, count: missingCount + history.missingCount)
      }
    } catch { fail(Passage.Failure(error)) }
  }

  /// Scans what is staged.
  mutating func scanStaged(of path: Path?) {
    do throws(GitError) {
      let repository = try Repository(at: path)
      let staged = try StagedFiles(of: repository)
      let missingCount = try scan(staged.blobs, repository)
      skip(staged.submodules)
      if missingCount > 0 { throw .missing(repository.shownPath, count: missingCount) }
    } catch { fail(Passage.Failure(error)) }
  }

  /// To be called once, behind the last repository.
  mutating func end() { account.end(&outlet.target, isStopped: isStopped) }

  private mutating func scan(
    _ blobs: [Blob], _ repository: Repository
  ) throws(GitError) -> Int {
    var rest = blobs[...]
    return try scan(repository) { most, _ in
      let next = rest.prefix(most)
      rest = rest.dropFirst(next.count)
      return next.isEmpty ? nil : Array(next)
    }
  }

  /// Scans what `next` brings: so many blobs at most, waiting for them or not; nil at the end.
  ///
  /// - Returns: how many are not there.
  private mutating func scan(
    _ repository: Repository, _ next: (Int, Bool) throws(GitError) -> [Blob]?
  ) throws(GitError) -> Int {
    // Openings are told in order.
    var ahead = BlobsAhead(
      passages, of: repository, unpacking: plan.openingsAreShown ? nil : plan.limits,
      threads: plan.threads)
    var teller = BlobTeller(
      passages, of: repository, unpacking: plan.limits, openingsAreTold: plan.openingsAreShown)
    var missingCount = 0
    var isAtEnd = false
    while !isStopped, !isAtEnd || !ahead.isEmpty {
      while !isAtEnd, !ahead.isFull {
        guard let blobs = try next(ahead.wantedCount, ahead.isEmpty) else {
          isAtEnd = true
          break
        }
        if !blobs.isEmpty { ahead.append(blobs) } else if !ahead.isEmpty { break }
      }
      guard let result = ahead.next() else { continue }
      account.inputCount += result.inputCount
      account.receipt.add(result.receipt)
      archiveCounts.add(result.archiveCounts)
      missingCount += result.missingCount
      for outcome in result.outcomes where !isStopped {
        if let failure = outcome.failure { fail(failure) }
        if let failure = try teller.begin(outcome, to: &outlet) { fail(failure) }
        while !isStopped, let part = teller.next(into: &outlet) {
          switch part {
          case .passed(let passage): add(passage, in: teller.appearance)
          case .failed(let error): fail(.input(error), in: teller.appearance)
          }
        }
        archiveCounts.add(teller.end())
      }
      for failure in result.failures { fail(.git(failure)) }
      if let end = result.end { throw end }
    }
    return missingCount
  }

  private mutating func skip(_ submodules: Set<Path>) {
    for path in submodules.sorted(by: { $0.bytes.lexicographicallyPrecedes($1.bytes) }) {
      skips.add(.submodule)
      if plan.skipsAreShown { StandardError.say("\(path.text): \(Skip.submodule.reason); skipped") }
    }
  }

  private mutating func add(_ passage: Passage, in appearance: Appearance?) {
    account.add(passage, in: appearance)
    isStopped = passage.failure?.endsRun ?? false
  }

  private mutating func fail(_ failure: Passage.Failure, in appearance: Appearance? = nil) {
    account.fail(failure, in: appearance)
    isStopped = isStopped || failure.endsRun
  }

  var counts: FindingCounts { outlet.target.counts }

  /// What else was counted, in words.
  var otherCounts: [String] {
    (archiveCounts.isEmpty ? [] : ["\(archiveCounts)"]) + (skips.count > 0 ? ["\(skips)"] : [])
  }

  /// What to do about what was not looked into; nil for nothing.
  var advice: String? {
    guard skips.count > 0 else { return nil }
    let were = skips.count == 1 ? "submodule was" : "submodules were"
    return "\(skips.count) \(were) not looked into; scan each by its folder, or if that is gone by "
      + ".git/modules/NAME: weir scan --git FOLDER"
  }

  /// `2 findings in 40 inputs; 1 reported; 1 archive opened; 1 skipped: 1 submodule`
  var summary: String { account.summary(of: outlet.target, others: otherCounts) }
}
