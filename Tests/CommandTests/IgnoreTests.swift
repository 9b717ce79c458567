import Foundation
import Testing
import WeirIO
import WeirSpecimens

/// Ignore files say what they say to git: the real `git check-ignore` is asked.
@Suite struct IgnoreTests {
  private static let names = [
    "a", "b", "ab", "ba", "aa", "a.b", ".a", "a b", "a ", "[a]", "*", "\\", "!a", "#a", "]", "-",
    "A", "1", "é", "a*", "abc.b",
  ]
  private static let pieces = [
    "a", "b", "ab", "c", ".", "*", "*", "**", "?", "[ab]", "[!a]", "[^a]", "[a-c]", "[]a]", "[a-",
    "[", "[[:alpha:]]", "[[:digit:]-]", "[[:none:]]", "[[:]", "[\\]]", "[a\\-c]", "[--a]", "[c-a]",
    "\\", "\\*", "\\a", "/", "/", "/", "**/", "/**", "/**/", " ", "\\ ", "!", "#", "é", "]", "-",
  ]

  /// A pattern of random pieces, or of a name and some.
  private static func pattern(_ random: inout SplitMix64) -> String {
    func one(_ words: [String]) -> String { words[Int(random.next() % UInt64(words.count))] }
    var pattern = ["", "", "", "!", "/", "!/", "**/"][Int(random.next() % 7)]
    for _ in 0...(random.next() % 4) {
      pattern += random.next() % 2 == 0 ? one(pieces) : one(names)
      if random.next() % 4 == 0 { pattern += "/" }
    }
    return pattern + ["", "", "", "/", "/", " ", "\t", "\r"][Int(random.next() % 8)]
  }

  /// Folders that each have the same names below, and an ignore file of their own.
  ///
  /// - Returns: the paths of all files in it, from the root on.
  private static func plant(
    in root: String, folders: Int, patterns: ClosedRange<UInt64>, _ random: inout SplitMix64
  ) throws -> Set<String> {
    var paths: Set<String> = []
    for folder in 0..<folders {
      var below = [""]
      for _ in 0..<14 {
        var path = below[Int(random.next() % UInt64(below.count))]
        path += names[Int(random.next() % UInt64(names.count))]
        if random.next() % 2 == 0, path.count < 12 {
          below.append(path + "/")
        } else {
          below.append(below[0])
          paths.insert("\(folder)/\(path)")
        }
      }
      for path in Set(below) {
        try? FileManager.default.createDirectory(
          atPath: "\(root)/\(folder)/\(path)", withIntermediateDirectories: true)
        // Below too, but seldom.
        guard path == "" || random.next() % 6 == 0 else { continue }
        let count = patterns.lowerBound + random.next() % UInt64(patterns.count)
        let lines = (0..<count).map { _ in pattern(&random) + "\n" }
        let file = "\(folder)/\(path).gitignore"
        _ = FileManager.default.createFile(
          atPath: "\(root)/\(file)", contents: Data(lines.joined().utf8))
      }
    }
    for path in paths {
      _ = FileManager.default.createFile(atPath: "\(root)/\(path)", contents: nil)
    }
    return paths.filter {
      var isDirectory: ObjCBool = false
      return FileManager.default.fileExists(atPath: "\(root)/\($0)", isDirectory: &isDirectory)
        && !isDirectory.boolValue
    }
  }

  /// More of them by hand: `WEIR_IGNORE_SEEDS=100`.
  private static var seeds: ClosedRange<UInt64> {
    1...(ProcessInfo.processInfo.environment["WEIR_IGNORE_SEEDS"].flatMap { UInt64($0) } ?? 2)
  }

  @Test("of patterns and paths from a seed Weir leaves out what git does", arguments: [1, 8])
  func agreement(mostPatterns: UInt64) throws {
    var pairs = 0
    for seed in Self.seeds {
      var random = SplitMix64(seed: seed)
      let git = try GitFolder(TemporaryFolder())
      let folder = git.folder
      let paths = try Self.plant(
        in: folder.path, folders: 150, patterns: 1...mostPatterns, &random)
      let ignored = try git.ignored(paths)
      let read = folder.filesRead()
      let kept = read.subtracting(read.filter { $0.hasSuffix(".gitignore") })
      let wrong = paths.subtracting(ignored).symmetricDifference(kept)
      pairs += paths.count
      #expect(!ignored.isEmpty && ignored.count < paths.count)
      if !wrong.isEmpty {
        // One is enough to see why.
        let path = wrong.sorted()[0]
        let top = "\(folder.path)/\(path.prefix { $0 != "/" })/.gitignore"
        let patterns = try String(contentsOfFile: top, encoding: .utf8)
        Issue.record(
          "seed \(seed): \(wrong.count) of \(paths.count) differ; \(path.debugDescription) git \(ignored.contains(path) ? "ignores" : "keeps") with \(patterns.debugDescription)"
        )
      }
    }
    #expect(pairs > 1000)
    if Self.seeds.count > 2 {
      print("ignore files: \(pairs) paths, up to \(mostPatterns) patterns a file")
    }
  }

