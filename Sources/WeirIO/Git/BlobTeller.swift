/// Reports what was found in blobs, and where they appeared.
public struct BlobTeller: ~Copyable {
  private let repository: Repository
  private var passages: Passages
  private let limits: ArchiveLimits
  private let openingsAreTold: Bool
  /// Started for the first finding: most histories have none.
  private var appearances: AppearanceReader?
  private var reader: BlobReader?
  /// The blob that is read again.
  private var again: Unpacking?
  /// Where the blob appeared that is told; nil where no commit has it.
  public private(set) var appearance: Appearance?

  /// - Parameters:
  ///   - passages: how blobs are scanned that are read again.
  ///   - limits: how far those are unpacked that it hands back.
  ///   - openingsAreTold: it is said of each archive that it is opened.
  public init(
    _ passages: Passages, of repository: Repository, unpacking limits: ArchiveLimits?,
    openingsAreTold: Bool
  ) {
    self.repository = repository
    self.passages = passages
    self.limits = limits ?? ArchiveLimits()
    self.openingsAreTold = openingsAreTold
  }

  /// Reports what was kept of a blob's findings. Where it has to be read again, `next` does that.
  ///
  /// - Returns: what went wrong.
  public mutating func begin<Target: FindingTarget & ~Copyable>(
    _ outcome: BlobsAhead.Outcome, to outlet: inout Excerpts<Target>
  ) throws(GitError) -> Passage.Failure? {
    let path: Path
    switch outcome.blob.place {
    case .name(let name): (path, appearance) = (name, nil)
    case .commit(let commit):
      if appearances == nil { appearances = try AppearanceReader(repository) }
      let appearance = try appearances!.appearance(of: outcome.blob.id, in: commit)
      (path, self.appearance) = (appearance.path, appearance)
    }
    outlet.appearance = appearance
    passages.commit = appearance?.commit
    guard let findings = outcome.findings else {
      again = Unpacking(
        try source(of: outcome.blob, at: path), limits: limits, isTold: openingsAreTold,
        in: appearance)
      return nil
    }
    outlet.target.begin(path, appearance)
    for kept in findings { outlet.target.finding(kept.finding, in: kept.line) }
    do throws(OutputError) { try outlet.target.flush() } catch { return .output(error) }
    return nil
  }

  /// Reads the next part of the blob again: all of it, or a member.
  ///
  /// - Returns: what became of it; nil behind the last.
  public mutating func next<Target: FindingTarget & ~Copyable>(
    into outlet: inout Excerpts<Target>
  ) -> Unpacking.Outcome? {
    again?.next(&passages, into: &outlet)
  }

  /// No more will be told of the blob.
  ///
  /// - Returns: what was opened of it.
  public mutating func end() -> ArchiveCounts {
    guard let counts = again?.counts else { return ArchiveCounts() }
    again = nil
    // Who read it first has told that git died of it.
    do throws(GitError) { try reader?.skip() } catch { reader = nil }
    return counts
  }

  private mutating func source(of blob: Blob, at path: Path) throws(GitError) -> Source {
    if self.reader == nil { self.reader = try BlobReader(repository) }
    let reader = self.reader!
    try reader.ask(for: CollectionOfOne(blob))
    guard case .blob(let byteCount) = try reader.next() else {
      throw .missing(repository.shownPath, count: 1)
    }
    reader.path = path
    return Source(reader, path: path, byteCount: byteCount)
  }
}
