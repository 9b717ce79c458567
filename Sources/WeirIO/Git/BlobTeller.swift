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
  public mutating func tell<Target: FindingTarget & ~Copyable>(
    _ outcome: BlobsAhead.Outcome, to outlet: inout Excerpts<Target>
  ) throws(GitError) -> Passage.Failure? {
    let path: Path
    passages.commit = nil
    switch outcome.blob.place {
    case .name(let name): path = name
    case .commit(let commit):
      if appearances == nil { appearances = try AppearanceReader(repository) }
      let appearance = try appearances!.appearance(of: outcome.blob.id, in: commit)
      outlet.appearance = appearance
      passages.commit = appearance.commit
      path = appearance.path
    }
    defer { outlet.appearance = nil }
    guard let findings = outcome.findings else {
      return try readAgain(outcome.blob, at: path, into: &outlet)
    }
    outlet.target.begin(path, outlet.appearance)
    for kept in findings { outlet.target.finding(kept.finding, in: kept.line) }
    do throws(OutputError) { try outlet.target.flush() } catch { return .output(error) }
    return nil
  }

  /// For findings that were too many to be kept.
  private mutating func readAgain<Target: FindingTarget & ~Copyable>(
    _ blob: Blob, at path: Path, into outlet: inout Excerpts<Target>
  ) throws(GitError) -> Passage.Failure? {
    if self.reader == nil { self.reader = try BlobReader(repository) }
    let reader = self.reader!
    try reader.ask(for: CollectionOfOne(blob))
    guard case .blob(let byteCount) = try reader.next() else {
      throw .missing(repository.shownPath, count: 1)
    }
    var source = Source(reader, path: path, byteCount: byteCount)
    return passages.run(&source, into: &outlet).failure
  }
}
