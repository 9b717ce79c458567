import Foundation
import Testing

/// What was written down for other programs.
@Suite struct ForeignSuppressionTests {
  private static let rule = "github.personal-token"

  @Test(
    "a .gitleaksignore names places: in the directory scanned, or by option, from here or from there"
  )
  func gitleaks() throws {
    var secrets = try Secrets(seed: 940)
    let project = try WorkingFolder()
    try project.add("sub/a:b.py", "\n" + secrets.token() + "\n" + secrets.token() + "\n")
    try project.add("sub/c.py", secrets.token() + "\n")
    let cases: [(lines: String, left: [String])] = [
      ("a:b.py:\(Self.rule):2\nsub/c.py:\(Self.rule):1", ["sub/a:b.py:3"]),
      ("# all\r\n\r\n ./sub//a:b.py:\(Self.rule):3 \r\n", ["sub/a:b.py:2", "sub/c.py:1"]),
      // gitleaks' own id of the rule; those of two rules for one place.
      ("a:b.py:github-pat:2\na:b.py:stripe-access-token:3", ["sub/a:b.py:3", "sub/c.py:1"]),
      (
        "a:b.py:stripe-access-token:2\na:b.py:github-pat:2\nc.py:\(Self.rule):1",
        ["sub/a:b.py:3"]
      ),
      // Other lines, rules and paths; and a commit, which a tree has not.
      (
        "a:b.py:\(Self.rule):4\nc.py:aws.access-key-id:1\nx/c.py:\(Self.rule):1\n"
          + String(repeating: "a", count: 40) + ":c.py:\(Self.rule):1",
        ["sub/a:b.py:2", "sub/a:b.py:3", "sub/c.py:1"]
      ),
    ]
    for (lines, left) in cases {
      try project.add("sub/.gitleaksignore", lines)
      let found = try project.run(["scan", "sub"])
      #expect(
        found.lines.map { $0.components(separatedBy: ": ")[0] }.map {
          String($0.prefix { $0 != " " })
        }
        .map { $0.split(separator: ":").dropLast().joined(separator: ":") } == left)
      let count = 3 - left.count
      #expect(found.errors.contains("let be") == (count > 0))
      if count > 0 { #expect(found.lastError.hasSuffix("\(count) in .gitleaksignore")) }
    }
    try project.add("elsewhere", "sub/c.py:\(Self.rule):1\n")
    try project.add("sub/.gitleaksignore", "")
    let named = try project.run(["scan", "--gitleaks-ignore", "elsewhere", "sub/c.py"])
    #expect(named.errors == "weir: 0 findings in 1 input; 1 let be: 1 in .gitleaksignore\n")
  }

  @Test("in a history a line with a commit speaks of that commit only, one without of all")
  func gitleaksHistory() throws {
    var secrets = try Secrets(seed: 941)
    let repository = try RealRepository()
    let first = try repository.commit("a", secrets.token() + "\n")
    let second = try repository.commit("a", secrets.token() + "\n")
    func places(_ line: String) throws -> [String] {
      try repository.write(".gitleaksignore", Array(line.utf8))
      return try WorkingFolder.run(["scan", "--git"], in: repository.path).lines.map {
        String($0.prefix(12))
      }
    }
    #expect(try places("\(first.uppercased()):a:\(Self.rule):1\n") == [String(second.prefix(12))])
    #expect(try places("\(second):a:\(Self.rule):1\n") == [String(first.prefix(12))])
    #expect(try places("a:\(Self.rule):1\n") == [])
  }

  @Test("rules of one's own have aliases, which no line can do without")
  func ownAliases() throws {
    let project = try WorkingFolder()
    func rules(_ alias: String) -> String {
      """
      provider = "acme"
      name = "Acme"
      [[rule]]
      id = "acme.token"
      aliases = ["other", "\(alias)"]
      title = "Acme token"
      shape = "'acme_' hex{16}"
      power = "read"
      revoke = "ask"
      packs = ["internal"]
      """
    }
    let digits = (0..<16).map { String(($0 * 7 + 3) % 16, radix: 16) }.joined()
    try project.add("a", "acme_\(digits)\n")
    try project.add(".gitleaksignore", "a:acme-token:1\n")
    try project.add("rules.toml", rules("acme-token"))
    let known = try project.run(["scan", "--with-rules", "rules.toml", "."])
    #expect(known.lastError.hasSuffix("1 let be: 1 in .gitleaksignore"))
    let shown = try project.run(["rules", "show", "--with-rules", "rules.toml", "acme.token"])
    #expect(shown.lines.contains("aliases     other, acme-token"))
    let compiled = try project.run(["rules", "compile", "rules.toml", "-o", "rules.weir"])
    #expect(compiled.code == 0, "\(compiled.errors)")
    for alias in ["", "a b", "a:b", "a\\nb"] {
      try project.add("rules.toml", rules(alias))
      let refused = try project.run(["scan", "--with-rules", "rules.toml", "a"])
      #expect(refused.code == 2, "\(alias)")
      #expect(refused.errors.contains("acme.token: an alias of it is empty, or holds a blank"))
    }
  }

