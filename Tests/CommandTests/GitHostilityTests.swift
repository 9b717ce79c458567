import Foundation
import Glibc
import Testing

/// A repository is somebody else's: nothing that it says is run, and what is broken in it is said.
@Suite struct GitHostilityTests {
  /// A repository full of settings, hooks and attributes that each leave a mark when they are run.
  private final class Trap {
    let repository: RealRepository
    let mark: String
    let program: String
    let planted: GitTests.Planted
    let commit: String

    init(seed: UInt64) throws {
      var secrets = try Secrets(seed: seed)
      repository = try RealRepository()
      planted = GitTests.Planted(&secrets)
      mark = repository.neighbour("mark")
      program = "\(repository.path)/run"
      try repository.write(".gitattributes", Array("* filter=trap diff=trap text\n".utf8))
      commit = try repository.commit("file", planted.text)
      try repository.write("run", Array("#!/bin/sh\necho ran >> '\(mark)'\nexit 0\n".utf8))
      try repository.write("git", Array("#!/bin/sh\necho git >> '\(mark)'\nexit 0\n".utf8))
      for name in ["run", "git"] { chmod("\(repository.path)/\(name)", 0o755) }
      try FileManager.default.createDirectory(
        atPath: "\(repository.path)/.git/hooks", withIntermediateDirectories: true)
      for hook in [
        "post-index-change", "reference-transaction", "post-checkout", "pre-commit",
        "fsmonitor-watchman", "pre-auto-gc", "post-rewrite", "proc-receive", "update",
      ] {
        symlink(program, "\(repository.path)/.git/hooks/\(hook)")
      }
      let included = repository.neighbour("included")
      var settings = "[include]\n\tpath = \(included)\n[extensions]\n\tpartialClone = far\n"
      for (section, names) in [
        (
          "core",
          [
            "fsmonitor", "pager", "editor", "sshCommand", "gitProxy", "askPass",
            "alternateRefsCommand",
          ]
        ),
        ("alias", ["rev-list", "cat-file", "diff-tree", "diff-index", "rev-parse"]),
        ("pager", ["rev-list", "cat-file", "diff-tree", "diff-index"]),
        ("filter \"trap\"", ["clean", "smudge", "process"]),
        ("diff \"trap\"", ["textconv", "command"]), ("diff", ["external"]),
        ("gpg", ["program"]), ("credential", ["helper"]), ("uploadpack", ["packObjectsHook"]),
      ] {
        settings += "[\(section)]\n"
        for name in names {
          let start = section == "alias" || section == "credential" ? "!" : ""
          settings += "\t\(name) = \"\(start)\(program)\"\n"
        }
      }
      settings += """
        [core]
        \thooksPath = \(repository.path)/.git/hooks
        \trepositoryFormatVersion = 1
        [log]
        \tshowSignature = true
        [remote "far"]
        \turl = "ext::\(program)"
        \tpromisor = true
        \tpartialCloneFilter = blob:none
        \tuploadpack = "\(program)"
        [protocol]
        \tallow = always
        [protocol "ext"]
        \tallow = always
        """
      let file = "\(repository.path)/.git/config"
      let own = try String(contentsOfFile: file, encoding: .utf8)
      try Data((own + settings + "\n").utf8).write(to: URL(filePath: file))
      try Data("[core]\n\tfsmonitor = \(program)\n".utf8).write(to: URL(filePath: included))
    }

    var isSprung: Bool { access(mark, F_OK) == 0 }
  }

