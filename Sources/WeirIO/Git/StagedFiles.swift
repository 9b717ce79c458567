/// What is staged for the next commit and differs from the last: contents, each once, and the first of its names in the order of bytes.
public struct StagedFiles {
  public private(set) var blobs: [Blob] = []
  public private(set) var submodules: Set<Path> = []

  /// Files with conflicts are left out, for they cannot be committed.
  public init(of repository: Repository) throws(GitError) {
    // Before the first commit it is all that differs from nothing.
    var base = try repository.head()
    if base == nil { base = try repository.answer(["hash-object", "-t", "tree", "--stdin"]).first }
    let fields = try repository.answer(
      [
        "diff-index", "--cached", "--raw", "-z", "--no-abbrev", "--no-renames", "--no-relative",
        "--no-ext-diff", "--no-textconv", "--ignore-submodules=dirty",
        String(decoding: base ?? [], as: UTF8.self), "--",
      ], mark: "\0")
    var known: Set<[UInt8]> = []
    for index in stride(from: 0, to: fields.count - 1, by: 2) {
      guard let change = RawChange(fields[index]), "AMT".utf8.contains(change.kind) else {
        continue
      }
      let path = Path(fields[index + 1])
      if change.isSubmodule {
        submodules.insert(path)
      } else if known.insert(change.id).inserted {
        blobs.append(Blob(id: change.id, place: .name(path)))
      }
    }
  }
}
