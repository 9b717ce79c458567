import Foundation
import Testing
import WeirCore

/// What lets findings be, of whichever kind: only in files, trees and histories, and never in silence.
@Suite struct SuppressionTests {
  private static let everyKind = [
    "--allow-list", "allow.toml", "--secrets-baseline", "detect.json", "--baseline", "known",
  ]

  /// A project with a secret for each reason, and one more in the first file.
  private static func project(seed: UInt64) throws -> (WorkingFolder, tokens: [[UInt8]]) {
    var secrets = try Secrets(seed: seed)
    let project = try WorkingFolder()
    let tokens = (0..<6).map { _ in secrets.token() }
    // Known before the others come.
    try project.add("src/e.py", "x\n" + tokens[4] + "\n")
    #expect(try project.run(["baseline", "create", "known", "src"]).code == 0)
    try project.add("src/a.py", tokens[0] + " # weir:allow\n" + tokens[5] + "\n")
    try project.add("src/b.py", tokens[1] + "\n")
    try project.add("src/c.py", tokens[2] + "\n")
    try project.add("src/d.py", "\n" + tokens[3] + "\n")
    try project.add("allow.toml", "[[allow]]\nreason = \"a test\"\npaths = [\"src/b.py\"]\n")
    try project.add(".gitleaksignore", "# known\nsrc/c.py:github.personal-token:1\n")
    try project.add(
      "detect.json",
      "{\"results\":{\"src/d.py\":[{\"type\":\"x\",\"hashed_secret\":\"\(try SHA1.hex(of: tokens[3]))\","
        + "\"line_number\":2}]}}")
    return (project, tokens)
  }

  /// What is said of them. A baseline of detect-secrets that is scanned holds hashes, which a rule takes for secrets.
  private static func counts(comments: Int = 1, known: Int = 1) -> String {
    "\(comments + known + 4) let be: \(comments) allowed by comment, 1 in an allow-list, "
      + "1 in .gitleaksignore, 2 in the baseline of detect-secrets, \(known) in the baseline"
  }

  @Test("each reason is counted by its name, with one thread and with two", arguments: [1, 2])
  func tree(threads: Int) throws {
    let (project, _) = try Self.project(seed: 910)
    // So many files that threads have something to do, and one with more findings than are kept ahead.
    var secrets = try Secrets(seed: 911)
    let many = (0..<300).flatMap { _ in secrets.token() + " # weir:allow\n" }
    try project.add("src/many.py", many)
    for number in 0..<40 { try project.add("src/z\(number).py", "nothing\n") }
    let outcome = try project.run(["scan", "--threads", "\(threads)", "."] + Self.everyKind)
    #expect(outcome.places == ["./src/a.py:2"])
    #expect(outcome.code == 1)
    #expect(outcome.errors == "weir: 1 finding in 50 inputs; \(Self.counts(comments: 301))\n")
  }

  @Test("--no-allow switches all of it off, and reads nothing of it")
  func noAllow() throws {
    let (project, _) = try Self.project(seed: 912)
    let outcome = try project.run(["scan", "--no-allow", "src"] + Self.everyKind)
    #expect(outcome.lines.count == 6)
    #expect(outcome.lastError == "weir: 6 findings in 5 inputs")
    let missing = ["--allow-list", "/nowhere", "--baseline", "/nowhere"]
    #expect(try project.run(["scan", "--no-allow", "src"] + missing).lines.count == 6)
  }

  @Test("histories and what is staged are judged as files are, with one thread and with two")
  func history() throws {
    let (project, tokens) = try Self.project(seed: 913)
    let repository = try RealRepository()
    for name in ["a", "b", "c", "d", "e"] {
      try repository.write("src/\(name).py", try project.contents(of: "src/\(name).py"))
    }
    for name in ["allow.toml", ".gitleaksignore", "detect.json", "known"] {
      try repository.write(name, try project.contents(of: name))
    }
    try repository.git(["add", "--all"])
    let staged = try WorkingFolder.run(["scan", "--staged"] + Self.everyKind, in: repository.path)
    #expect(staged.places == ["src/a.py:2"])
    #expect(staged.errors == "weir: 1 finding in 9 inputs; \(Self.counts())\n")
    let commit = try repository.commit()
    // A file that goes on: what is known in it stays known, however often its versions hold it.
    try repository.commit("src/e.py", "x\ny\nz\n" + tokens[4] + "\n")
    for threads in ["1", "2"] {
      let outcome = try WorkingFolder.run(
        ["scan", "--git", "--threads", threads] + Self.everyKind, in: repository.path)
      #expect(outcome.lines.count == 1)
      #expect(outcome.text.hasPrefix("\(commit.prefix(12)):src/a.py:2:"))
      #expect(outcome.errors == "weir: 1 finding in 10 inputs; \(Self.counts(known: 2))\n")
    }
  }

