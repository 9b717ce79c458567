import Foundation
import Testing

/// `regex` in a rule file, `--gitleaks-config` and `weir rules import`, through the command.
@Suite("The command knows rules that are regular expressions")
struct RegexCommandTests {
  private let folder: TemporaryFolder
  /// Rules of Weir, and the same as a configuration.
  private let toml: String
  private let config: String

  private static let slow = "(x|xx)+(?<!x)y"

  init() throws {
    folder = try TemporaryFolder()
    toml = try folder.add("own.toml", Array(Self.rule("word", #"regex = '\bw-[a-z]{4}\b'"#).utf8))
    config = try folder.add(
      "g.toml", Array("[[rules]]\nid = 'word'\nregex = '''\\bw-[a-z]{4}\\b'''\n".utf8))
  }

  private static func rule(_ noun: String, _ lines: String) -> String {
    """
    provider = "own"
    name = "Own"
    [[rule]]
    id = "own.\(noun)"
    title = "a word"
    power = "read"
    revoke = "nowhere"
    packs = ["own"]
    \(lines)

    """
  }

  private func places(_ outcome: Command.Outcome) -> [String] {
    outcome.lines.map { line in
      line.split(separator: " ").prefix(2).joined(separator: " ").replacing(
        folder.path + "/", with: "")
    }.sorted()
  }

  @Test("scan, redact, list, show and test do, on files, streams and threads")
  func everywhere() throws {
    let text = String(repeating: "none\n", count: 9) + "x w-abcd y\r\n"
    try folder.addFolder("tree")
    for number in 0..<40 { try folder.add("tree/\(number)", Array(text.utf8)) }
    for threads in ["1", "2"] {
      let outcome = try Command.run(
        ["scan", "--gitleaks-config", config, "--threads", threads, folder.path + "/tree"])
      #expect(outcome.code == 1 && outcome.lines.count == 40)
      #expect(outcome.lines.allSatisfy { $0.contains(":10:3: gitleaks.word") })
    }
    // More than one block of a long input, and lines that end in none of them.
    let long = Array(String(repeating: text, count: 60_000).utf8)
    let masked = String(
      repeating: text.replacing("w-abcd", with: "WEIR_REDACTED_gitleaks.word"), count: 60_000)
    for threads in ["1", "2"] {
      let redacted = try Command.run(
        ["redact", "--gitleaks-config", config, "--threads", threads, "--receipt"], input: long)
      #expect(redacted.code == 0 && redacted.output == Array(masked.utf8))
    }
    let options = ["--with-rules", toml]
    let both = try Command.run(["scan"] + options, input: Array(text.utf8))
    #expect(both.code == 1 && both.lines.count == 1 && both.text.contains("own.word"))
    let listed = try Command.run(["rules", "list", "--rule", "own.*"] + options)
    #expect(listed.text == "own.word  read  own  a word\n")
    let shown = try Command.run(["rules", "show", "own.word"] + options)
    #expect(shown.text.contains(#"regex       \bw-[a-z]{4}\b"#) && !shown.text.contains("shape"))
    let json = try Command.run(["rules", "show", "own.word", "--format", "json"] + options)
    #expect(json.text.contains(#""regex":"\\bw-[a-z]{4}\\b""#))
    let tested = try Command.run(["rules", "test", "own.word"] + options, input: Array(text.utf8))
    #expect(tested.code == 0 && tested.text.contains("line 10, column 3"))
    let none = try Command.run(["rules", "test", "own.word"] + options, input: Array("w-abc".utf8))
    #expect(none.code == 1 && none.text.contains("no finding"))
    let counted = try Command.run(["rules", "bench"] + options, input: Array(text.utf8))
    #expect(counted.code == 0 && counted.errors.contains("with a regex cost is not counted"))
  }

  @Test("an archive's members and a history are scanned, and asked for their paths")
  func paths() throws {
    let bound = try folder.add(
      "bound.toml",
      Array("[[rules]]\nid = 'r'\nregex = 'w-[a-z]{4}'\npath = '''\\.env$'''\n".utf8))
    let repository = try RealRepository()
    try repository.commit("a.env", Array("w-abcd\n".utf8))
    try repository.commit("b.txt", Array("w-efgh\n".utf8))
    let third = try repository.commit("c.env", Array("w-ijkl\n".utf8))
    let history = try Command.run(
      ["scan", "--git", "--gitleaks-config", bound, repository.path])
    #expect(history.code == 1 && history.lines.count == 2)
    #expect(history.text.contains("a.env") && history.text.contains("c.env"))
    let allowing = try folder.add(
      "allowing.toml",
      Array("[[rules]]\nid = 'r'\nregex = 'w-[a-z]{4}'\n[allowlist]\ncommits = ['\(third)']\n".utf8)
    )
    let allowed = try Command.run(["scan", "--git", "--gitleaks-config", allowing, repository.path])
    #expect(allowed.lines.count == 2 && !allowed.text.contains("c.env"))
    let tree = try Command.run(["scan", "--gitleaks-config", bound, repository.path])
    #expect(tree.lines.count == 2)
    let packer = try Packer()
    try packer.run(
      "mkdir app; printf 'w-abcd\\n' > app/.env; cp app/.env app/x; tar -cf app.tar app")
    let packed = try Command.run(["scan", "--gitleaks-config", bound, packer.path + "/app.tar"])
    #expect(packed.lines.count == 1 && packed.text.contains("app.tar!app/.env:1:1"))
    // A stream has no path that could be believed.
    let redacted = try Command.run(
      ["redact", "--gitleaks-config", bound], input: Array("w-abcd\n".utf8))
    #expect(redacted.text == "WEIR_REDACTED_gitleaks.r\n")
  }

  @Test("a line that nobody could judge ends a scan with 2, and is masked in a stream")
  func unjudged() throws {
    let slow = try folder.add(
      "slow.toml", Array(Self.rule("slow", "regex = '\(Self.slow)'").utf8))
    let text = Array(("a\n" + String(repeating: "x", count: 60) + "y\nb\n").utf8)
    let file = try folder.add("slow.txt", text)
    let options = ["--with-rules", slow, "--rule", "own.*"]
    for threads in ["1", "2"] {
      let scanned = try Command.run(["scan", "--threads", threads] + options + [file])
      #expect(scanned.code == 2 && scanned.output.isEmpty)
      #expect(
        scanned.errors.contains(
          "slow.txt: rule own.slow takes too many steps in 1 line or window of up to 16 KiB; they were not judged"
        ))
    }
    let redacted = try Command.run(["redact"] + options, input: text)
    #expect(redacted.code == 0 && redacted.text == "a\nWEIR_REDACTED_own.slow\nb\n")
    #expect(redacted.errors.contains("they were masked whole"))
  }

  @Test(
    "a bad expression is refused with file, line, rule and reason; and what has no place beside it")
  func refused() throws {
    func said(_ lines: String, _ command: [String] = ["rules", "compile"]) throws -> String {
      let path = try folder.add("bad.toml", Array(Self.rule("r", lines).utf8))
      let outcome = try Command.run(command + [path], input: [])
      #expect(outcome.code == 2 && outcome.output.isEmpty)
      return outcome.errors.replacing(folder.path + "/", with: "")
    }
    #expect(
      try said("regex = 'a(b'")
        == "weir: bad.toml:9:13: rule own.r: regex: missing closing parenthesis, at byte 3\n")
    #expect(try said("regex = '[z-a]'", ["redact", "--with-rules"]).contains("bad.toml:9:"))
    #expect(try said("regex = 'a\\nb'").contains("it needs a line feed"))
    #expect(try said("regex = '(a\\n)+'").contains("it needs a line feed"))
    #expect(try said("regex = '(*CRLF)a'").contains("only (*UTF)"))
    #expect(
      try said("regex = 'a'\nsecret-group = 1").contains(
        "bad.toml:10:16: rule own.r: secret-group: "))
    #expect(try said("regex = 'a'\nentropy = 9").contains("expected 0 to 8"))
    #expect(try said("regex = 'a'\nkeywords = ['']").contains("at least one byte"))
    #expect(
      try said("regex = 'a'\npath = '('").contains("rule own.r: path: missing closing parenthesis"))
    #expect(try said("regex = 'a'\nshape = \"'abcd' hex{8}\"").contains("unknown key shape"))
    #expect(
      try said("shape = \"'abcd' hex{8}\"\nkeywords = ['a']").contains("unknown key keywords"))
    #expect(
      try said("regex = 'a'\n[[rule.allow]]\ntarget = 'line'").contains(
        "expected regexes, stopwords"))
    #expect(try said("regex = 'a'\n[[rule.allow]]\nregexes = ['(']").contains("regexes: missing"))
    #expect(
      try said("regex = 'a'\n[[allow]]\nrules = ['own.x']\npaths = ['a']").contains(
        "own.x is no rule"))
    // These have a line feed where they need none.
    for regex in [#"a(\n|$)"#, #"a\n?"#, #"a[\n ]"#, #"a\s"#, #"(?!\n)a"#, "(?x)a\\x20 # b"] {
      let path = try folder.add("good.toml", Array(Self.rule("r", "regex = '\(regex)'").utf8))
      #expect(try Command.run(["rules", "compile", "--no-built-in", path]).code == 0, "\(regex)")
    }
  }

  @Test("libweir has no engine for them: compile checks them, and writes none")
  func compiled() throws {
    let output = folder.path + "/own.weir"
    #expect(try Command.run(["rules", "compile", "--no-built-in", toml]).code == 0)
    let refused = try Command.run(["rules", "compile", "--no-built-in", toml, "-o", output])
    #expect(refused.code == 2)
    #expect(refused.errors.contains("own.toml:3: rule own.word: has a regex, which"))
    #expect(!FileManager.default.fileExists(atPath: output))
  }

  @Test("where Hyperscan is no help, the rule is named")
  func named() throws {
    let path = try folder.add(
      "utf.toml", Array((Self.rule("r", "regex = '(*UTF)a'\nkeywords = ['k']")).utf8))
    let compile = ["rules", "compile", "--no-built-in", path]
    #expect(
      try Command.run(compile).errors.hasPrefix(
        "weir: rule own.r: is run on every line with one of its keywords: it sees characters"))
    #expect(try Command.run(compile + ["--quiet"]).errors.isEmpty)
  }

  @Test("import writes what --gitleaks-config runs, and says what it could not")
  func imported() throws {
    let output = folder.path + "/imported.toml"
    let made = try Command.run(["rules", "import", config, "--output", output])
    #expect(made.code == 0 && made.output.isEmpty)
    #expect(made.errors.contains("g.toml: rule word: exact, as gitleaks.word\n"))
    #expect(made.errors.hasSuffix("1 rule: 1 exact, 0 approximated; 0 refused\n"))
    let shown = try Command.run(["rules", "import", "--quiet", config])
    #expect(
      shown.output == Array(try Data(contentsOf: URL(filePath: output))) && shown.errors.isEmpty)
    let scanned = try Command.run(
      ["scan", "--with-rules", output, "--rule", "gitleaks.*"], input: Array("w-abcd\n".utf8))
    #expect(scanned.code == 1 && scanned.lines.count == 1)
    let part = try folder.add(
      "part.toml", Array("[[rules]]\nid='a'\nregex='a'\n[[rules]]\nid='b'\npath='b'\n".utf8))
    #expect(try Command.run(["rules", "import", part]).code == 1)
    let refused = try Command.run(["scan", "--gitleaks-config", part], input: [])
    #expect(
      refused.code == 2 && refused.errors.contains("rule b: refused: has a path and no regex"))
    #expect(refused.errors.contains("1 refused, see above"))
    let none = try folder.add("none.toml", Array("title = 'x'\n".utf8))
    #expect(try Command.run(["rules", "import", none]).code == 2)
    #expect(try Command.run(["scan", "--gitleaks-config", none], input: []).code == 2)
    #expect(try Command.run(["scan", "--gitleaks-config", "/nowhere"], input: []).code == 2)
    let two = try Command.run(["scan", "--gitleaks-config", config, "--catalogue", "x"], input: [])
    #expect(two.code == 2)
    // Weir's own speak where gitleaks' own are asked for.
    let extending = try folder.add("more.toml", Array("[extend]\nuseDefault = true\n".utf8))
    var secrets = try Secrets(seed: 20)
    let found = try Command.run(
      ["scan", "--gitleaks-config", extending], input: secrets.token() + [0x0A])
    #expect(found.code == 1 && found.errors.contains("Weir's own rules take the place"))
  }
}