  @Test(
    "comments, blanks, anchors, stars and what takes back: as git reads them",
    arguments: [
      "", "#a", "\\#a", "a ", "a\\ ", "a  \\", "a\t", "\u{FEFF}a", "a\r", "a\r\nb", "!a\na",
      "a\n!a", "/a", "b/", "b", "b/*", "b/*\n!b/c/", "b/**", "b/**\n!b/**/\n!b/c/a", "**/a",
      "b/**/a", "**/b/**", "b/a", "d/*/a", "*/b/a", "*b/a", "b**/a", "?**/a", "[b]**/a", "/b[!x]a",
      "/b[/]a", "b\n!b/a", "a\u{0}b",
      "/*\n!/b",
      "*\n!*/\n!a", "\\", "\\a", "[", "[a", "[a]", "//", "/", "!", "/a/", "*/", "**", "***", "a//",
    ])
  func known(lines: String) throws {
    let git = try GitFolder(TemporaryFolder())
    let paths: Set = ["a", "#a", "a ", "ba", "b/a", "b/c/a", "bc/a", "d/b/a"]
    for name in ["b/c", "bc", "d/b"] { try git.folder.addFolder(name) }
    for path in paths { try git.folder.add(path) }
    try git.folder.add(".gitignore", Array(lines.utf8))
    let ignored = try git.ignored(paths)
    #expect(paths.subtracting(git.folder.filesRead()) == ignored)
  }

  // MARK: Beyond .gitignore

  @Test("what the user, or info/exclude, has git ignore is left out too; the nearer one speaks")
  func excludes() throws {
    let home = try TemporaryFolder()
    let git = try GitFolder(TemporaryFolder(), home: home)
    let paths: Set = ["mine", "own", "both", "taken"]
    for path in paths { try git.folder.add(path) }
    try git.folder.addFolder(".git/info")
    for setting in [
      nil, "[core]\n\texcludesFile = ~/.config/git/ignore\n", "[core]\n\tpager = cat\n",
    ] {
      try home.addFolder(".config/git")
      try home.add(".config/git/ignore", Array("mine\nboth\n".utf8))
      if let setting { try home.add(".gitconfig", Array(setting.utf8)) }
      try git.folder.add(".git/info/exclude", Array("own\n!both\ntaken\n".utf8))
      try git.folder.add(".gitignore", Array("!taken\n".utf8))
      #expect(try git.ignored(paths) == ["mine", "own"])
      #expect(try git.scanned() == ["both", "taken", ".gitignore"])
    }
    try home.add("elsewhere", Array("taken\nboth\n".utf8))
    try git.run(["config", "core.excludesfile", "~/elsewhere"])
    try git.folder.add(".git/info/exclude", [])
    try git.folder.add(".gitignore", [])
    #expect(try git.ignored(paths) == ["both", "taken"])
    #expect(try git.scanned() == ["mine", "own", ".gitignore"])
  }

  @Test(
    "what is tracked is read although it is ignored, from every kind of index",
    arguments: ["2", "3", "4", "sha256", "empty", "broken"])
  func tracked(kind: String) throws {
    let git = try GitFolder(
      TemporaryFolder(), home: TemporaryFolder(), kind == "sha256" ? ["--object-format=sha256"] : []
    )
    let paths: Set = ["a.o", "b.o", "out/deep/a", "out/deep/b", "out/c", "outer/a", "k", "zz/a.o"]
    for folder in ["out/deep", "outer", "zz"] { try git.folder.addFolder(folder) }
    for path in paths { try git.folder.add(path) }
    try git.folder.add(".gitignore", Array("*.o\n/out/\nzz\n".utf8))
    if kind != "empty" { try git.run(["add", "--force", "a.o", "out/deep/b", "outer/a", "k"]) }
    switch kind {
    case "2", "4": try git.run(["update-index", "--index-version", kind])
    case "3": try git.run(["add", "--force", "--intent-to-add", "zz/a.o"])
    case "broken":
      let index = try Data(contentsOf: URL(filePath: "\(git.folder.path)/.git/index"))
      try git.folder.add(".git/index", Array(index.prefix(100)))
    default: break
    }
    // Of a broken index git knows nothing either, and refuses.
    let ignored =
      kind == "broken" ? try git.ignored(paths) : try git.ignored(paths, isIndexAsked: true)
    #expect(try git.scanned() == paths.subtracting(ignored).union([".gitignore"]))
    #expect(ignored.contains("b.o") && ignored.contains("out/c"))
  }

