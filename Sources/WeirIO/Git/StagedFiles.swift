/// What is staged for the next commit and differs from the last: contents, each once, and the first of its names in the order of bytes.
public struct StagedFiles {
  public private(set) var blobs: [Blob] = []
  public private(set) var submodules: Set<Path> = []

  /// Files with conflicts are left out, for they cannot be committed.
  public init(of repository: Repository) throws(GitError) {
    // Before the first commit it is all that differs from nothing.
    let head = try repository.answer(["rev-parse", "--revs-only", "HEAD^{commit}"])
    let base =
      try head.isEmpty ? repository.answer(["hash-object", "-t", "tree", "--stdin"]) : head
    let fields = try repository.answer(
      [
        "diff-index", "--cached", "--raw", "-z", "--no-abbrev", "--no-renames", "--no-relative",
        "--no-ext-diff", "--no-textconv", "--ignore-submodules=dirty",
        String(decoding: base.first ?? [], as: UTF8.self), "--",
      ], mark: "\0")
    var known: Set<[UInt8]> = []
    for index in stride(from: 0, to: fields.count - 1, by: 2) {
      // `:<mode> <mode> <id> <id> <kind>`, and the name.
      let words = fields[index].split(separator: UInt8(ascii: " ")).map { Array($0) }
      guard words.count == 5, let kind = words[4].first, "AMT".utf8.contains(kind) else { continue }
      guard words[1] != Submodules.mode else {
        submodules.insert(Path(fields[index + 1]))
        continue
      }
      guard known.insert(words[3]).inserted else { continue }
      blobs.append(Blob(id: words[3], place: .name(Path(fields[index + 1]))))
    }
  }
}
