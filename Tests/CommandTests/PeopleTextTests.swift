import Foundation
import Testing

/// The report of a scan for people: headings, masked lines, colours and links, and what it must never show.
@Suite struct PeopleTextTests {
  private let words = "github.personal-token  GitHub personal access token (classic)"
  private let facts = "[admin, high, check valid]"

  private func scan(
    _ options: [String], _ path: String, environment: [String: String] = [:]
  ) throws -> String {
    let outcome = try Command.run(
      ["scan", "--quiet"] + options + [path], environment: environment)
    #expect(outcome.code == 1 && outcome.errors == "")
    return outcome.text
  }

  @Test(
    "with --heading findings stand below their file, each with its masked line; a pipe has none")
  func headings() throws {
    var secrets = try Secrets(seed: 421)
    let folder = try TemporaryFolder()
    let a = try folder.add("a", "\t  token = \"" + secrets.token() + "\"  \r\nlast\n")
    let line = "\(a):1:13: \(words)  ghp_****  \(facts)\n"
    #expect(try scan([], a) == line)
    #expect(try scan(["--no-heading", "--color", "never"], a) == line)
    try folder.add("b", secrets.token() + " " + secrets.token())
    #expect(
      try scan(["--heading"], folder.path) == """
        \(a)
          1:13  \(words)  \(facts)
            token = "ghp_****"

        \(folder.path)/b
          1:1  \(words)  \(facts)
            ghp_**** ghp_****
          1:42  \(words)  \(facts)
            ghp_**** ghp_****

        """)
  }

  @Test("colours come with --color always and CLICOLOR_FORCE, and not with NO_COLOR or in a pipe")
  func colours() throws {
    var secrets = try Secrets(seed: 422)
    let folder = try TemporaryFolder()
    let file = try folder.add("a", secrets.token())
    let coloured =
      "\u{1B}[35m\(file)\u{1B}[0m:\u{1B}[32m1:1\u{1B}[0m: "
      + "\u{1B}[1mgithub.personal-token\u{1B}[0m  GitHub personal access token (classic)  "
      + "\u{1B}[1;31mghp_****\u{1B}[0m  \u{1B}[2m\(facts)\u{1B}[0m\n"
    #expect(try scan(["--color", "always"], file) == coloured)
    #expect(try scan([], file, environment: ["CLICOLOR_FORCE": "1"]) == coloured)
    #expect(
      try scan(["--color", "always"], file, environment: ["NO_COLOR": "1"]) == coloured)
    for (options, variables) in [
      ([], [:]), ([], ["NO_COLOR": "1", "CLICOLOR_FORCE": "1"]), ([], ["CLICOLOR_FORCE": "0"]),
      (["--color", "never"], ["CLICOLOR_FORCE": "1"]),
    ] as [([String], [String: String])] {
      #expect(try !scan(options, file, environment: variables).contains("\u{1B}"))
    }
  }

  @Test("a terminal gets colours and headings by itself, unless it is dumb or NO_COLOR is set")
  func terminal() throws {
    var secrets = try Secrets(seed: 423)
    let folder = try TemporaryFolder()
    let file = try folder.add("a", "key " + secrets.token())
    for (variables, isColoured) in [
      (["TERM": "xterm"], true), (["TERM": "dumb"], false), ([:], false),
      (["TERM": "xterm", "NO_COLOR": "1"], false), (["TERM": "xterm", "NO_COLOR": ""], true),
    ] as [([String: String], Bool)] {
      let terminal = try PseudoTerminal()
      let live = try LiveCommand(
        ["scan", file], standardOutput: terminal.descriptor, environment: variables)
      #expect(live.finish().code == 1)
      let said = terminal.read()
      #expect(said.contains("\u{1B}[1;31mghp_****") == isColoured)
      #expect(said.contains("\u{1B}") == isColoured)
      #expect(said.contains("\r\n    key "))
    }
  }

  @Test(
    "links lead to files that are there; not to members of archives, nor where the name holds a secret"
  )
  func links() throws {
    var secrets = try Secrets(seed: 424)
    let packer = try Packer()
    let token = secrets.token()
    try packer.folder.add("a b", token)
    try packer.folder.add("c", token)
    let text = String(decoding: token, as: UTF8.self)
    try packer.folder.add(text, token)
    try packer.run("gzip c; mkdir d; cp 'a b' d/e; tar -cf f.tar d; rm -r d")
    let said = try scan(["--hyperlinks", "always"], packer.path)
    let real = try #require(realpath(packer.path, nil).map { String(cString: $0) })
    #expect(said.split(separator: "\n").count == 4)
    #expect(
      said.contains(
        "\u{1B}]8;;file://\(real)/a%20b\u{1B}\\\(packer.path)/a b\u{1B}]8;;\u{1B}\\:1:1: "))
    #expect(said.contains("]8;;file://\(real)/c.gz\u{1B}\\"))
    #expect(said.contains("\n\(packer.path)/f.tar!d/e:1:1: "))
    #expect(said.contains("\(packer.path)/WEIR_REDACTED_github.personal-token:1:1: "))
    #expect(said.matches(of: /\u{1B}\]8;;file/).count == 2)
    #expect(!said.contains(text.dropFirst(4).prefix(8)))
    #expect(try !scan(["--hyperlinks", "auto"], packer.path).contains("\u{1B}"))
  }

  @Test("of a long line what stands around the mask is shown, within the width")
  func longLines() throws {
    var secrets = try Secrets(seed: 425)
    let folder = try TemporaryFolder()
    let words = String(repeating: "word ", count: 3000)
    for (name, before, after) in [("a", words, words), ("b", "", words), ("c", words, "")] {
      let file = try folder.add(
        name, Array(before.utf8) + secrets.token() + Array((after.isEmpty ? "" : " \(after)").utf8))
      let lines = try scan(["--heading"], file).split(separator: "\n")
      let line = try #require(lines.last)
      #expect(line.contains("ghp_****"))
      #expect(line.count <= 100 && line.count > 90, "\(line.count)")
      #expect(line.hasPrefix("    …") == !before.isEmpty)
      #expect(line.hasSuffix("…") == !after.isEmpty)
    }
  }

  @Test("what stands around the secret cannot drive the terminal")
  func hostile() throws {
    var secrets = try Secrets(seed: 426)
    let folder = try TemporaryFolder()
    let hostile = Array("\u{1B}[2J\u{07}\u{202E}\u{00}\u{9B}31m ".utf8)
    let file = try folder.add("a", hostile + [0xFF, 0x20] + secrets.token() + " " + hostile)
    let said = try scan(["--heading"], file)
    let raw = said.unicodeScalars.first {
      $0 != "\n" && ($0.value < 0x20 || (0x7F..<0xA0).contains($0.value) || $0.value == 0x202E)
    }
    #expect(raw == nil)
    #expect(said.contains("\\x1b[2J\\x07\\u{202e}\\x00"))
  }

  @Test("a secret of a rule that was left out, in the line of a finding, is not shown")
  func leftOut() throws {
    var secrets = try Secrets(seed: 427)
    let folder = try TemporaryFolder()
    let other = secrets.specimen(of: "stripe.live-key")
    let file = try folder.add("a", other + " " + secrets.token() + " " + other)
    let said = try scan(["--heading", "--rule", "github.*"], file)
    #expect(said.contains("ghp_****"))
    #expect(!Array(said.utf8).holds(Array(other.dropFirst(8).prefix(8))))
    #expect(said.contains("WEIR_REDACTED_stripe.live-key ghp_**** WEIR_REDACTED_stripe.live-key"))
  }

  @Test("of a history the heading is what git show takes")
  func history() throws {
    var secrets = try Secrets(seed: 428)
    let repository = try RealRepository()
    let commit = try repository.commit("a", secrets.token())
    let said = try scan(["--heading", "--git", "--hyperlinks", "always"], repository.path)
    #expect(said.hasPrefix("\(commit.prefix(12)):a\n  1:1  "))
  }
}
