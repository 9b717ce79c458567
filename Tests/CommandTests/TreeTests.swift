import Foundation
import Testing

/// `weir scan DIR`: which files of a tree are read, and that the others are counted.
@Suite struct TreeTests {
  /// A tree in which each of these files holds a token.
  private final class Tree {
    let folder: TemporaryFolder
    private var secrets: Secrets

    init(_ names: [String], isRepository: Bool = false) throws {
      secrets = try Secrets(seed: 90)
      folder = try TemporaryFolder()
      if isRepository { try folder.addFolder(".git") }
      try add(names)
    }

    func add(_ names: [String]) throws {
      for name in names {
        let above = name.split(separator: "/").dropLast()
        if !above.isEmpty { try folder.addFolder(above.joined(separator: "/")) }
        try folder.add(name, secrets.token())
      }
    }

    func write(_ name: String, _ lines: String...) throws {
      try folder.add(name, Array(lines.map { $0 + "\n" }.joined().utf8))
    }

    /// The names that findings are in, and what was said behind the number of inputs.
    func scan(
      _ options: [String] = [], below: String? = nil, environment: [String: String] = [:]
    ) throws -> (found: [String], said: String) {
      let path = folder.path + (below.map { "/\($0)" } ?? "")
      let outcome = try Command.run(["scan", path] + options, environment: environment)
      let found = outcome.lines.map { line in
        String(line.dropFirst(folder.path.count + 1).prefix { $0 != ":" })
      }
      #expect(outcome.code == (found.isEmpty ? 0 : 1), "\(outcome.errors)")
      return (found, outcome.errors)
    }
  }

  // MARK: Ignore files

  @Test(".weirignore and .ignore act in any tree, .gitignore in a repository; each counted")
  func kinds() throws {
    for isRepository in [false, true] {
      let tree = try Tree(
        ["a.git", "a.plain", "a.weir", "kept", ".env", "d/a.git", "out/x"],
        isRepository: isRepository)
      try tree.write(".gitignore", "*.git", "out/", "!.git")
      try tree.write(".ignore", "*.plain")
      try tree.write(".weirignore", "*.weir")
      let (found, said) = try tree.scan()
      if isRepository {
        #expect(found == [".env", "kept"])
        #expect(said.contains("; 6 skipped: 4 ignored files, 1 ignored directory, 1 .git\n"))
      } else {
        #expect(found == [".env", "a.git", "d/a.git", "kept", "out/x"])
        #expect(said.contains("; 2 skipped: 2 ignored files\n"))
      }
      let all = try tree.scan(["--no-ignore"])
      #expect(all.found.count == 7)
      #expect(all.said.contains("skipped") == isRepository)
    }
  }

  @Test(".weirignore speaks before .ignore, that before .gitignore, wherever they stand")
  func precedence() throws {
    let tree = try Tree(["d/env", "d/key", "d/log", "d/env2"], isRepository: true)
    try tree.write(".weirignore", "!env")
    try tree.write(".ignore", "!key", "log")
    try tree.write("d/.gitignore", "env", "key", "!log", "env2")
    #expect(try tree.scan().found == ["d/env", "d/key"])
  }

  @Test("files above the directory named count up to the repository's root, and no further")
  func above() throws {
    let tree = try Tree(["r/d/e/a", "r/d/e/b", "r/d/e/c", "r/d/e/x"])
    try tree.folder.addFolder("r/.git")
    try tree.write(".ignore", "x")
    try tree.write(".gitignore", "x")
    try tree.write("r/.gitignore", "/d/e/a")
    try tree.write("r/d/.ignore", "e/b")
    try tree.write("r/.weirignore", "c")
    #expect(try tree.scan(below: "r/d/e").found == ["r/d/e/x"])
    #expect(try tree.scan(below: "r/d/e/").found.count == 1)
    #expect(try tree.scan(below: "r/d").found == ["r/d/e/x"])
    // From above all is one tree, but git's stop at the repository.
    #expect(try tree.scan().found == [])
    try FileManager.default.removeItem(atPath: tree.folder.path + "/.ignore")
    #expect(try tree.scan().found == ["r/d/e/x"])
  }

  @Test("what is named is read, whatever an ignore file says of it, and what is below it is judged")
  func named() throws {
    let tree = try Tree(["out/a", "out/b.o", "secret"], isRepository: true)
    try tree.write(".gitignore", "out/", "*.o", "secret")
    #expect(try tree.scan().found == [])
    #expect(try tree.scan(below: "secret").found == ["secret"])
    #expect(try tree.scan(below: "out").found == ["out/a"])
    #expect(try tree.scan(below: "out/b.o").found == ["out/b.o"])
  }

