import Foundation
import Testing

/// `weir scan --git` and `--staged`: each content of a history once, and where it appeared first.
@Suite struct GitTests {
  /// A secret in a text, and its place there.
  struct Planted {
    let token: [UInt8]
    let text: [UInt8]

    init(_ secrets: inout Secrets, _ words: String = "key") {
      token = secrets.token()
      text = "# settings\n\(words) = " + token + "\n"
      column = words.utf8.count + 4
    }

    let column: Int
    var start: Int { 11 + column - 1 }

    /// What is said of it.
    func told(
      _ repository: RealRepository, _ commit: String, _ path: String,
      author: String = RealRepository.author
    ) throws -> Told {
      Told(
        path: path, commit: commit, author: author, date: try repository.date(of: commit), line: 2,
        column: column, start: start, end: start + token.count)
    }
  }

  /// A finding as JSON lines tell it.
  struct Told: Equatable {
    var path: String?
    var commit: String?
    var author: String?
    var date: String?
    var line: Int?
    var column: Int?
    var start: Int?
    var end: Int?
  }

  static func told(_ outcome: Command.Outcome) throws -> [Told] {
    try outcome.output.split(separator: 0x0A).map { line in
      let fields = try #require(
        try JSONSerialization.jsonObject(with: Data(line)) as? [String: Any])
      #expect(fields["rule"] as? String == "github.personal-token")
      return Told(
        path: fields["path"] as? String, commit: fields["commit"] as? String,
        author: fields["author"] as? String, date: fields["date"] as? String,
        line: fields["line"] as? Int, column: fields["column"] as? Int,
        start: fields["start"] as? Int, end: fields["end"] as? Int)
    }
  }

  static func scan(
    _ options: [String], _ path: String, environment: [String: String] = [:]
  ) throws -> Command.Outcome {
    try Command.run(
      ["scan", "--quiet", "--format", "jsonl"] + options + [path], environment: environment)
  }

  private static func expect(
    _ options: [String], _ path: String, tells expected: [Told],
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let outcome = try scan(options, path)
    #expect(try told(outcome) == expected, sourceLocation: sourceLocation)
    #expect(outcome.code == (expected.isEmpty ? 0 : 1), sourceLocation: sourceLocation)
    #expect(outcome.errors == "", sourceLocation: sourceLocation)
  }

  @Test(
    "a secret that was removed again is told with the commit, author, date and place that brought it"
  )
  func removed() throws {
    var secrets = try Secrets(seed: 400)
    let repository = try RealRepository()
    let planted = Planted(&secrets)
    try repository.commit("other", Array("nothing\n".utf8))
    let commit = try repository.commit("deep/er/settings.ini", planted.text)
    try repository.commit("deep/er/settings.ini", Array("gone\n".utf8))
    let told = try planted.told(repository, commit, "deep/er/settings.ini")
    try Self.expect(["--git"], repository.path, tells: [told])
    let text = try Command.run(["scan", "--git", repository.path])
    #expect(
      text.text
        == "\(commit.prefix(12)):deep/er/settings.ini:2:7: github.personal-token  "
        + "GitHub personal access token (classic)  ghp_****  [admin, high, check valid]\n")
    #expect(text.errors == "weir: 1 finding in 3 inputs\n")
    // That is the name by which git knows it.
    let shown = try repository.git(["show", "\(commit.prefix(12)):deep/er/settings.ini"])
    #expect(shown.utf8.elementsEqual(planted.text.dropLast()))
    // From a folder within it, and from where it is.
    try Self.expect(["--git"], "\(repository.path)/deep", tells: [told])
  }

  @Test("a content is scanned once, however often it is renamed, copied and brought back")
  func once() throws {
    var secrets = try Secrets(seed: 401)
    let repository = try RealRepository()
    let planted = Planted(&secrets)
    let commit = try repository.commit("b", planted.text)
    try repository.git(["mv", "b", "a"])
    try repository.commit()
    try repository.write("copy/one", planted.text)
    try repository.commit("copy/two", planted.text)
    try repository.git(["rm", "-rq", "."])
    try repository.commit()
    try repository.commit("a", planted.text)
    try Self.expect(["--git"], repository.path, tells: [try planted.told(repository, commit, "b")])
    // Two names in one commit: the first of them.
    let both = Planted(&secrets, "both")
    try repository.write("z/first", both.text)
    try repository.write("m.first", both.text)
    let second = try repository.commit("z-last", both.text)
    try Self.expect(
      ["--git"], repository.path,
      tells: [
        try planted.told(repository, commit, "b"), try both.told(repository, second, "m.first"),
      ])
  }

  @Test("branches, tags, stashes and merges are history; findings come in its order")
  func refs() throws {
    var secrets = try Secrets(seed: 402)
    let repository = try RealRepository()
    let planted = ["side", "merge", "tag", "stash"].map { Planted(&secrets, $0) }
    try repository.commit("file", Array("one\n".utf8))
    try repository.git(["checkout", "-q", "-b", "side"])
    let side = try repository.commit("side", planted[0].text)
    try repository.git(["checkout", "-q", "main"])
    try repository.commit("main", Array("two\n".utf8))
    // What neither side of a merge has.
    try repository.git(["merge", "-q", "--no-commit", "side"])
    let merge = try repository.commit("merged", planted[1].text)
    try repository.git(["checkout", "-q", "--detach"])
    let tag = try repository.commit("tagged", planted[2].text)
    try repository.git(["tag", "-a", "-m", "words", "v1"])
    try repository.git(["checkout", "-q", "main"])
    try repository.write("main", planted[3].text)
    try repository.git(["stash", "-q"], environment: ["GIT_COMMITTER_DATE": "@1800000000 +0000"])
    let stash = try repository.git(["rev-parse", "stash"])
    try Self.expect(
      ["--git"], repository.path,
      tells: [
        try planted[0].told(repository, side, "side"),
        try planted[1].told(repository, merge, "merged"),
        try planted[2].told(repository, tag, "tagged"),
        try planted[3].told(repository, stash, "main"),
      ])
  }

  @Test("what a tag leads to without a commit is told by the tag's name")
  func named() throws {
    var secrets = try Secrets(seed: 407)
    let repository = try RealRepository()
    let planted = ["key", "tree"].map { Planted(&secrets, $0) }
    try repository.commit("file", Array("one\n".utf8))
    try repository.write("dir/key", planted[1].text)
    try repository.git(["add", "--all"])
    try repository.git(["tag", "tree", try repository.git(["write-tree"])])
    try repository.git(["rm", "-rq", "--cached", "dir"])
    let blob = try repository.git(["hash-object", "-w", "dir/key"])
    #expect(try repository.git(["cat-file", "-t", blob]) == "blob")
    try repository.write("key", planted[0].text)
    let key = try repository.git(["hash-object", "-w", "key"])
    try repository.git(["tag", "-a", "-m", "words", "inner", key])
    try repository.git(["tag", "-a", "-m", "words", "key", "inner"])
    let told = zip(planted, ["refs/tags/inner", "refs/tags/tree:dir/key"]).map { planted, path in
      Told(
        path: path, line: 2, column: planted.column, start: planted.start,
        end: planted.start + planted.token.count)
    }
    try Self.expect(["--git"], repository.path, tells: told)
    try Self.expect(["--git", "--range", "HEAD"], repository.path, tells: [])
  }

  @Test("what only a reflog remembers is told with --reflog only")
  func reflog() throws {
    var secrets = try Secrets(seed: 403)
    let repository = try RealRepository()
    let planted = Planted(&secrets)
    try repository.commit("file", Array("one\n".utf8))
    try repository.git(["checkout", "-q", "-b", "topic"])
    let commit = try repository.commit("file", planted.text)
    try repository.git(["checkout", "-q", "main"])
    try repository.git(["branch", "-q", "-D", "topic"])
    try Self.expect(["--git"], repository.path, tells: [])
    let outcome = try Command.run(["scan", "--git", repository.path])
    #expect(
      outcome.errors
        == "weir: 0 findings in 1 input\n")
    try Self.expect(
      ["--git", "--reflog"], repository.path, tells: [try planted.told(repository, commit, "file")])
  }

  @Test("--range, --branch and --since choose commits, and what they bring is told")
  func parts() throws {
    var secrets = try Secrets(seed: 404)
    let repository = try RealRepository()
    let planted = ["one", "two", "three"].map { Planted(&secrets, $0) }
    let one = try repository.commit("one", planted[0].text)
    try repository.git(["checkout", "-q", "-b", "topic/a"])
    let two = try repository.commit("two", planted[1].text)
    try repository.git(["checkout", "-q", "main"])
    let three = try repository.commit("three", planted[2].text)
    let told = [
      try planted[0].told(repository, one, "one"), try planted[1].told(repository, two, "two"),
      try planted[2].told(repository, three, "three"),
    ]
    let path = repository.path
    try Self.expect(["--git", "--range", "main..topic/a"], path, tells: [told[1]])
    try Self.expect(["--git", "--range", "main"], path, tells: [told[0], told[2]])
    try Self.expect(["--git", "--range", "\(one).."], path, tells: [told[2]])
    try Self.expect(["--git", "--branch", "topic/a"], path, tells: [told[0], told[1]])
    try Self.expect(["--git", "--branch", "topic/a", "--branch", "main"], path, tells: told)
    // Commits are an hour apart.
    try Self.expect(["--git", "--since", "2023-11-15T00:30:00Z"], path, tells: [told[2]])
    try Self.expect(["--git", "--since", "@1700000000"], path, tells: told)
    let copy = repository.neighbour("copy")
    try repository.git(["clone", "-q", path, copy])
    try Self.expect(["--git", "--branch", "origin/topic/a"], copy, tells: [told[0], told[1]])
  }

  @Test("what is staged is told by its path, and not what lies in the folder")
  func staged() throws {
    var secrets = try Secrets(seed: 405)
    let repository = try RealRepository()
    let planted = ["first", "second"].map { Planted(&secrets, $0) }
    let options = ["--staged"]
    func told(_ planted: Planted, _ path: String) -> Told {
      Told(
        path: path, line: 2, column: planted.column, start: planted.start,
        end: planted.start + planted.token.count)
    }
    // Before the first commit.
    try repository.write("new file", planted[0].text)
    try repository.git(["add", "--all"])
    try repository.write("new file", Array("not this\n".utf8))
    try Self.expect(options, repository.path, tells: [told(planted[0], "new file")])
    try Self.expect(["--git"], repository.path, tells: [])
    try repository.commit("new file", planted[0].text)
    try Self.expect(options, repository.path, tells: [])
    try repository.write("dir/a", planted[1].text)
    try Self.expect(options, repository.path, tells: [])
    try repository.git(["add", "dir"])
    try repository.git(["rm", "-q", "--cached", "new file"])
    try Self.expect(options, repository.path, tells: [told(planted[1], "dir/a")])
    // As a hook is run, where the index is another.
    try repository.write("hook", Array("#!/bin/sh\nexec \"$@\"\n".utf8))
    let hook = try Command.run(
      ["scan", "--staged"], through: "cd '\(repository.path)' && exec \"$@\"",
      environment: ["GIT_INDEX_FILE": "\(repository.path)/.git/other-index"])
    #expect(hook.errors == "weir: 0 findings in 0 inputs\n")
    let plain = try Command.run(
      ["scan", "--staged"], through: "cd '\(repository.path)' && exec \"$@\"")
    #expect(plain.text.hasPrefix("dir/a:2:10: github.personal-token "))
    #expect(plain.code == 1)
  }

  @Test("what is found in a history is what is found in each content by itself, with any threads")
  func equal() throws {
    var secrets = try Secrets(seed: 408)
    let repository = try RealRepository()
    let files = try TemporaryFolder()
    for number in 0..<24 {
      // One of them has more findings than are kept.
      let count = number == 12 ? 300 : number % 4
      var text = Array("number \(number)\n".utf8)
      for _ in 0..<count { text += "value: " + secrets.token() + "\n" }
      try repository.write("file", text)
      // The same again is no content of its own.
      try repository.write("copy \(number / 2)", text)
      try files.add(String(format: "%02d", number), text)
      try repository.commit()
    }
    func places(_ outcome: Command.Outcome) throws -> [[Int?]] {
      try Self.told(outcome).map { [$0.line, $0.column, $0.start, $0.end] }
    }
    let byItself = try Self.scan([], files.path)
    let alone = try Self.scan(["--git", "--threads", "1"], repository.path)
    #expect(try places(alone) == places(byItself))
    for threads in ["2", "5"] {
      let shared = try Self.scan(["--git", "--threads", threads], repository.path)
      #expect(shared.output.difference(from: alone.output) == nil)
    }
    let receipt = try Command.run(
      ["scan", "--git", "--receipt", "--max-findings", "7", repository.path])
    #expect(receipt.lines.count == 7)
    #expect(receipt.errors.contains(" findings in 24 inputs; 7 reported\n"))
    #expect(try SaidReceipt(receipt.errors).addsUp)
    // A content that is long goes through in pieces.
    var long = [UInt8](repeating: 0x20, count: 6 << 20)
    long += secrets.token()
    let commit = try repository.commit("long", long)
    let last = try Self.told(Self.scan(["--git", "--range", "HEAD~.."], repository.path))
    #expect(last.count == 1)
    #expect(last.first?.commit == commit)
    #expect(last.first?.start == 6 << 20)
    #expect(last.first?.end == long.count)
  }

  @Test("bare and shallow repositories, worktrees and submodules")
  func kinds() throws {
    var secrets = try Secrets(seed: 406)
    let repository = try RealRepository()
    let planted = ["old", "new", "tree"].map { Planted(&secrets, $0) }
    let old = try repository.commit("old", planted[0].text)
    try repository.git(["rm", "-q", "old"])
    let new = try repository.commit("new", planted[1].text)
    var told = [
      try planted[0].told(repository, old, "old"), try planted[1].told(repository, new, "new"),
    ]
    let bare = repository.neighbour("bare.git")
    try repository.git(["clone", "-q", "--bare", repository.path, bare])
    try Self.expect(["--git"], bare, tells: told)
    try repository.git(["repack", "-adq"], in: bare)
    try Self.expect(["--git"], bare, tells: told)

    let shallow = repository.neighbour("shallow")
    try repository.git(["clone", "-q", "--depth", "1", "file://\(bare)", shallow])
    let outcome = try Self.scan(["--git"], shallow)
    #expect(try Self.told(outcome) == [told[1]])
    #expect(outcome.errors == "weir: \(shallow): is a shallow clone; older history is not in it\n")

    // A submodule's history is that of its own repository, which is named by its folder.
    let module = try RealRepository()
    let inModule = Planted(&secrets, "module")
    let commit = try module.commit("in module", inModule.text)
    try repository.git(
      ["-c", "protocol.file.allow=always", "submodule", "--quiet", "add", module.path, "sub"])
    try repository.commit()
    try Self.expect(["--git"], repository.path, tells: told)
    try Self.expect(
      ["--git"], repository.path + "/sub", tells: [try inModule.told(module, commit, "in module")])

    // A worktree's commit that no branch has.
    let tree = repository.neighbour("tree")
    try repository.git(["worktree", "add", "-q", "--detach", tree])
    try Data(planted[2].text).write(to: URL(filePath: tree + "/tree"))
    try repository.git(["add", "--all"], in: tree)
    let environment = [
      "GIT_AUTHOR_DATE": "@1800000000 +0000", "GIT_COMMITTER_DATE": "@1800000000 +0000",
    ]
    try Self.expect(
      ["--staged"], tree,
      tells: [Told(path: "tree", line: 2, column: 8, start: 18, end: 18 + planted[2].token.count)])
    try repository.git(["commit", "-q", "-m", "words"], in: tree, environment: environment)
    told.append(
      try planted[2].told(repository, try repository.git(["rev-parse", "HEAD"], in: tree), "tree"))
    try Self.expect(["--git"], repository.path, tells: told)
    try Self.expect(["--git"], tree, tells: told)
  }
}
