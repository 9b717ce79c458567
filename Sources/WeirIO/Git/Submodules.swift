/// Folders of a history that stand for commits of other repositories. Those have histories of their own, which nothing here looks into.
public struct Submodules: Sendable {
  /// What trees and the index call such a folder.
  static let mode = Array("160000".utf8)

  /// From the repository's root on, each once.
  public private(set) var paths: Set<Path> = []

  /// Those that came together with a new `.gitmodules`, as `git submodule add` has it, in any of these commits.
  init(of repository: Repository, in commits: [[UInt8]]) throws(GitError) {
    guard !commits.isEmpty else { return }
    let reader = try AppearanceReader(repository)
    for commit in commits { paths.formUnion(try reader.submodules(in: commit)) }
  }

  /// Adds those that the last commit here has, for there are some without `.gitmodules`.
  mutating func addHead(of repository: Repository) throws(GitError) {
    guard let head = try repository.head() else { return }
    let tree = try GitProcess(
      ["ls-tree", "-r", "-z", "--full-tree", String(decoding: head, as: UTF8.self)], in: repository)
    tree.endInput()
    while let entry = tree.output.field(endingWith: 0) {
      // `<mode> <kind> <id>`, a tab, and the name.
      guard entry.starts(with: Self.mode), let tab = entry.firstIndex(of: UInt8(ascii: "\t")) else {
        continue
      }
      paths.insert(Path(Array(entry[(tab + 1)...])))
    }
    // What it lacks the walk has counted.
  }
}