  @Test("standard input and redact heed no ignore file")
  func streams() throws {
    let tree = try Tree(["a"], isRepository: true)
    try tree.write(".gitignore", "*")
    try tree.write(".weirignore", "*")
    let file = try Data(contentsOf: URL(filePath: tree.folder.path + "/a"))
    #expect(try Command.run(["scan"], input: Array(file)).lines.count == 1)
    #expect(
      try Command.run(["redact", tree.folder.path + "/a"]).text.hasPrefix("WEIR_REDACTED"))
  }

  @Test("an ignore file that cannot be heeded leaves nothing out: a link, a FIFO, one too long")
  func unheeded() throws {
    let tree = try Tree(["a", "d/a", "e/a", "f/a"], isRepository: true)
    let path = tree.folder.path
    try tree.write("pattern", "a")
    try FileManager.default.createSymbolicLink(
      atPath: "\(path)/.gitignore", withDestinationPath: "pattern")
    try #require(mkfifo("\(path)/d/.weirignore", 0o600) == 0)
    try tree.folder.addFolder("e/.ignore")
    #expect(try tree.scan().found == ["a", "d/a", "e/a", "f/a"])
    try tree.folder.add(
      "f/.gitignore", Array("a\n".utf8) + [UInt8](repeating: 0x0A, count: 1 << 20))
    let long = try Command.run(["scan", path])
    #expect(long.code == 2)
    #expect(long.lines.count == 4)
    #expect(
      long.errors.contains("\(path)/f/.gitignore: is longer than 1 MiB, and not heeded: what it"))
  }

  // MARK: Options

  @Test("--no-hidden leaves out what begins with a dot, unless an ignore file takes it back")
  func hidden() throws {
    let tree = try Tree([".env", ".github/a", "a", "d/.b"])
    #expect(try tree.scan(["--hidden"]).found == [".env", ".github/a", "a", "d/.b"])
    let (found, said) = try tree.scan(["--no-hidden"])
    #expect(found == ["a"])
    #expect(said.contains("; 3 skipped: 2 hidden files, 1 hidden directory\n"))
    try tree.write(".weirignore", "!.env")
    #expect(try tree.scan(["--no-hidden"]).found == [".env", "a"])
  }

  @Test("--glob chooses, --glob ! leaves out, the last counts, and ignore files come after")
  func globs() throws {
    let tree = try Tree(["a.c", "a.h", "a.swift", "d/a.c", "d/b.c", "x/y/a.c"])
    try tree.write(".weirignore", "a.swift")
    #expect(try tree.scan(["-g", "*.c"]).found == ["a.c", "d/a.c", "d/b.c", "x/y/a.c"])
    #expect(try tree.scan(["-g", "*.{h,swift}"]).found == ["a.h", "a.swift"])
    #expect(try tree.scan(["-g", "!*.c"]).found == ["a.h"])
    #expect(try tree.scan(["-g", "*.c", "-g", "!d/b.c"]).found == ["a.c", "d/a.c", "x/y/a.c"])
    #expect(try tree.scan(["-g", "!d/", "-g", "d"]).found == [])
    #expect(try tree.scan(["--glob=/d/**", "--glob=!b.c"]).found == ["d/a.c"])
    let (found, said) = try tree.scan(["--glob", "!{d,x}", "--glob", "!*.h"])
    #expect(found == ["a.c"])
    #expect(
      said.contains(
        "; 4 skipped: 1 ignored file, 1 file left out by --glob, 2 directories left out by --glob\n"
      ))
  }

  @Test("globs with a slash begin at the working directory where the tree is below it")
  func globsFromHere() throws {
    let tree = try Tree(["p/src/a", "p/b"])
    for path in ["p", "./p", "p/", "\(tree.folder.path)/p"] {
      let outcome = try Command.run(
        ["scan", "--glob", "/p/src/*", path], through: "cd \(tree.folder.path) && exec \"$@\"")
      #expect(outcome.lines.count == 1, "\(path)")
      #expect(outcome.text.contains("src/a:1:1"))
    }
  }

  @Test("a glob that can match nothing, or stands for too many, is refused")
  func badGlobs() throws {
    for glob in ["", "!", "[a", "a\\", "{a", String(repeating: "{a,b}", count: 12)] {
      let outcome = try Command.run(["scan", "--glob", glob, "/dev/null"])
      #expect(outcome.code == 2)
      #expect(outcome.errors.hasPrefix("weir: --glob '\(glob)': "), "\(outcome.errors)")
      #expect(outcome.errors.split(separator: "\n").count == 1)
    }
  }

  @Test("--max-filesize leaves out and counts what is longer, by a byte")
  func longFiles() throws {
    let tree = try Tree(["a", "b"])
    let path = tree.folder.path
    let count = try #require(FileManager.default.contents(atPath: "\(path)/a")?.count)
    Pipes.append([0x0A], to: "\(path)/b")
    for threads in ["1", "4"] {
      let (found, said) = try tree.scan(["--max-filesize", "\(count)", "--threads", threads])
      #expect(found == ["a"])
      #expect(said == "weir: 1 finding in 1 input; 1 skipped: 1 file over --max-filesize\n")
    }
    #expect(try tree.scan(["--max-filesize=1K"]).found.count == 2)
    #expect(try tree.scan(["--max-filesize", "0"], below: "a").found == [])
    for wrong in ["", "K", "-1", "1T", "1.5M", "99999999999999999999", "17179869184G", "٣"] {
      #expect(try Command.run(["scan", "--max-filesize=\(wrong)"]).code == 2, "\(wrong)")
    }
  }

  @Test("binary files are read, unless told otherwise")
  func binary() throws {
    var secrets = try Secrets(seed: 91)
    let tree = try Tree(["text"])
    try tree.folder.add("image", [0x89, 0] + secrets.token())
    try tree.folder.add(
      "late", [UInt8](repeating: 0x20, count: 8000) + [0, 0x20] + secrets.token())
    #expect(try tree.scan().found == ["image", "late", "text"])
    for threads in ["1", "4"] {
      let (found, said) = try tree.scan(["--no-binary", "--threads", threads])
      #expect(found == ["late", "text"])
      #expect(said.contains("; 1 skipped: 1 binary file\n"))
    }
  }

  @Test("--show-skipped says of each why, and escapes its name; --receipt counts when quiet")
  func shown() throws {
    let tree = try Tree(["a", "d/two\nlines\u{1B}[31m", "e"])
    try tree.folder.add(name: [0x62, 0xFF], [])
    try tree.write(".weirignore", "two*", "e", "b?")
    let path = tree.folder.path
    let (_, said) = try tree.scan(["--show-skipped"])
    let reason = "an ignore file names it (--no-ignore); skipped"
    #expect(
      said.split(separator: "\n").map(String.init) == [
        "weir: \(path)/b\u{FFFD}: \(reason)", "weir: \(path)/d/two\\nlines\\x1b[31m: \(reason)",
        "weir: \(path)/e: \(reason)",
        "weir: 1 finding in 2 inputs; 3 skipped: 3 ignored files",
      ])
    let (_, receipt) = try tree.scan(["--receipt", "--quiet"])
    #expect(receipt.hasSuffix("\nweir: 3 skipped: 3 ignored files\n"))
  }

  // MARK: What is no file

  @Test("links to /, to a folder above, in circles and to nothing are counted, not walked")
  func links() throws {
    let tree = try Tree(["a", "d/b"])
    for (name, target) in [
      ("root", "/"), ("d/up", ".."), ("one", "two"), ("two", "one"), ("gone", "none"),
      ("file", "a"), ("under", "a/x"), ("null", "/dev/null"),
    ] {
      try FileManager.default.createSymbolicLink(
        atPath: "\(tree.folder.path)/\(name)", withDestinationPath: target)
    }
    for threads in ["1", "4"] {
      let (found, said) = try tree.scan(["--threads", threads])
      #expect(found == ["a", "d/b", "file"])
      #expect(
        said.hasSuffix(
          "; 7 skipped: 2 links to directories, 4 links to nothing, 1 FIFO, socket or device\n"))
    }
    // A directory that is a link is walked when it is named.
    #expect(try tree.scan(below: "d/up/d").found == ["d/up/d/b"])
  }

  @Test("what may not be listed is said by name, and the rest is read")
  func unreadable() throws {
    let tree = try Tree(["a", "closed/b", "d/c"])
    let path = tree.folder.path
    chmod("\(path)/closed", 0)
    defer { chmod("\(path)/closed", 0o755) }
    let outcome = try Command.runUnprivileged(["scan", path])
    #expect(outcome.code == 2)
    #expect(outcome.lines.count == 2)
    #expect(
      outcome.errors.hasPrefix(
        "weir: \(path)/closed: cannot be listed: Permission denied; check its permissions\n"))
  }

  @Test("ten thousand files in a folder and folders three hundred deep, in order, on any threads")
  func many() throws {
    var secrets = try Secrets(seed: 92)
    let folder = try TemporaryFolder()
    for number in 0..<10_000 { try folder.add("\(number)") }
    var deep = "d"
    for _ in 0..<300 { deep += "/d" }
    try folder.addFolder(deep)
    for name in ["5000", "77", "\(deep)/x"] { try folder.add(name, secrets.token()) }
    for threads in ["1", "4"] {
      let outcome = try Command.run(["scan", "--threads", threads, folder.path])
      let found = outcome.lines.map { $0.dropFirst(folder.path.count + 1).prefix { $0 != ":" } }
      #expect(found == ["5000", "77", Substring("\(deep)/x")])
      #expect(
        outcome.errors
          == "weir: 3 admin: github.personal-token 3\nweir: 3 findings in 10001 inputs\n")
    }
  }
}

/// Appends to a file.
extension Pipes {
  fileprivate static func append(_ bytes: [UInt8], to path: String) {
    let end = open(path, O_WRONLY | O_APPEND | O_CLOEXEC)
    write(bytes, to: end)
    close(end)
  }
}