  @Test(
    "hooks, filters, textconv, fsmonitor, pager, aliases and remotes of a repository are not run")
  func nothingRuns() throws {
    let trap = try Trap(seed: 420)
    let (repository, planted) = (trap.repository, trap.planted)
    let told = try planted.told(repository, trap.commit, "file")
    #expect(!trap.isSprung)
    let path = repository.path
    for options in [["--git"], ["--git", "--range", "HEAD"], ["--git", "--reflog"]] {
      let outcome = try GitTests.scan(options, path)
      #expect(try GitTests.told(outcome) == [told])
      #expect(outcome.code == 1)
      #expect(outcome.errors == "")
    }
    #expect(try GitTests.scan(["--staged"], path).code == 0)
    // A git in the folder that is scanned is none of ours, though PATH begins with it.
    // Of a tree its settings are asked for, since they include others.
    for arguments in [["scan", "--git"], ["scan", "."]] {
      let here = try Command.run(
        arguments, through: "cd '\(path)' && exec \"$@\"",
        environment: ["PATH": ":.:/usr/bin:/bin"])
      #expect(here.code == 1)
    }
    // An object that the remote would have to send: it is told that it lacks, and nobody asks for it.
    let blob = try repository.git(
      ["rev-parse", "HEAD:.gitattributes"], environment: ["GIT_CONFIG_COUNT": "0"])
    let object = "\(path)/.git/objects/\(blob.prefix(2))/\(blob.dropFirst(2))"
    #expect(unlink(object) == 0)
    for options in [["--git"], ["--git", "--range", "HEAD"]] {
      let outcome = try GitTests.scan(options, path)
      #expect(try GitTests.told(outcome) == [told])
      #expect(outcome.code == 2)
      #expect(outcome.errors.contains("lacks 1 object of its history"))
    }
    #expect(!trap.isSprung, "\((try? String(contentsOfFile: trap.mark, encoding: .utf8)) ?? "")")
    // The trap is one: git itself walks into it.
    _ = try? repository.git(["status"])
    #expect(trap.isSprung)
  }

  @Test("a repository that belongs to somebody else is read all the same")
  func strangersRepository() throws {
    guard getuid() == 0 else { return }
    let trap = try Trap(seed: 421)
    for name in ["", "/.git", "/.git/config"] { chown(trap.repository.path + name, 65533, 65533) }
    let outcome = try GitTests.scan(["--git"], trap.repository.path)
    #expect(try GitTests.told(outcome).count == 1)
    #expect(!trap.isSprung)
  }

  @Test("names of files and authors are shown without what drives a terminal, and without secrets")
  func names() throws {
    var secrets = try Secrets(seed: 422)
    let repository = try RealRepository()
    let token = secrets.token()
    let name = "new\nline \u{1B}[31m\u{202E}\"tab\t"
    try repository.write(name, secrets.token())
    let secret = String(decoding: token, as: UTF8.self)
    try repository.commit(
      environment: ["GIT_AUTHOR_NAME": "E\u{1B}[2J \u{202E}\"\(secret)", "GIT_AUTHOR_EMAIL": "é@x"])
    let outcome = try GitTests.scan(["--git"], repository.path)
    let told = try #require(try GitTests.told(outcome).first)
    #expect(told.path == name)
    #expect(told.author == "E\u{1B}[2J \u{202E}\"WEIR_REDACTED_github.personal-token <é@x>")
    for format in ["text", "jsonl"] {
      let outcome = try Command.run(["scan", "--git", "--format", format, repository.path])
      #expect(outcome.code == 1)
      #expect(!outcome.output.holds(token))
      #expect(outcome.output.allSatisfy { $0 == 0x0A || $0 >= 0x20 })
      #expect(!outcome.text.contains("\u{202E}"))
    }
  }

  @Test("names that are no text, and histories in SHA-256")
  func otherBytes() throws {
    var secrets = try Secrets(seed: 423)
    let repository = try RealRepository()
    let folder = repository.neighbour("sha256")
    try repository.git(["init", "-q", "-b", "main", "--object-format=sha256", folder])
    let file = Array("\(folder)/bad".utf8).map { CChar(bitPattern: $0) } + [-1, -61, 0]
    let opened = open(file, O_WRONLY | O_CREAT, 0o600)
    let token = secrets.token()
    #expect(write(opened, token, token.count) == token.count)
    close(opened)
    try repository.git(["add", "--all"], in: folder)
    try repository.git(["commit", "-q", "-m", "words"], in: folder)
    let told = try #require(try GitTests.told(try GitTests.scan(["--git"], folder)).first)
    #expect(told.path == "bad\u{FFFD}\u{FFFD}")
    #expect(told.commit?.count == 64)
  }

