/// Reports what was found in blobs, and where they appeared.
public struct BlobTeller: ~Copyable {
  private let repository: Repository
  private var passages: Passages
  /// Started for the first finding: most histories have none.
  private var appearances: AppearanceReader?
  private var reader: BlobReader?

  public init(_ passages: Passages, of repository: Repository) {
    self.repository = repository
    self.passages = passages.alone
  }

  /// - Returns: what went wrong.
  public mutating func tell<Format: FindingFormat>(
    _ outcome: BlobsAhead.Outcome, to report: inout Reports<Format>
  ) throws(GitError) -> Passage.Failure? {
    let path: Path
    passages.commit = nil
    switch outcome.blob.place {
    case .name(let name): path = name
    case .commit(let commit):
      if appearances == nil { appearances = try AppearanceReader(repository) }
      let appearance = try appearances!.appearance(of: outcome.blob.id, in: commit)
      report.appearance = appearance
      passages.commit = appearance.commit
      path = appearance.path
    }
    defer { report.appearance = nil }
    guard let findings = outcome.findings else {
      return try readAgain(outcome.blob, at: path, into: &report)
    }
    report.begin(path)
    for finding in findings { report.finding(finding) }
    do throws(OutputError) { try report.flush() } catch { return .output(error) }
    return nil
  }

  /// For findings that were too many to be kept.
  private mutating func readAgain<Format: FindingFormat>(
    _ blob: Blob, at path: Path, into report: inout Reports<Format>
  ) throws(GitError) -> Passage.Failure? {
    if self.reader == nil { self.reader = try BlobReader(repository) }
    let reader = self.reader!
    try reader.ask(for: CollectionOfOne(blob))
    guard case .blob(let byteCount) = try reader.next() else {
      throw .missing(repository.shownPath, count: 1)
    }
    var source = Source(reader, path: path, byteCount: byteCount)
    return passages.run(&source, into: &report).failure
  }
}