  @Test("lines that say nothing, and rules that are not Weir's, are told, and let nothing be")
  func oddLines() throws {
    var secrets = try Secrets(seed: 942)
    let project = try WorkingFolder()
    try project.add("a", secrets.token() + "\n")
    try project.add(
      ".gitleaksignore",
      "what\na:\(Self.rule):x\n:\(Self.rule):1\na::1\na:\(Self.rule):0\na:\(Self.rule):99999999999999999999\n"
        + "a:github-pet:1\n\u{0}\u{1B}[2J\n")
    let outcome = try project.run(["scan", "."])
    #expect(outcome.lines.count == 1)
    #expect(outcome.code == 1)
    #expect(
      outcome.errors
        == """
        weir: ./.gitleaksignore: line 1 and 6 others: expected path:rule:line or \
        commit:path:rule:line; let nothing be
        weir: ./.gitleaksignore: 1 of 1 rules are none of Weir's, and let nothing be; `weir \
        rules list` names all
        weir: 1 finding in 2 inputs

        """)
    // A link, a folder or a FIFO of that name is no such file.
    for script in ["ln -s b .gitleaksignore", "mkdir .gitleaksignore", "mkfifo .gitleaksignore"] {
      try project.add("b", "a:\(Self.rule):1\n")
      let odd = try Command.run(
        ["scan", "a", "."],
        through: "cd '\(project.path)' && rm -rf .gitleaksignore && \(script) && exec \"$@\"")
      #expect(odd.lines.count == 2, "\(script)")
    }
    for name in ["nowhere", "."] {
      let outcome = try project.run(["scan", "--gitleaks-ignore", name, "a"])
      #expect(outcome.code == 2)
      #expect(outcome.text == "")
    }
    let long = try Command.run(
      ["scan", "."],
      through:
        "cd '\(project.path)' && rm -rf .gitleaksignore && truncate -s 20M .gitleaksignore && exec \"$@\""
    )
    #expect(long.code == 2)
    #expect(long.errors.contains(".gitleaksignore: is longer than 16 MiB"))
  }

  @Test(
    "a baseline of detect-secrets knows by path and SHA-1; what a person called real is reported")
  func detectSecrets() throws {
    var secrets = try Secrets(seed: 943)
    let project = try WorkingFolder()
    let tokens = (0..<4).map { _ in secrets.token() }
    try project.add("src/a.py", Array(tokens.joined(separator: [0x0A])) + "\n")
    try project.add("src/b.py", tokens[0] + "\n")
    let hashes = try tokens.map { try SHA1.hex(of: $0) }
    func secret(_ index: Int, _ more: String = "") -> String {
      "{\"type\": \"GitHub Token\", \"hashed_secret\": \"\(hashes[index])\", \"is_verified\": false\(more), "
        + "\"line_number\": 99}"
    }
    try project.add(
      ".secrets.baseline",
      """
      {"version": "1.5.0", "plugins_used": [{"name": "x"}], "results": {"src/a.py": [
        \(secret(0)), \(secret(1, ", \"is_secret\": false")), \(secret(2, ", \"is_secret\": true"))
      ], "src/c.py": [\(secret(3))]}}
      """)
    let outcome = try project.run(
      ["scan", "--secrets-baseline", ".secrets.baseline", "./src", "--threads", "2"])
    #expect(outcome.places == ["./src/a.py:3", "./src/a.py:4", "./src/b.py:1"])
    #expect(outcome.lastError.hasSuffix("; 2 let be: 2 in the baseline of detect-secrets"))
    // It is not looked for by itself.
    #expect(try project.run(["scan", "src"]).lines.count == 5)
  }

  @Test("a file that is no baseline of detect-secrets is refused whole, with what is wrong")
  func damagedDetectSecrets() throws {
    let project = try WorkingFolder()
    try project.add("a", "nothing\n")
    let cases: [(text: String, said: String)] = [
      ("", "it is not JSON"), ("{\"results\":", "it is not JSON"), ("\u{0}", "it is not JSON"),
      (String(repeating: "[", count: 100_000), "it is not JSON"),
      ("[]", "it is not what it should be"), ("{}", "it has no results"),
      ("{\"results\": []}", "results is not what it should be"),
      ("{\"results\": {\"a\": [{\"type\": \"x\"}]}}", "results / a / 1 has no hashed_secret"),
      (
        "{\"results\": {\"a\": [{\"hashed_secret\": \"\", \"is_secret\": 1}]}}",
        "results / a / 1 / is_secret is not what it should be"
      ),
      (
        "{\"results\": {\"a\": [{\"hashed_secret\": \"abc\"}]}}",
        "a hashed_secret of a is no SHA-1 in hex digits"
      ),
    ]
    for (text, said) in cases {
      try project.add("known", text)
      let outcome = try project.run(["scan", "--secrets-baseline", "known", "a"])
      #expect(outcome.code == 2)
      #expect(outcome.text == "")
      #expect(
        outcome.errors
          == "weir: known: is no baseline of detect-secrets: \(said); it is taken whole or not at all\n",
        "\(text.prefix(100))")
    }
    for name in ["nowhere", "."] {
      let outcome = try project.run(["scan", "--secrets-baseline", name, "a"])
      #expect(outcome.code == 2)
      #expect(outcome.errors.hasPrefix("weir: \(name): "))
    }
  }
}
