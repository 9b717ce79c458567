/// Tells by whom and when commits were made, and which blobs and submodules they brought under which names.
///
/// Keeps the names of one commit.
public final class AppearanceReader {
  private let git: GitProcess
  private var commit: [UInt8] = []
  /// Its id, its author and the date.
  private var head: [[UInt8]] = []
  private var paths: [[UInt8]: Path] = [:]
  private var submodules: Set<Path> = []

  public init(_ repository: Repository) throws(GitError) {
    git = try GitProcess(
      [
        "diff-tree", "--stdin", "-z", "-r", "-m", "--root", "--raw", "--no-abbrev", "--no-renames",
        "--no-relative", "--no-ext-diff", "--no-textconv", "--format=%H%x00%an <%ae>%x00%aI",
      ], in: repository)
  }

  /// Where a blob that appeared first in a commit stands in it: of several names the first in the order of trees.
  public func appearance(of id: [UInt8], in commit: [UInt8]) throws(GitError) -> Appearance {
    if commit != self.commit { try read(commit) }
    guard head.count == 3, let path = paths[id] else {
      throw .notUnderstood(git.repository.shownPath, command: git.command)
    }
    let texts = head.map { String(decoding: $0, as: UTF8.self) }
    return Appearance(commit: texts[0], author: texts[1], date: texts[2], path: path)
  }

  /// The submodules that a commit brought, or changed.
  func submodules(in commit: [UInt8]) throws(GitError) -> Set<Path> {
    if commit != self.commit { try read(commit) }
    return submodules
  }

  private func read(_ commit: [UInt8]) throws(GitError) {
    self.commit = commit
    paths = [:]
    submodules = []
    // Git gives back a line that names no commit: the end of what it says of this one.
    try git.write(commit + Array("\n.\n".utf8))
    while true {
      guard let next = git.output.peek() else { throw git.failure() }
      switch next {
      case UInt8(ascii: "."):
        _ = try field("\n")
        return
      case UInt8(ascii: "\n"): _ = git.output.skip(1)
      case UInt8(ascii: ":"):
        let change = RawChange(try field("\0"))
        let path = Path(try field("\0"))
        guard let change else { continue }
        if change.isSubmodule { submodules.insert(path) }
        if paths[change.id] == nil { paths[change.id] = path }
      // Of a merge it comes once for each parent.
      default: head = [try field("\0"), try field("\0"), try field("\0")]
      }
    }
  }

  private func field(_ mark: Unicode.Scalar) throws(GitError) -> [UInt8] {
    guard let field = git.output.field(endingWith: UInt8(ascii: mark)) else { throw git.failure() }
    return Array(field)
  }
}
