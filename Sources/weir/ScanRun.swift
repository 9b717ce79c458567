internal import WeirCore
internal import WeirIO

/// A scan under way: the inputs one after the other, each with a scanner of its own.
struct ScanRun<Format: FindingFormat>: ~Copyable {
  private var passages: Passages
  private let threads: Int
  private(set) var report: Reports<Format>
  private(set) var account = Account()
  private(set) var isStopped = false
  private var skippedCount = 0

  init(
    catalogue: Catalogue, policy: Policy, threads: Int, report: consuming Reports<Format>
  ) {
    self.threads = threads
    passages = Passages(
      catalogue: catalogue, policy: policy, remainder: .scanned, threads: threads)
    self.report = report
  }

  /// Scans what was named: a file, standard input, or all files below a directory.
  mutating func scan(_ path: Path) {
    do throws(InputError) {
      var source = try Source(opening: path)
      if source.isDirectory, !path.isStandardInput {
        walk(path)
      } else {
        pass(&source)
      }
    } catch { fail(error) }
  }

  /// To be called once, behind the last input.
  mutating func end() {
    account.heedInterruption()
    do throws(OutputError) { try report.end(isComplete: account.isComplete) } catch {
      // A failed write that stopped the run was told then.
      if !isStopped { account.fail(.output(error)) }
    }
  }

  private mutating func walk(_ directory: Path) {
    var walk = Walk()
    if threads == 1 {
      walk.walk(directory) { entry in
        take(FilesAhead.Outcome(due: entry))
        return !isStopped
      }
    } else {
      var files = FilesAhead(passages, threads: threads)
      walk.walk(directory) { entry in
        files.append(entry)
        while files.isFull, !isStopped, let outcome = files.next() { take(outcome) }
        return !isStopped
      }
      while !isStopped, let outcome = files.next() { take(outcome) }
    }
    skippedCount += walk.skippedCount
  }

  private mutating func take(_ outcome: FilesAhead.Outcome) {
    switch outcome {
    case .passed(let path, var passage, let findings):
      report.begin(path)
      for finding in findings { report.finding(finding) }
      do throws(OutputError) { try report.flush() } catch { passage.failure = .output(error) }
      add(passage)
    case .isDue(let path):
      do throws(InputError) {
        var source = try Source(opening: path, mayWait: false)
        pass(&source)
      } catch { fail(error) }
    case .special(let path):
      StandardError.say("\(path.text): is no file (a FIFO, socket or device); skipped")
    case .failed(let error): fail(error)
    }
  }

  private mutating func fail(_ error: InputError) {
    let failure = Passage.Failure.input(error)
    account.fail(failure)
    isStopped = failure.endsRun
  }

  private mutating func pass(_ source: inout Source) {
    add(passages.run(&source, into: &report))
  }

  private mutating func add(_ passage: Passage) {
    account.add(passage)
    isStopped = passage.failure?.endsRun ?? false
  }

  /// `2 findings in 40 inputs; 1 reported; 1 skipped`
  var summary: String {
    account.summary(findings: report.findingCount)
      + (report.isCutShort ? "; \(report.reportedCount) reported" : "")
      + (skippedCount > 0 ? "; \(skippedCount) skipped (no files, or links to directories)" : "")
  }
}
