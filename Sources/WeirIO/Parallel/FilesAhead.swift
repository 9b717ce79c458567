internal import WeirCore

/// The files of a tree that have been listed and not reported yet, in order. A crew scans them meanwhile.
///
/// Bound: so many batches as `Ahead` holds, each of at most `mostEntries` files with at most `mostFindings` findings, whose lines take
/// `mostLineBytes` at most. A file that has more, is long, or packed, is left to its turn: then it is scanned as one that was named.
public struct FilesAhead: ~Copyable {
  private static let mostEntries = 16
  private static let mostFindings = 256
  private static let mostLineBytes = 1 << 15
  private static let longBytes: UInt64 = 1 << 22

  /// What became of an entry of a walk.
  public enum Outcome: Sendable {
    /// It was read and scanned.
    case passed(Path, Passage, [KeptFinding])
    case failed(InputError)
    /// It is to be scanned now.
    case isDue(Path)
    case skipped(Path, Skip)

    /// Of an entry that nobody has looked at.
    public init(due entry: Walk.Entry) {
      switch entry {
      case .file(let path): self = .isDue(path)
      case .skipped(let path, let skip): self = .skipped(path, skip)
      case .failed(let error): self = .failed(error)
      }
    }
  }

  /// What a thread scans with.
  private final class FileScanner {
    var passages: Passages
    let selection: Selection
    var findings = Excerpts(noFindings)

    init(_ passages: Passages, _ selection: Selection) {
      self.passages = passages
      self.selection = selection
    }
  }

  private var batches: Ahead<FileScanner, [Outcome]>
  /// Of the batch that grows.
  private var entries: [Walk.Entry] = []
  /// What came of the batch that is told, the last first.
  private var taken: [Outcome] = []

  /// - Parameters:
  ///   - passages: how files are scanned. Each thread has a scanner of its own.
  ///   - selection: which files are.
  public init(_ passages: Passages, _ selection: Selection, threads: Int) {
    let passages = passages.alone
    batches = Ahead(threads: threads) { FileScanner(passages, selection) }
  }

  /// The next entry of the walk.
  public mutating func append(_ entry: Walk.Entry) {
    entries.append(entry)
    if entries.count >= min(1 + batches.rounds, Self.mostEntries) { submit() }
  }

  private mutating func submit() {
    let entries = entries
    batches.submit { scanner in entries.map { Self.outcome(of: $0, with: scanner) } }
    self.entries = []
  }

  /// There are as many as may be: what `next` has is to be taken.
  public var isFull: Bool { batches.isFull }

  /// What became of the next entry.
  ///
  /// - Returns: nil when there is none.
  public mutating func next() -> Outcome? {
    if taken.isEmpty {
      if batches.isEmpty, !entries.isEmpty { submit() }
      guard let outcomes = batches.next() else { return nil }
      taken = outcomes.reversed()
    }
    let outcome = taken.removeLast()
    if case .passed(_, let passage, _) = outcome { RunningReceipt.end(passage.receipt) }
    return outcome
  }

  private static var noFindings: FirstFindings {
    FirstFindings(most: mostFindings, mostBytes: mostLineBytes)
  }

  private static func outcome(of entry: Walk.Entry, with scanner: FileScanner) -> Outcome {
    guard case .file(let path) = entry else { return Outcome(due: entry) }
    do throws(InputError) {
      var source = try Source(opening: path, mayWait: false)
      if let skip = scanner.selection.skip(of: source) { return .skipped(path, skip) }
      guard let count = source.byteCount, count < longBytes else { return .isDue(path) }
      scanner.findings.target = noFindings
      let passage = scanner.passages.run(&source, into: &scanner.findings)
      let findings = scanner.findings.target
      return findings.hasMore || passage.packed != nil
        ? .isDue(path) : .passed(path, passage, findings.all)
    } catch { return .failed(error) }
  }
}
