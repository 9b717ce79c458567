import Foundation
import Glibc
import Testing

/// Archives in a history are opened as those of a tree are, and named by the commit that brought them.
@Suite struct HistoryArchiveTests {
  /// A repository, and a folder with a secret in `app/.env` that archives are made of.
  private struct Planted {
    let repository: RealRepository
    let packer: Packer
    let secret: GitTests.Planted

    init(seed: UInt64) throws {
      var secrets = try Secrets(seed: seed)
      repository = try RealRepository()
      packer = try Packer()
      secret = GitTests.Planted(&secrets)
      try packer.folder.addFolder("app")
      try packer.folder.add("app/.env", secret.text)
    }

    /// Writes what the packer made into the repository.
    func bring(_ name: String, as path: String) throws {
      try repository.write(path, packer.bytes(name))
    }

    /// Commits it, and commits that it is gone.
    func commitAndRemove(_ name: String, as path: String) throws -> String {
      try bring(name, as: path)
      let commit = try repository.commit()
      try repository.git(["rm", "-q", path])
      try repository.commit()
      return commit
    }

    func told(_ commit: String, _ path: String) throws -> GitTests.Told {
      try secret.told(repository, commit, path)
    }

    func scan(_ options: [String]) throws -> Command.Outcome {
      try Command.run(["scan", "--git", "--format", "jsonl"] + options + [repository.path])
    }
  }

  /// The line of the counts.
  private static func counts(_ outcome: Command.Outcome) -> Substring {
    outcome.errors.split(separator: "\n").last ?? ""
  }

  // MARK: What is found

