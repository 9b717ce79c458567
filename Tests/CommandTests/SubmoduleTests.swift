import Foundation
import Glibc
import Testing

/// A submodule is a repository of its own: a scan of the one around it does not look into its history, and says so.
@Suite struct SubmoduleTests {
  /// A repository with a secret in it, and that one as a submodule of another, at `deep/sub`.
  private struct Nested {
    let outer: RealRepository
    let inner: RealRepository
    let secret: GitTests.Planted
    let commit: String

    init(seed: UInt64) throws {
      var secrets = try Secrets(seed: seed)
      secret = GitTests.Planted(&secrets)
      outer = try RealRepository()
      inner = try RealRepository()
      try inner.commit("settings", secret.text)
      commit = try inner.git(["rev-parse", "HEAD"])
      try outer.commit("file", Array("one\n".utf8))
    }

    func add() throws {
      try outer.git(
        ["-c", "protocol.file.allow=always", "submodule", "--quiet", "add", inner.path, "deep/sub"])
    }

    func scan(_ options: [String]) throws -> Command.Outcome {
      try Command.run(["scan"] + options + [outer.path])
    }
  }

  private static let advice =
    "weir: 1 submodule was not looked into; scan each by its folder, or if that is gone by "
    + ".git/modules/NAME: weir scan --git FOLDER\n"
  private static let named = "weir: deep/sub: is a submodule, whose history is its own; skipped\n"

  @Test("a history with a submodule says that nobody looked into it, how to, and counts it")
  func history() throws {
    let nested = try Nested(seed: 520)
    try nested.add()
    try nested.outer.commit()
    let outcome = try nested.scan(["--git"])
    #expect(outcome.code == 0)
    #expect(
      outcome.errors == Self.advice + "weir: 0 findings in 2 inputs; 1 skipped: 1 submodule\n")
    let shown = try nested.scan(["--git", "--show-skipped"])
    #expect(shown.errors.hasPrefix(Self.named + Self.advice))
    #expect(try nested.scan(["--git", "--verbose"]).errors.contains(Self.named + Self.advice))
    #expect(try nested.scan(["--git", "--quiet"]).errors == "")
    // What it says to do does it.
    let inside = try GitTests.scan(["--git"], nested.outer.path + "/deep/sub")
    let told = try nested.secret.told(nested.inner, nested.commit, "settings")
    #expect(try GitTests.told(inside) == [told])
    // A scan of the folder reads the files that are checked out there.
    let tree = try nested.scan([])
    #expect(tree.lines.count == 1)
    #expect(tree.text.contains("/deep/sub/settings:2:7: "))
  }

  @Test("a submodule that was removed again is told of; commits that are not asked for are not")
  func removed() throws {
    let nested = try Nested(seed: 521)
    try nested.add()
    try nested.outer.commit()
    try nested.outer.git(["rm", "-qf", "deep/sub"])
    try nested.outer.commit()
    try nested.outer.commit("behind", Array("two\n".utf8))
    for options in [[], ["--range", "HEAD~3..HEAD~2"], ["--range", "HEAD"]] {
      #expect(try nested.scan(["--git"] + options).errors.hasPrefix(Self.advice), "\(options)")
    }
    let last = try nested.scan(["--git", "--range", "HEAD~1..HEAD"])
    #expect(last.errors == "weir: 0 findings in 1 input\n")
    // Its folder is gone, but not what git keeps of it.
    let kept = try GitTests.scan(["--git"], nested.outer.path + "/.git/modules/deep/sub")
    #expect(
      try GitTests.told(kept)
        == [try nested.secret.told(nested.inner, nested.commit, "settings")], "\(kept.errors)")
    // A history without one says nothing.
    #expect(
      try Command.run(["scan", "--git", nested.inner.path]).errors == "weir: 1 finding in 1 input\n"
    )
  }

  @Test("submodules without .gitmodules, in clones that lack them and in bare ones are told of")
  func others() throws {
    let nested = try Nested(seed: 522)
    // As `git add` takes a repository that lies in another.
    try nested.outer.git(
      ["update-index", "--add", "--cacheinfo", "160000,\(nested.commit),deep/sub"])
    let staged = try nested.scan(["--staged", "--show-skipped"])
    #expect(
      staged.errors == Self.named + Self.advice
        + "weir: 0 findings in 0 inputs; 1 skipped: 1 submodule\n")
    try nested.outer.git(["commit", "-q", "-m", "words"])
    #expect(try nested.scan(["--staged"]).errors == "weir: 0 findings in 0 inputs\n")
    #expect(try nested.scan(["--git"]).errors.hasPrefix(Self.advice))
    let bare = nested.outer.neighbour("bare.git")
    try nested.outer.git(["clone", "-q", "--bare", nested.outer.path, bare])
    #expect(try Command.run(["scan", "--git", bare]).errors.hasPrefix(Self.advice))
  }

  @Test("files that look like a directory of git's hide nothing of the repository they lie in")
  func lookalike() throws {
    let nested = try Nested(seed: 524)
    let path = nested.inner.path
    try nested.inner.git(["clone", "-q", "--bare", nested.outer.path, path + "/bare"])
    for name in ["HEAD", "config", "objects", "refs"] {
      try FileManager.default.moveItem(atPath: "\(path)/bare/\(name)", toPath: "\(path)/\(name)")
    }
    let outcome = try GitTests.scan(["--git"], path)
    #expect(try GitTests.told(outcome).map(\.commit) == [nested.commit], "\(outcome.errors)")
  }

  @Test("a submodule's name drives no terminal, and nothing of its settings and hooks is run")
  func hostile() throws {
    let nested = try Nested(seed: 523)
    try nested.add()
    let name = "a\n\u{1B}[31m"
    try nested.outer.git(
      ["update-index", "--add", "--cacheinfo", "160000,\(nested.commit),\(name)"])
    let mark = nested.outer.neighbour("mark")
    let program = nested.outer.neighbour("run")
    try Data("#!/bin/sh\necho ran >> '\(mark)'\n".utf8).write(to: URL(filePath: program))
    chmod(program, 0o755)
    let module = nested.outer.path + "/.git/modules/deep/sub"
    for setting in ["core.fsmonitor", "core.pager", "core.sshCommand", "diff.external"] {
      try nested.outer.git(["config", setting, program], in: module)
    }
    symlink(program, module + "/hooks/post-index-change")
    let staged = try nested.scan(["--staged", "--show-skipped"])
    try nested.outer.git(["commit", "-q", "-m", "words"])
    let outcome = try nested.scan(["--git", "--show-skipped"])
    for outcome in [staged, outcome] {
      #expect(outcome.errors.hasPrefix("weir: a\\n\\x1b[31m: is a submodule"), "\(outcome.errors)")
      #expect(outcome.errors.contains("2 submodules were not looked into; "))
      #expect(!outcome.errors.utf8.contains(0x1B))
    }
    unlink(mark)
    #expect(try nested.scan(["--git"]).errors.contains("2 skipped: 2 submodules"))
    #expect(access(mark, F_OK) != 0)
    // It would be: git itself looks into the submodule.
    _ = try? nested.outer.git(["-C", "deep/sub", "status"])
    #expect(access(mark, F_OK) == 0)
  }
}
