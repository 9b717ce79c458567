/// The blobs of a history, each once, in the order in which they appeared.
///
/// Commits come in the order of their dates, but none before its parents; the first of them that has a blob is where it appeared. Git says so while it walks:
/// nothing is kept here of what has passed but which commits changed `.gitmodules`.
public final class History {
  private static let modules = Array(".gitmodules".utf8)

  let repository: Repository
  private let scope: HistoryScope
  private let walk: GitProcess
  private let kinds: GitProcess
  private var commit: [UInt8] = []
  private var isAtEnd = false
  /// Objects that this copy lacks (a partial clone), so far.
  public private(set) var missingCount = 0
  private var moduleCommits: [[UInt8]] = []

  public init(_ scope: HistoryScope, of repository: Repository) throws(GitError) {
    self.repository = repository
    self.scope = scope
    let starts = try scope.starts(in: repository)
    walk = try GitProcess(
      [
        "rev-list", "--objects", "--in-commit-order", "--timestamp", "--date-order", "--reverse",
        "--missing=print",
      ] + (scope.since.map { ["--since=\($0)"] } ?? []) + ["--stdin"], in: repository)
    kinds = try GitProcess(["cat-file", "--batch-check=%(objecttype)"], in: repository)
    try walk.write(starts.flatMap { $0 + [UInt8(ascii: "\n")] })
    walk.endInput()
  }

  /// The next blobs.
  ///
  /// - Parameters:
  ///   - mostObjects: of as many objects those that are blobs; up to `BlobReader.mostAsked`.
  ///   - mayWait: for git to say more.
  /// - Returns: nil where there are no more.
  public func next(mostObjects: Int, mayWait: Bool) throws(GitError) -> [Blob]? {
    var objects: [Blob] = []
    while !isAtEnd, objects.count < mostObjects,
      walk.output.isReady || mayWait && objects.isEmpty
    {
      if let line = walk.output.field(endingWith: UInt8(ascii: "\n")) {
        try take(line, into: &objects)
      } else {
        try walk.finish()
        isAtEnd = true
      }
    }
    return objects.isEmpty && isAtEnd ? nil : try blobs(among: objects)
  }

  /// The submodules of what came so far, and of HEAD where that is all.
  public func submodules() throws(GitError) -> Submodules {
    var submodules = try Submodules(of: repository, in: moduleCommits)
    if scope.isWhole { try submodules.addHead(of: repository) }
    return submodules
  }

  /// `1700000000 <commit>`, `<object>`, `<object> <name>` or `?<object that is missing>`.
  private func take(
    _ line: UnsafeRawBufferPointer, into objects: inout [Blob]
  ) throws(GitError) {
    let digits = repository.idDigits
    if line.first == UInt8(ascii: "?") {
      missingCount += 1
    } else if line.count == digits || line.count > digits && line[digits] == UInt8(ascii: " ") {
      objects.append(Blob(id: Array(line[..<digits]), place: .commit(commit)))
      if line.dropFirst(digits + 1).elementsEqual(Self.modules) { moduleCommits.append(commit) }
    } else if let blank = line.lastIndex(of: UInt8(ascii: " ")) {
      commit = Array(line[(blank + 1)...])
    } else {
      throw .notUnderstood(repository.shownPath, command: walk.command)
    }
  }

  private func blobs(among objects: [Blob]) throws(GitError) -> [Blob] {
    try kinds.write(objects.flatMap { $0.id + [UInt8(ascii: "\n")] })
    var blobs: [Blob] = []
    for object in objects {
      guard let kind = kinds.output.field(endingWith: UInt8(ascii: "\n")) else {
        throw kinds.failure()
      }
      if kind.elementsEqual("blob".utf8) { blobs.append(object) }
    }
    return blobs
  }
}
