import Foundation
import Testing

/// `weir hook`: hooks that the real git runs.
@Suite struct HookTests {
  private let repository: RealRepository
  private var secrets: Secrets

  init() throws {
    repository = try RealRepository()
    secrets = try Secrets(seed: 700)
  }

  /// Runs `weir hook` in a folder, the repository's if none is given.
  @discardableResult
  private func hook(
    _ arguments: [String], in place: String? = nil, code: Int32 = 0,
    environment: [String: String] = [:], sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> Command.Outcome {
    let outcome = try Command.run(
      ["hook"] + arguments, through: "cd '\(place ?? repository.path)' && exec \"$@\"",
      environment: environment)
    #expect(outcome.code == code, "\(outcome.errors)", sourceLocation: sourceLocation)
    return outcome
  }

  private func path(_ kind: String = "pre-commit") -> String {
    "\(repository.path)/.git/hooks/\(kind)"
  }

  private func names(in folder: String? = nil) throws -> [String] {
    try FileManager.default.contentsOfDirectory(
      atPath: folder ?? repository.path + "/.git/hooks"
    ).filter { !$0.hasSuffix(".sample") }.sorted()
  }

  private func text(_ path: String) throws -> String {
    try String(contentsOfFile: path, encoding: .utf8)
  }

  /// What git says where it refuses.
  private func refusal(_ body: () throws -> Void) throws -> String {
    try #require(throws: RealRepository.Failed.self, performing: body).description
  }

  @Test("a commit of a secret is refused, and shown masked, with how to go on; a clean one passes")
  mutating func commits() throws {
    try hook(["install"])
    let token = secrets.token()
    try repository.commit("clean", Array("nothing\n".utf8))
    try repository.write("settings.env", "key = " + token + "\n")
    let said = try refusal { try repository.commit() }
    #expect(said.contains("settings.env:1:7: github.personal-token"))
    #expect(said.contains("not committed"))
    #expect(said.contains("git commit --no-verify"))
    #expect(!Array(said.utf8).holds(token))
    // What is staged counts: neither a file that is clean again nor one that is not staged.
    try repository.write("settings.env", Array("nothing\n".utf8))
    #expect(throws: RealRepository.Failed.self) { try repository.git(["commit", "-q", "-m", "x"]) }
    try repository.git(["add", "settings.env"])
    try repository.write("settings.env", "key = " + token + "\n")
    try repository.git(["commit", "-q", "-m", "x"])
    try repository.git(["commit", "-q", "-a", "-n", "-m", "x"])
  }

  @Test("what cannot be looked at is not committed")
  func incomplete() throws {
    try hook(["install"])
    try repository.write("a", Array("nothing\n".utf8))
    try repository.git(["add", "a"])
    let blob = try repository.git(["rev-parse", ":a"])
    let object = "\(repository.path)/.git/objects/\(blob.prefix(2))/\(blob.dropFirst(2))"
    try FileManager.default.removeItem(atPath: object)
    let said = try refusal { try repository.git(["commit", "-q", "-m", "x"]) }
    #expect(said.contains("not all that is staged was looked at"))
  }

  @Test("installed twice is installed once; status tells by its code; uninstalled, nothing is left")
  func twice() throws {
    let before = try names()
    #expect(try hook(["status"], code: 1).text.contains("/pre-commit: none\n"))
    #expect(try hook(["install"]).text == "\(path()): written\n")
    let script = try text(path())
    #expect(access(path(), X_OK) == 0)
    #expect(try hook(["install"]).text == "\(path()): is there already\n")
    #expect(try text(path()) == script)
    #expect(try hook(["status"]).text.contains("/pre-commit: runs weir\n"))
    try hook(["install", "--pre-push"])
    #expect(try names() == (before + ["pre-commit", "pre-push"]).sorted())
    #expect(try hook(["uninstall", "--pre-push"]).text == "\(path("pre-push")): removed\n")
    try hook(["uninstall"])
    #expect(try hook(["uninstall"]).text.contains("/pre-commit: is not there\n"))
    #expect(try names() == before)
  }

  @Test("a hook of an older version, or one that git would not run, is written anew")
  func outdated() throws {
    try hook(["install"])
    let script = try text(path())
    try Data((script + "# more\n").utf8).write(to: URL(filePath: path()))
    #expect(try hook(["status"], code: 1).text.contains("of another version"))
    #expect(try hook(["install"]).text == "\(path()): written anew\n")
    #expect(try text(path()) == script)
    chmod(path(), 0o644)
    try hook(["status"], code: 1)
    try hook(["install"])
    #expect(access(path(), X_OK) == 0)
  }

  @Test("a hook of somebody else stays, whatever it is; by force it is moved aside, and comes back")
  func foreign() throws {
    let own = "#!/bin/sh\nexit 0\n"
    let file = URL(filePath: path())
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(own.utf8).write(to: file)
    let refused = try hook(["install"], code: 2)
    #expect(refused.errors.contains("weir scan --staged || exit 1"))
    #expect(try text(path()) == own)
    #expect(try hook(["uninstall"]).text.contains("is not Weir's, and stays"))
    try hook(["install", "--force"])
    #expect(try text(path() + ".before-weir") == own)
    // With another in its place there would be two to keep.
    try Data("#!/bin/sh\n".utf8).write(to: file)
    #expect(try hook(["install", "--force"], code: 2).errors.contains("moved aside before"))
    #expect(try text(path() + ".before-weir") == own)
    try FileManager.default.removeItem(at: file)
    try hook(["install"])
    try hook(["uninstall"])
    #expect(try text(path()) == own)

    try FileManager.default.removeItem(at: file)
    try FileManager.default.createSymbolicLink(atPath: path(), withDestinationPath: "nowhere")
    try hook(["install"], code: 2)
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: path()) == "nowhere")
    try FileManager.default.removeItem(at: file)
    try FileManager.default.createDirectory(at: file, withIntermediateDirectories: false)
    try hook(["install"], code: 2)
    try FileManager.default.removeItem(at: file)
    try Data(count: 1 << 17).write(to: file)
    try hook(["install"], code: 2)
  }

  @Test("it stands where core.hooksPath says, and the setting is named")
  mutating func hooksPath() throws {
    try repository.commit("deep/file", Array("nothing\n".utf8))
    try repository.git(["config", "core.hooksPath", "our/hooks"])
    let installed = try hook(["install"], in: repository.path + "/deep")
    #expect(installed.text.hasPrefix("\(repository.path)/our/hooks/pre-commit: written\n"))
    #expect(installed.text.contains("core.hooksPath, set in file:"))
    #expect(try names(in: repository.path + "/our/hooks") == ["pre-commit"])
    try repository.write("deep/settings.env", secrets.token())
    try repository.git(["add", "deep"])
    #expect(throws: RealRepository.Failed.self) { try repository.git(["commit", "-q", "-m", "x"]) }
    // As it is set for all of a user's repositories.
    let home = repository.neighbour("home")
    try FileManager.default.createDirectory(atPath: home, withIntermediateDirectories: true)
    try Data("[core]\n\thooksPath = ~/all hooks\n".utf8).write(
      to: URL(filePath: home + "/.gitconfig"))
    try repository.git(["config", "--unset", "core.hooksPath"])
    let all = try hook(["install"], environment: ["HOME": home])
    #expect(all.text.hasPrefix("\(home)/all hooks/pre-commit: written\n"))
    #expect(all.text.contains("file:\(home)/.gitconfig"))
    #expect(try names() == [])
    for (wrong, words) in [("/dev/null", "/dev/null: cannot be changed"), ("", "empty string")] {
      try repository.git(["config", "core.hooksPath", wrong])
      #expect(try hook(["install"], code: 2).errors.contains(words))
    }
  }

  @Test("worktrees share the hook; a bare repository takes that of pushes only")
  func places() throws {
    try repository.commit("file", Array("nothing\n".utf8))
    let worktree = repository.neighbour("worktree")
    try repository.git(["worktree", "add", "-q", worktree])
    #expect(try hook(["install"], in: worktree).text == "\(path()): written\n")
    try hook(["status"])
    let bare = try RealRepository(bare: true)
    #expect(try hook(["install", bare.path], code: 2).errors.contains("is bare"))
    try hook(["install", "--pre-push", bare.path])
    try hook(["status", bare.path])
  }

  @Test("a push of a secret is refused, by the commits that the remote does not have")
  mutating func pushes() throws {
    let remote = try RealRepository(bare: true)
    try repository.git(["remote", "add", "origin", remote.path])
    try repository.commit("old.env", secrets.token())
    try repository.git(["push", "-q", "origin", "main"])
    try hook(["install", "--pre-push"])
    try repository.commit("clean", Array("nothing\n".utf8))
    try repository.git(["push", "-q", "origin", "main"])
    try repository.commit("new.env", secrets.token())
    // It was taken out again, but is in the history.
    try repository.commit("new.env", Array("nothing\n".utf8))
    for target in ["main", "main:refs/heads/topic", "main:refs/tags/v1"] {
      let said = try refusal { try repository.git(["push", "-q", "origin", target]) }
      #expect(said.contains("new.env:1:1: github.personal-token"))
      #expect(!said.contains("old.env"))
      #expect(said.contains("git push --no-verify"))
    }
    try repository.git(["push", "-q", "--no-verify", "origin", "main"])
    try repository.git(["push", "-q", "origin", "main:refs/heads/topic"])
    try repository.git(["push", "-q", "origin", ":refs/heads/topic"])
    // Somebody else's commits, which are not here, stand where the push goes.
    let other = repository.neighbour("other")
    try repository.git(["clone", "-q", remote.path, other])
    try repository.git(["commit", "-q", "--allow-empty", "-m", "x"], in: other)
    try repository.git(["push", "-q", "origin", "main"], in: other)
    try repository.commit("forced", Array("nothing\n".utf8))
    try repository.git(["push", "-q", "--force", "origin", "main"])
    // A remote without anything in common takes all.
    let empty = try RealRepository(bare: true)
    let said = try refusal { try repository.git(["push", "-q", empty.path, "main"]) }
    #expect(said.contains("old.env:1:1"))
    #expect(said.contains("new.env:1:1"))
  }

  @Test("nothing that the repository says is run while hooks are looked for")
  func hostility() throws {
    let mark = repository.neighbour("ran")
    for (name, value) in [
      ("core.fsmonitor", "touch '\(mark)'"), ("alias.rev-parse", "!touch '\(mark)'"),
      ("alias.config", "!touch '\(mark)'"), ("core.pager", "touch '\(mark)'"),
      ("core.sshCommand", "touch '\(mark)'"),
    ] { try repository.git(["config", name, value]) }
    try hook(["install"])
    try hook(["status"])
    #expect(access(mark, F_OK) != 0)
  }

  @Test("no repository, git or room: one line says so, and no hook is left half written")
  func failures() throws {
    let folder = try TemporaryFolder()
    #expect(try hook(["install"], in: folder.path, code: 2).errors.contains("not a git repository"))
    #expect(try hook(["install", "nowhere"], code: 2).errors.contains("nowhere"))
    #expect(try hook(["install", ""], code: 2).errors.contains("names no repository"))
    #expect(
      try hook(["install"], code: 2, environment: ["PATH": "/nowhere"]).errors.contains(
        "git is not on PATH"))
    #expect(try hook(["install", "--pre-tend"], code: 2).errors.contains("--pre-tend"))
    let mark = try TemporaryFile()
    let fault = Fault(call: "writev", number: 1, outcome: .fails(ENOSPC))
    let full = try hook(["install"], code: 2, environment: try fault.environment(mark: mark))
    #expect(full.errors.contains("No space left on device"))
    #expect(!mark.contents().isEmpty)
    #expect(try names() == [])
  }
}