  @Test("a work tree apart has its own index, and the excludes of the repository")
  func workTree() throws {
    let git = try GitFolder(TemporaryFolder(), home: TemporaryFolder())
    let apart = try TemporaryFolder()
    try git.folder.add("a.o")
    try git.folder.add(".gitignore", Array("*.o\n".utf8))
    try git.run(["add", "--force", "a.o", ".gitignore"])
    let name = ["-c", "user.name=n", "-c", "user.email=e@localhost"]
    try git.run(name + ["commit", "--quiet", "--no-gpg-sign", "-m", "one"])
    try git.run(["worktree", "add", "--quiet", "\(apart.path)/tree"])
    try git.folder.addFolder(".git/info")
    try git.folder.add(".git/info/exclude", Array("x\n".utf8))
    for name in ["tree/x", "tree/b.o", "tree/y"] { try apart.add(name) }
    #expect(
      try git.scanned("\(apart.path)/tree") == [".git", ".gitignore", "a.o", "y"])
  }
}

/// A repository of real git.
private struct GitFolder {
  let folder: TemporaryFolder
  /// Where the user's own settings are; nil for those of the tests' user.
  let home: TemporaryFolder?

  init(_ folder: TemporaryFolder, home: TemporaryFolder? = nil, _ options: [String] = []) throws {
    self.folder = folder
    self.home = home
    _ = try run(["init", "--quiet", "--template="] + options)
  }

  private var settings: [String: String] {
    home.map { ["HOME": $0.path, "GIT_CONFIG_NOSYSTEM": "1"] } ?? [:]
  }

  /// What the command reads of it, by names from it on.
  func scanned(_ path: String? = nil) throws -> Set<String> {
    let path = path ?? folder.path
    let skipped = try Command.run(
      ["scan", "--show-skipped", path], environment: settings)
    #expect(skipped.code == 0)
    let lines = skipped.errors.split(separator: "\n").filter { $0.hasSuffix("; skipped") }
    let left = lines.map { $0.dropFirst("weir: \(path)/".count).prefix { $0 != ":" } }
    let all = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
    return Set(
      all.filter { name in
        var isDirectory: ObjCBool = false
        _ = FileManager.default.fileExists(atPath: "\(path)/\(name)", isDirectory: &isDirectory)
        return !isDirectory.boolValue && !left.contains { name == $0 || name.hasPrefix("\($0)/") }
      })
  }

  /// Which of the paths git ignores.
  ///
  /// - Parameter isIndexAsked: none that is tracked.
  func ignored(_ paths: Set<String>, isIndexAsked: Bool = false) throws -> Set<String> {
    let output = try run(
      ["check-ignore", "--stdin", "-z"] + (isIndexAsked ? [] : ["--no-index"]),
      input: Data(paths.sorted().flatMap { Array($0.utf8) + [0] }))
    return Set(output.split(separator: 0).map { String(decoding: $0, as: UTF8.self) })
  }

  struct Missing: Error, CustomStringConvertible {
    var description: String { "git does not run; scripts/bootstrap installs it" }
  }

  @discardableResult
  func run(_ arguments: [String], input: Data = Data()) throws -> [UInt8] {
    let git = Process()
    git.executableURL = URL(filePath: "/usr/bin/env")
    if home != nil { git.environment = settings.merging(["PATH": "/usr/bin:/bin"]) { $1 } }
    git.arguments = ["git", "-C", folder.path] + arguments
    let file = try TemporaryFile(holding: Array(input))
    let output = try TemporaryFile()
    git.standardInput = FileHandle(fileDescriptor: file.descriptor)
    git.standardOutput = FileHandle(fileDescriptor: output.descriptor)
    try git.run()
    git.waitUntilExit()
    // 1: none is ignored.
    guard git.terminationStatus <= 1 else { throw Missing() }
    return output.contents()
  }
}

extension TemporaryFolder {
  /// The paths that a walk of it reads, from it on.
  fileprivate func filesRead() -> Set<String> {
    var paths: Set<String> = []
    var walk = Walk(
      Selection(
        isHiddenRead: true, areIgnoreFilesHeeded: true, globs: nil, mostBytes: nil,
        isBinaryRead: true))
    walk.walk(Path(path)) { entry in
      if case .file(let file) = entry { paths.insert(String(file.text.dropFirst(path.count + 1))) }
      return true
    }
    return paths
  }
}
