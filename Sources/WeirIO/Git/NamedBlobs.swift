/// Contents that a ref leads to without a commit: some projects give a tag to a key, or to a tree that they began with.
///
/// One that a commit has as well comes here too.
public struct NamedBlobs {
  /// Named as `git show` takes them: `refs/tags/key`, `refs/tags/tree:path`.
  public private(set) var blobs: [Blob] = []

  public init(of repository: Repository) throws(GitError) {
    let refs = try repository.answer(
      ["for-each-ref", "--format=%(objecttype) %(*objecttype) %(refname)"])
    var known: Set<[UInt8]> = []
    for ref in refs {
      let words = ref.split(separator: UInt8(ascii: " ")).map { Array($0) }
      guard let name = words.last, !words.dropLast().contains(Array("commit".utf8)) else {
        continue
      }
      let target = String(decoding: name, as: UTF8.self) + "^{}"
      let kind = try repository.answer(["cat-file", "-t", target]).first ?? []
      let id = try repository.answer(["rev-parse", "--verify", "--end-of-options", target]).first
      if kind == Array("blob".utf8), let id, known.insert(id).inserted {
        blobs.append(Blob(id: id, place: .name(Path(name))))
      }
      guard kind == Array("tree".utf8), let id else { continue }
      let tree = String(decoding: id, as: UTF8.self)
      for entry in try repository.answer(["ls-tree", "-r", "-z", "--full-tree", tree], mark: "\0") {
        // `<mode> <kind> <id>`, a tab, and the name.
        let parts = entry.split(separator: UInt8(ascii: "\t"), maxSplits: 1)
        let words = parts[0].split(separator: UInt8(ascii: " ")).map { Array($0) }
        guard parts.count == 2, words.count == 3, words[1] == Array("blob".utf8),
          known.insert(words[2]).inserted
        else { continue }
        blobs.append(
          Blob(id: words[2], place: .name(Path(name + [UInt8(ascii: ":")] + parts[1]))))
      }
    }
  }
}