  @Test(
    "of every kind of container that was committed and removed, what is in it is told with commit, author, date and member"
  )
  func kinds() throws {
    let planted = try Planted(seed: 500)
    // A jar is a zip, byte for byte: one content.
    let kinds = Packer.compressions + Packer.archives.filter { $0.name != "env.jar" }
    for kind in kinds {
      try planted.packer.run(kind.script)
      try planted.bring(kind.name, as: "old/\(kind.name)")
    }
    let commit = try planted.repository.commit()
    try planted.repository.git(["rm", "-rq", "old"])
    try planted.repository.commit("new", Array("nothing\n".utf8))
    let expected = try kinds.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
      .map { try planted.told(commit, "old/\($0.name)\($0.member)") }
    for threads in ["1", "2", "5"] {
      let outcome = try planted.scan(["--threads", threads])
      #expect(try GitTests.told(outcome) == expected, "\(threads): \(outcome.errors)")
      #expect(outcome.code == 1, "\(outcome.errors)")
      #expect(Self.counts(outcome).contains("archives opened"), "\(outcome.errors)")
    }
    let text = try Command.run(["scan", "--git", planted.repository.path])
    let name = "\(commit.prefix(12)):old/env.zip!app/.env:2:7: github.personal-token  "
    #expect(text.lines.count { $0.hasPrefix(name) } == 1)
    // All is as in a tree but for the commit.
    try planted.repository.git(["checkout", "-q", commit])
    let tree = try Command.run(["scan", planted.repository.path])
    #expect(
      Self.counts(text).split(separator: ";").dropFirst()
        == Self.counts(tree).split(separator: ";").dropFirst().filter { !$0.contains("skipped") })
    // With the switch that closes those of a tree, bytes are bytes.
    let closed = try planted.scan(["--no-archives"])
    #expect(try GitTests.told(closed).allSatisfy { $0.path?.contains("!") == false })
    #expect(Self.counts(closed).hasSuffix(" in \(kinds.count + 1) inputs"), "\(closed.errors)")
  }

  @Test("archives in archives of a history are opened to the depth asked for, and no deeper")
  func depth() throws {
    let planted = try Planted(seed: 501)
    try planted.packer.run("tar -czf a.tar.gz app; zip -q b.zip a.tar.gz; bsdtar -cf c.tar b.zip")
    let commit = try planted.commitAndRemove("c.tar", as: "deep/c.tar")
    let member = "deep/c.tar!b.zip!a.tar.gz"
    let outcome = try planted.scan([])
    #expect(try GitTests.told(outcome) == [try planted.told(commit, member + "!app/.env")])
    #expect(outcome.code == 1)
    let shallow = try planted.scan(["--archive-depth", "2"])
    #expect(shallow.code == 2)
    #expect(shallow.output == [])
    #expect(
      shallow.errors.hasPrefix(
        "weir: \(commit.prefix(12)):\(member): was not opened, only scanned as it is: "
          + "it lies 2 archives deep"), "\(shallow.errors)")
    #expect(Self.counts(shallow).hasSuffix("2 archives opened, 1 beyond a limit"))
  }

  @Test("the same archive under two names and in two commits is opened once, where it appeared")
  func once() throws {
    let planted = try Planted(seed: 502)
    try planted.packer.run("zip -qr a.zip app")
    try planted.bring("a.zip", as: "z/second.zip")
    try planted.bring("a.zip", as: "m/first.zip")
    let commit = try planted.repository.commit()
    try planted.repository.git(["mv", "m/first.zip", "a.zip"])
    try planted.repository.commit()
    let outcome = try planted.scan([])
    #expect(try GitTests.told(outcome) == [try planted.told(commit, "m/first.zip!app/.env")])
    #expect(Self.counts(outcome).hasSuffix("; 1 archive opened"), "\(outcome.errors)")
  }

  @Test("an archive that is staged is opened, and named without a commit")
  func staged() throws {
    let planted = try Planted(seed: 503)
    try planted.packer.run("zip -qr a.zip app; gzip -c app/.env > env.gz")
    try planted.repository.commit("file", Array("one\n".utf8))
    try planted.bring("a.zip", as: "in/a.zip")
    try planted.bring("env.gz", as: "in/env.gz")
    try planted.repository.git(["add", "--all"])
    let outcome = try Command.run(
      ["scan", "--staged", "--verbose", "--format", "jsonl", planted.repository.path])
    #expect(
      try GitTests.told(outcome).map(\.path) == ["in/a.zip!app/.env", "in/env.gz"],
      "\(outcome.errors)")
    #expect(try GitTests.told(outcome).allSatisfy { $0.commit == nil && $0.line == 2 })
    #expect(outcome.errors.contains("\nweir: in/a.zip: opened (zip)\n"), "\(outcome.errors)")
    #expect(Self.counts(outcome).hasSuffix("; 2 archives opened"))
    let closed = try Command.run(["scan", "--staged", "--no-archives", planted.repository.path])
    #expect(!closed.text.contains("!") && !closed.text.contains("env.gz"))
  }

  @Test("with --verbose each archive of a history is named, in order, whatever the threads")
  func openings() throws {
    let planted = try Planted(seed: 504)
    try planted.packer.run("echo nothing > empty; zip -q a.zip empty; tar -cf b.tar a.zip")
    let commit = try planted.commitAndRemove("b.tar", as: "b.tar")
    for threads in ["1", "3"] {
      let outcome = try planted.scan(["--verbose", "--threads", threads])
      #expect(outcome.code == 0)
      #expect(
        outcome.errors.split(separator: "\n").dropFirst().dropLast() == [
          "weir: \(commit.prefix(12)):b.tar: opened (tar)",
          "weir: \(commit.prefix(12)):b.tar!a.zip: opened (zip)",
        ], "\(outcome.errors)")
    }
  }

  // MARK: What is let be

  @Test("baselines, .gitleaksignore and allow-lists know members of archives in a history by name")
  func letBe() throws {
    let planted = try Planted(seed: 505)
    try planted.packer.run("zip -qr a.zip app")
    let commit = try planted.commitAndRemove("a.zip", as: "old/a.zip")
    let folder = planted.packer.path
    let member = "old/a.zip!app/.env"
    func expect(_ options: [String], _ words: String) throws {
      let outcome = try planted.scan(options)
      #expect(outcome.code == 0, "\(outcome.errors)")
      #expect(outcome.output == [])
      #expect(
        Self.counts(outcome).contains("1 let be: 1 \(words)"), "\(words): \(outcome.errors)")
    }
    let created = try Command.run(
      ["baseline", "create", "--git", "\(folder)/baseline", planted.repository.path])
    #expect(created.code == 0, "\(created.errors)")
    let baseline = try String(contentsOfFile: "\(folder)/baseline", encoding: .utf8)
    #expect(baseline.contains(member))
    try expect(["--baseline", "\(folder)/baseline"], "in the baseline")
    let ignore = planted.repository.path + "/.gitleaksignore"
    for place in ["\(commit):\(member)", member] {
      let line = "\(place):github.personal-token:2\n"
      try Data(line.utf8).write(to: URL(filePath: ignore))
      try expect([], "in .gitleaksignore")
    }
    try Data("\(commit):old/a.zip:github.personal-token:2\n".utf8).write(
      to: URL(filePath: ignore))
    #expect(try planted.scan([]).code == 1)
    unlink(ignore)
    try planted.packer.folder.add(
      "allow.toml", Array("[[allow]]\npaths = [\"old/a.zip!app/**\"]\nreason = \"a test\"\n".utf8))
    try expect(["--allow-list", "\(folder)/allow.toml"], "in an allow-list")
  }

  // MARK: What is hostile

  @Test("a bomb in a history is stopped, said with its commit, and what comes behind is scanned")
  func bomb() throws {
    let planted = try Planted(seed: 506)
    try planted.packer.run(
      "head -c 4M /dev/zero > zeros; zip -q9 a.zip zeros; zip -q0 bomb.zip a.zip app/.env")
    let commit = try planted.commitAndRemove("bomb.zip", as: "bomb.zip")
    let behind = try planted.repository.commit("behind", planted.secret.text)
    for threads in ["1", "3"] {
      let outcome = try planted.scan(["--max-archive-size", "1M", "--threads", threads])
      #expect(outcome.code == 2)
      #expect(
        outcome.errors.hasPrefix(
          "weir: \(commit.prefix(12)):bomb.zip!a.zip!zeros: unpacking stopped: the whole is more than 1048576 bytes"
        ), "\(outcome.errors)")
      #expect(Self.counts(outcome).hasSuffix("2 archives opened, 1 beyond a limit"))
      #expect(try GitTests.told(outcome) == [try planted.told(behind, "behind")])
    }
  }

  @Test("of what is damaged or encrypted the rest is scanned, and it is said which, once")
  func damaged() throws {
    let planted = try Planted(seed: 507)
    try planted.packer.run(
      """
      head -c 300K /dev/urandom | base64 >> app/.env; tar -czf whole.tgz app
      head -c 200K whole.tgz > cut.tgz; echo word > word; zip -q -P word secret.zip word
      """)
    try planted.bring("cut.tgz", as: "cut.tgz")
    try planted.bring("secret.zip", as: "secret.zip")
    let commit = try planted.repository.commit()
    let short = commit.prefix(12)
    for threads in ["1", "3"] {
      let outcome = try planted.scan(["--threads", threads, "--receipt"])
      #expect(outcome.code == 2)
      #expect(try GitTests.told(outcome) == [try planted.told(commit, "cut.tgz!app/.env")])
      let said = outcome.errors.split(separator: "\n")
      #expect(said.count == 4, "\(outcome.errors)")
      #expect(said[0].hasPrefix("weir: \(short):cut.tgz!app/.env: is damaged: "))
      #expect(said[1].hasPrefix("weir: \(short):secret.zip!word: is encrypted, and "))
      #expect(try SaidReceipt(outcome.errors).addsUp)
      #expect(Self.counts(outcome).hasSuffix("; 2 archives opened, 1 encrypted, 1 damaged"))
    }
  }

  @Test("members' names drive no terminal, in reports and in messages, and are given back in JSON")
  func names() throws {
    let planted = try Planted(seed: 508)
    let names = ["new\nline", "\u{1B}[31mred", "tab\t"]
    for name in names { try planted.packer.folder.add("app/\(name)", planted.secret.text) }
    try planted.packer.run("cd app; rm .env; tar -cf ../a.tar *; zip -q -P word ../b.zip *")
    try planted.bring("b.zip", as: "b\u{1B}[2J.zip")
    let commit = try planted.commitAndRemove("a.tar", as: "a\n.tar")
    let outcome = try planted.scan([])
    #expect(Set(try GitTests.told(outcome).map(\.path)) == Set(names.map { "a\n.tar!\($0)" }))
    let text = try Command.run(["scan", "--git", planted.repository.path])
    #expect(text.text.contains("\(commit.prefix(12)):a\\n.tar!new\\nline:2:7: "))
    #expect(!text.output.contains(0x1B))
    #expect(text.errors.contains(":b\\x1b[2J.zip!new\\nline: is encrypted"), "\(text.errors)")
    #expect(!text.errors.utf8.contains(0x1B))
    #expect(text.errors.split(separator: "\n").count == 5, "\(text.errors)")
  }

  @Test("a git that dies of a broken archive loses no other content, and it is said")
  func broken() throws {
    let planted = try Planted(seed: 509)
    // A secret first: nobody reads on behind it until it is told. And so long that git sends it as it reads it.
    try planted.packer.run("head -c 20M /dev/urandom > noise; tar -cf a.tar app/.env noise")
    try planted.repository.git(["config", "core.compression", "0"])
    let commit = try planted.commitAndRemove("a.tar", as: "a.tar")
    let blob = try planted.repository.git(["rev-parse", "\(commit):a.tar"])
    let object = "\(planted.repository.path)/.git/objects/\(blob.prefix(2))/\(blob.dropFirst(2))"
    chmod(object, 0o600)
    let whole = try Data(contentsOf: URL(filePath: object))
    try whole.prefix(whole.count / 2).write(to: URL(filePath: object))
    let behind = try (0..<3).map { number in
      try planted.repository.commit("\(number)", "\(number)\n" + planted.secret.text)
    }
    let short = commit.prefix(12)
    for threads in ["1", "3"] {
      let outcome = try planted.scan(["--threads", threads])
      #expect(outcome.code == 2)
      #expect(outcome.errors.contains("git cat-file failed: "), "\(outcome.errors)")
      #expect(
        outcome.errors.hasPrefix("weir: \(short):a.tar: cannot be read behind byte 10"),
        "\(outcome.errors)")
      let told = try GitTests.told(outcome)
      #expect(told.map(\.commit) == [commit] + behind, "\(threads): \(outcome.errors)")
      #expect(told.first?.path == "a.tar!app/.env")
    }
  }

  // MARK: Size

  @Test("an archive of 1 GiB when unpacked is scanned in memory that does not grow")
  func huge() throws {
    let planted = try Planted(seed: 510)
    try planted.packer.run(
      "truncate -s 1G hole; cat app/.env >> hole; tar -cSf hole.tar hole; rm hole")
    let commit = try planted.commitAndRemove("hole.tar", as: "hole.tar")
    let outcome = try Command.run(
      ["scan", "--git", "--stats", "--max-archive-ratio", "999999999", planted.repository.path])
    #expect(outcome.text.hasPrefix("\(commit.prefix(12)):hole.tar!hole:"), "\(outcome.errors)")
    let peak = try #require(outcome.errors.firstMatch(of: /(\d+) bytes of memory at most/))
    #expect(try #require(Int(peak.1)) < 64 << 20, "\(outcome.errors)")
  }
}