  @Test("what cannot be read ends with 2 and a sentence that says why")
  func failures() throws {
    let folder = try TemporaryFolder()
    let repository = try RealRepository()
    func expect(
      _ arguments: [String], says words: String, environment: [String: String] = [:],
      sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
      let outcome = try Command.run(["scan"] + arguments, environment: environment)
      #expect(outcome.code == 2, sourceLocation: sourceLocation)
      #expect(outcome.output == [], sourceLocation: sourceLocation)
      #expect(
        outcome.errors.contains(words), "\(outcome.errors)", sourceLocation: sourceLocation)
    }
    try expect(
      ["--git", folder.path], says: "git rev-parse failed: not a git repository",
      environment: ["GIT_CEILING_DIRECTORIES": "/"])
    try expect(["--git", folder.path + "/none"], says: "No such file or directory")
    try expect(["--git", ""], says: "names no repository")
    try expect(
      ["--git", repository.path], says: "git is not on PATH",
      environment: ["PATH": "\(folder.path):.:relative"])
    // One without a commit has no history, and that is no error.
    #expect(try Command.run(["scan", "--git", repository.path]).code == 0)
    try repository.commit("file", Array("one\n".utf8))
    for range in ["none", "main..none", "main file"] {
      try expect(
        ["--git", "--range", range, repository.path], says: "git rev-list failed: bad revision")
    }
    try expect(["--git", "--branch", "none", repository.path], says: "has no branch none")
    for (arguments, words) in [
      (["--range", "main"], "--range: needs --git"),
      (["--git", "--staged"], "is no part of --git"),
      (["--git", "--since", "hello"], "--since: expected"),
      (["--git", "--range=--output=x"], "--range: expected"),
      (["--git", "--branch=-x"], "--branch: expected"),
      (["--git", "--branch", "a", "--range", "b"], "say it in the range"),
      (["--git", "--reflog", "--range", "b"], "leave --range out"),
    ] {
      try expect(arguments + [repository.path], says: words)
    }
  }

  @Test("a git that dies in the midst ends with 2, and what was found before is told")
  func dies() throws {
    var secrets = try Secrets(seed: 424)
    let repository = try RealRepository()
    let planted = GitTests.Planted(&secrets)
    let commit = try repository.commit("file", planted.text)
    try repository.commit("broken", Array("no secret\n".utf8))
    let blob = try repository.git(["rev-parse", "HEAD:broken"])
    let object = "\(repository.path)/.git/objects/\(blob.prefix(2))/\(blob.dropFirst(2))"
    chmod(object, 0o600)
    // Its head is whole, so that git begins to send it.
    let whole = try Data(contentsOf: URL(filePath: object))
    try whole.prefix(whole.count - 8).write(to: URL(filePath: object))
    let outcome = try Command.run(["scan", "--git", "--format", "jsonl", repository.path])
    #expect(outcome.code == 2)
    #expect(outcome.errors.contains("git cat-file failed: "), "\(outcome.errors)")
    #expect(outcome.errors.contains("not all was looked at"))
    #expect(try GitTests.told(outcome) == [try planted.told(repository, commit, "file")])
  }

  @Test("a signal stops the scan, and the gits it started are gone with it")
  func signals() throws {
    let repository = try RealRepository()
    for number in 0..<8 {
      try repository.write("file \(number)", [UInt8](repeating: UInt8(number), count: 3 << 20))
    }
    try repository.commit()
    // Nobody reads what it says: it can come to no end.
    let pipe = Command.pipe()
    var secrets = try Secrets(seed: 425)
    let line = secrets.token() + "\n"
    for number in 0..<4 {
      let text = [[UInt8]](repeating: line, count: 4000).flatMap { $0 }
      try repository.commit("many \(number)", "\(number)\n" + text)
    }
    let live = try LiveCommand(
      ["scan", "--git", repository.path], standardOutput: pipe.writing)
    close(pipe.writing)
    #expect(Waiting.untilHeeding(live.child))
    #expect(Waiting.until { !Self.children(of: live.child).isEmpty })
    let gits = Self.children(of: live.child)
    kill(live.child, SIGTERM)
    usleep(300_000)
    close(pipe.reading)
    let code = Waiting.end(of: live.child)
    #expect(code == 2 || code == 128 + SIGPIPE || code == 128 + SIGTERM)
    #expect(Waiting.until { gits.allSatisfy { kill($0, 0) != 0 } })
  }

  private static func children(of parent: pid_t) -> [pid_t] {
    let path = "/proc/\(parent)/task/\(parent)/children"
    let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    return text.split(separator: " ").compactMap { pid_t($0) }
  }
}
