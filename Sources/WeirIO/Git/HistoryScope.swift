/// Which commits of a repository count as its history.
public struct HistoryScope: Sendable {
  /// Commits as git names them: `main..topic`, `v1.0`; nil for all that a ref leads to.
  public var range: String?
  public var branches: [String]
  /// As git understands it. Of each line of history what is behind the first older commit is left out.
  public var since: String?
  /// Also what the logs of refs remember: commits that were amended or dropped, older stashes.
  public var withReflogs: Bool

  public init(
    range: String? = nil, branches: [String] = [], since: String? = nil, withReflogs: Bool = false
  ) {
    self.range = range
    self.branches = branches
    self.since = since
    self.withReflogs = withReflogs
  }

  /// It is all that refs lead to, with or without a commit.
  public var isWhole: Bool { range == nil && branches.isEmpty && since == nil }

  /// What `rev-list` is to begin with, a line each.
  func starts(in repository: Repository) throws(GitError) -> [[UInt8]] {
    if let range { return [Array(range.utf8)] }
    if !branches.isEmpty {
      var ids: [[UInt8]] = []
      for branch in branches { ids.append(try Self.id(of: branch, in: repository)) }
      return ids
    }
    // By ids, for a ref may lead to what is no commit, and then its object would come before all of history.
    return try repository.answer(
      ["rev-list", "--no-walk=unsorted", "--all"] + (withReflogs ? ["--reflog"] : []))
  }

  /// The branch here, or what was fetched of that name.
  private static func id(of branch: String, in repository: Repository) throws(GitError) -> [UInt8] {
    let refs = ["refs/heads/\(branch)", "refs/remotes/\(branch)"]
    let known = try repository.answer(["for-each-ref", "--format=%(objectname) %(refname)"] + refs)
    for ref in refs {
      let line = known.first { $0.dropFirst(repository.idDigits + 1).elementsEqual(ref.utf8) }
      if let line { return Array(line.prefix(repository.idDigits)) }
    }
    throw .noBranch(repository.shownPath, name: branch)
  }
}