  @Test("nothing lets findings of standard input, or of what is packed in it, be")
  func standardInput() throws {
    let (project, tokens) = try Self.project(seed: 914)
    let input = tokens[0] + " # weir:allow\n"
    // The baseline and the list know it, under any name.
    try project.add("allow.toml", "[[allow]]\nreason = \"all\"\npaths = [\"*\", \"**\"]\n")
    for arguments in [["scan"], ["scan", "-"]] {
      let outcome = try project.run(arguments + Self.everyKind, input: input)
      #expect(outcome.lines.count == 1)
      #expect(outcome.errors == "weir: 1 finding in 1 input\n")
    }
    for script in [
      "gzip -c | \"$@\"", "cat | \"$@\" /dev/stdin", "gzip -c | \"$@\" /dev/stdin",
      "mkdir d && cat > d/f && tar cf - d | \"$@\" /dev/stdin", "tar cf - src/a.py | \"$@\" -",
    ] {
      let outcome = try Command.run(
        ["scan"] + Self.everyKind, through: "cd '\(project.path)'; \(script)", input: input)
      #expect(outcome.lines.count >= 1, "\(script)")
      #expect(!outcome.errors.contains("let be"), "\(script)")
    }
  }

  @Test("redact heeds nothing of it, and takes no such options")
  func redact() throws {
    let (project, tokens) = try Self.project(seed: 915)
    let outcome = try project.run(["redact", "src/a.py", "src/c.py"])
    for token in tokens { #expect(!outcome.output.holds(token)) }
    #expect(outcome.text.contains("WEIR_REDACTED_github.personal-token # weir:allow"))
    #expect(outcome.errors == "weir: 3 findings in 2 inputs, masked\n")
    for option in [["--no-allow"], ["--baseline", "known"], ["--allow-list", "allow.toml"]] {
      #expect(try project.run(["redact"] + option).code == 2)
    }
  }

  @Test("a finding that is let be is in no report, and does not count for the exit code")
  func reports() throws {
    let (project, _) = try Self.project(seed: 916)
    let formats = ["text", "jsonl", "json", "csv", "sarif", "junit", "gitlab"]
    for format in formats {
      let outcome = try project.run(
        ["scan", "--quiet", "--format", format, "--report", "\(format)=out", "src/b.py"]
          + Self.everyKind)
      #expect(outcome.code == 0)
      #expect(outcome.errors == "")
      #expect(!outcome.text.contains("ghp_"))
      #expect(try !project.contents(of: "out").holds(Array("ghp_".utf8)))
    }
    // Of those that are left the first so many are reported.
    let few = try project.run(["scan", "--max-findings", "0", "src/a.py"] + Self.everyKind)
    #expect(
      few.errors == "weir: 1 finding in 1 input; 0 reported; 1 let be: 1 allowed by comment\n")
  }

  @Test("members of archives are judged as files are, by the names that reports show")
  func members() throws {
    let (project, tokens) = try Self.project(seed: 917)
    try project.add("pack/app.env", tokens[0] + " # weir:allow\n" + tokens[1] + "\n")
    let packed = try Command.run(
      ["scan", "--no-allow", "x.tar.gz"],
      through: "cd '\(project.path)' && tar czf x.tar.gz pack && exec \"$@\"")
    #expect(packed.lines.count == 2)
    try project.add("allow.toml", "[[allow]]\nreason = \"a test\"\npaths = [\"x.tar.gz!pack/\"]\n")
    let outcome = try project.run(["scan", "x.tar.gz", "--allow-list", "allow.toml"])
    #expect(outcome.text == "")
    #expect(outcome.errors.contains("2 let be: 1 allowed by comment, 1 in an allow-list"))
  }

  @Test("no output holds a secret, or a digest of one that has no key")
  func discretion() throws {
    let (project, tokens) = try Self.project(seed: 918)
    var said: [UInt8] = try project.contents(of: "known")
    for arguments in [
      ["scan", "--format", "jsonl", "."], ["scan", "--format", "sarif", "--threads", "2", "."],
      ["baseline", "update", "known", "."], ["baseline", "show", "known"],
      ["baseline", "create", "new", "."],
    ] {
      let outcome = try project.run(arguments + (arguments[0] == "scan" ? Self.everyKind : []))
      said += outcome.output + Array(outcome.errors.utf8)
    }
    said += try project.contents(of: "known") + project.contents(of: "new")
    for token in tokens {
      let digest = PlainDigest()
      token.withUnsafeBytes { digest.read($0) }
      let hex = digest.finish().map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
      for part in [Array(token.dropFirst(4).prefix(10)), Array(hex.prefix(12).utf8)]
        + [Array(try SHA1.hex(of: token).prefix(12).utf8)]
      {
        #expect(!said.holds(part))
      }
    }
  }
}

/// By the tool of coreutils.
enum SHA1 {
  static func hex(of bytes: [UInt8]) throws -> String {
    let outcome = try Command.run([], through: "sha1sum", input: bytes)
    return String(outcome.text.prefix { $0 != " " })
  }
}
