internal import WeirCore
internal import WeirIO

/// A scan under way: the inputs one after the other, each with a scanner of its own.
struct ScanRun<Format: FindingFormat>: ~Copyable {
  private var passages: Passages
  private let plan: ScanRunPlan
  private var outlet: Excerpts<Reports<Format>>
  private(set) var account = Account()
  private(set) var isStopped = false
  private var skips = Skips()
  private var archiveCounts = ArchiveCounts()

  init(
    catalogue: Catalogue, policy: Policy, plan: ScanRunPlan, report: consuming Reports<Format>
  ) {
    self.plan = plan
    passages = Passages(
      catalogue: catalogue, policy: policy, remainder: .scanned,
      packedInputs: plan.packedInputs, threads: plan.threads)
    outlet = Excerpts(report)
  }

  /// Scans what was named: a file, standard input, or all files below a directory.
  mutating func scan(_ path: Path) {
    do throws(InputError) {
      let source = try Source(opening: path)
      if source.isDirectory, !path.isStandardInput {
        walk(path)
      } else {
        pass(source)
      }
    } catch { fail(error) }
  }

  /// To be called once, behind the last input.
  mutating func end() { account.end(&outlet.target, isStopped: isStopped) }

  private mutating func walk(_ directory: Path) {
    var walk = Walk(plan.selection)
    if plan.threads == 1 {
      walk.walk(directory) { entry in
        take(FilesAhead.Outcome(due: entry))
        return !isStopped
      }
    } else {
      var files = FilesAhead(passages, plan.selection, threads: plan.threads)
      walk.walk(directory) { entry in
        files.append(entry)
        while files.isFull, !isStopped, let outcome = files.next() { take(outcome) }
        return !isStopped
      }
      while !isStopped, let outcome = files.next() { take(outcome) }
    }
  }

  private mutating func take(_ outcome: FilesAhead.Outcome) {
    switch outcome {
    case .passed(let path, var passage, let findings):
      outlet.target.begin(path, nil)
      for kept in findings { outlet.target.finding(kept.finding, in: kept.line) }
      do throws(OutputError) { try outlet.target.flush() } catch {
        passage.failure = .output(error)
      }
      add(passage)
    case .isDue(let path):
      do throws(InputError) {
        let source = try Source(opening: path, mayWait: false)
        // Of what was a file when it was listed.
        if source.isDirectory {
          walk(path)
        } else if source.isSpecial {
          skip(path, .special)
        } else {
          pass(source)
        }
      } catch { fail(error) }
    case .skipped(let path, let skip): self.skip(path, skip)
    case .failed(let error): fail(error)
    }
  }

  private mutating func fail(_ error: InputError) {
    let failure = Passage.Failure.input(error)
    account.fail(failure)
    isStopped = failure.endsRun
  }

  private mutating func skip(_ path: Path, _ skip: Skip) {
    skips.add(skip)
    guard plan.skipsAreShown || skip == .special else { return }
    StandardError.say("\(path.text): \(skip.reason); skipped")
  }

  private mutating func pass(_ source: consuming Source) {
    if let skip = plan.selection.skip(of: source) { return self.skip(source.path, skip) }
    var source = source
    let passage = passages.run(&source, into: &outlet)
    guard let limits = plan.limits, let packed = passage.packed else { return add(passage) }
    Progress.forgetWhole()
    var unpacking = Unpacking(source, packed, limits: limits, isTold: plan.openingsAreShown)
    while !isStopped, let outcome = unpacking.next(&passages, into: &outlet) {
      switch outcome {
      case .passed(let passage): add(passage)
      case .failed(let error): fail(error)
      }
    }
    archiveCounts.add(unpacking.counts)
  }

  private mutating func add(_ passage: Passage) {
    account.add(passage)
    isStopped = passage.failure?.endsRun ?? false
  }

  var counts: FindingCounts { outlet.target.counts }

  /// What else was counted, in words.
  var otherCounts: [String] {
    (archiveCounts.isEmpty ? [] : ["\(archiveCounts)"]) + (skips.count > 0 ? ["\(skips)"] : [])
  }

  /// `2 findings in 40 inputs; 1 reported; 1 archive opened; 1 skipped: 1 .git`
  var summary: String { account.summary(of: outlet.target, others: otherCounts) }
}
