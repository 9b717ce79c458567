import Foundation
import Testing

/// Lists of what is allowed, with reasons.
@Suite struct AllowListTests {
  private static func hash(of secret: [UInt8]) throws -> String {
    let outcome = try Command.run(["baseline", "hash"], input: secret + "\n")
    #expect(outcome.code == 0)
    return outcome.lines.first ?? ""
  }

  private static func entry(_ conditions: String) -> String {
    "[[allow]]\nreason = \"a test\"\n\(conditions)\n"
  }

  @Test("an entry holds where all conditions that it names hold")
  func conditions() throws {
    var secrets = try Secrets(seed: 920)
    let project = try WorkingFolder()
    let (one, two) = (secrets.token(), secrets.token())
    let npm = secrets.specimen(of: "npm.access-token")
    for name in ["src/a.py", "test/a.py"] {
      try project.add(name, one + "\n" + two + "\n" + npm + "\n")
    }
    let hash = try Self.hash(of: one)
    let src = ["src/a.py:1", "src/a.py:2", "src/a.py:3"]
    let cases: [(conditions: String, left: [String])] = [
      ("paths = [\"test/\"]", src),
      ("paths = [\"test\"]", src),
      ("paths = [\"/test/**\"]", src),
      ("paths = [\"{spec,test}/*.py\"]", src),
      ("paths = [\"**/a.py\", \"!src/\"]", src),
      ("paths = [\"*.js\"]", src + ["test/a.py:1", "test/a.py:2", "test/a.py:3"]),
      (
        "rules = [\"npm.access-token\"]",
        ["src/a.py:1", "src/a.py:2", "test/a.py:1", "test/a.py:2"]
      ),
      ("rules = [\"github.*\"]\npaths = [\"test/**\"]", src + ["test/a.py:3"]),
      ("sha256 = [\"\(hash)\"]", ["src/a.py:2", "src/a.py:3", "test/a.py:2", "test/a.py:3"]),
      (
        "sha256 = [\"\(hash.uppercased())\"]\npaths = [\"src/**\"]\nrules = [\"github.*\", \"npm.*\"]",
        ["src/a.py:2", "src/a.py:3", "test/a.py:1", "test/a.py:2", "test/a.py:3"]
      ),
      ("regexes = [\"^npm_\"]", ["src/a.py:1", "src/a.py:2", "test/a.py:1", "test/a.py:2"]),
      (
        "regexes = [\"^gh\"]\npaths = [\"src/\"]",
        ["src/a.py:3", "test/a.py:1", "test/a.py:2", "test/a.py:3"]
      ),
      ("regexes = [\"^pm_\", \"^x\"]", src + ["test/a.py:1", "test/a.py:2", "test/a.py:3"]),
      (
        "regexes = [\"^ghp_\"]\nsha256 = [\"\(hash)\"]",
        ["src/a.py:2", "src/a.py:3", "test/a.py:2", "test/a.py:3"]
      ),
      (
        "sha256 = [\"\(hash)\"]\nrules = [\"npm.*\"]",
        src + ["test/a.py:1", "test/a.py:2", "test/a.py:3"]
      ),
    ]
    for (conditions, left) in cases {
      try project.add("allow.toml", Self.entry(conditions))
      // However the files are come to.
      for paths in [["src", "test"], ["./src/", "\(project.path)/test"]] {
        let outcome = try project.run(["scan", "--allow-list", "allow.toml"] + paths)
        let places = outcome.places.map {
          $0.replacing("\(project.path)/", with: "").replacing("./", with: "")
        }
        #expect(places == left, "\(conditions)")
        let count = 6 - left.count
        #expect(
          outcome.lastError
            == "weir: \(left.count) findings in 2 inputs"
            + (count > 0 ? "; \(count) let be: \(count) in an allow-list" : ""))
      }
    }
    // Entries, and files, add up.
    try project.add(
      "allow.toml", Self.entry("paths = [\"test\"]") + Self.entry("rules = [\"npm.*\"]"))
    try project.add("more.toml", Self.entry("sha256 = [\"\(hash)\"]"))
    let all = try project.run(
      ["scan", "--allow-list", "allow.toml", "--allow-list", "more.toml", "src", "test"])
    #expect(all.places == ["src/a.py:2"])
    // One entry asks for a digest, another for an expression.
    let tail = String(decoding: two.suffix(8), as: UTF8.self)
    try project.add(
      "more.toml",
      Self.entry("sha256 = [\"\(hash)\"]") + Self.entry("regexes = ['\(tail)$']"))
    let none = try project.run(
      ["scan", "--allow-list", "allow.toml", "--allow-list", "more.toml", "src", "test"])
    #expect(none.lastError == "weir: 0 findings in 2 inputs; 6 let be: 6 in an allow-list")
  }

  @Test("an expression sees the secret and nothing beside it, and of a long one nothing")
  func expressions() throws {
    var secrets = try Secrets(seed: 922)
    let project = try WorkingFolder()
    try project.add("a", "test=" + secrets.token() + " test\n")
    try project.add("key.pem", secrets.keyBlock() + "\n")
    try project.add("held", secrets.openRun(count: 4096 - 5) + "\n")
    try project.add("long", secrets.openRun(count: 4096 - 4) + "\n")
    let cases: [(regex: String, left: [String])] = [
      ("test", ["a", "key.pem", "held", "long"]),
      ("^.{40}$", ["key.pem", "held", "long"]),
      // Of a key block its base64, without line ends and marks.
      ("^[A-Za-z0-9+/=]{300,}$", ["a", "held", "long"]),
      ("BEGIN|\\s", ["a", "key.pem", "held", "long"]),
      ("^ya29", ["a", "key.pem", "long"]),
      // Over PCRE2's limit nobody knows, and nothing is let be.
      ("(?:(?:[a-zA-Z0-9_-]+)*)*!$", ["a", "key.pem", "held", "long"]),
    ]
    for (regex, left) in cases {
      try project.add("allow.toml", Self.entry("regexes = ['\(regex)']"))
      let outcome = try project.run(
        ["scan", "--allow-list", "allow.toml", "a", "key.pem", "held", "long"])
      #expect(outcome.places == left.map { "\($0):1" }, "\(regex)")
    }
  }

  @Test("a key block is known by the hash that the command writes of it, however it is dressed")
  func keyBlock() throws {
    var secrets = try Secrets(seed: 921)
    let project = try WorkingFolder()
    let key = secrets.keyBlock()
    try project.add("key.pem", key + "\n")
    try project.add(
      "key.json", "{\"k\": \"" + key.flatMap { $0 == 0x0A ? Array("\\n".utf8) : [$0] } + "\"}")
    try project.add("allow.toml", Self.entry("sha256 = [\"\(try Self.hash(of: key))\"]"))
    let outcome = try project.run(["scan", "--allow-list", "allow.toml", "key.pem", "key.json"])
    #expect(outcome.errors == "weir: 0 findings in 2 inputs; 2 let be: 2 in an allow-list\n")
  }

  @Test("a list with one mistake is refused whole, with its place")
  func mistakes() throws {
    let project = try WorkingFolder()
    try project.add("a", "nothing\n")
    let digits = String(repeating: "0", count: 63)
    let cases: [(text: String, said: String)] = [
      ("", "expected at least one [[allow]]"),
      ("allow = 1", "expected [[allow]]"),
      ("[[allow]]\npaths = [\"a\"]\n", "1:1: expected reason"),
      ("[[allow]]\nreason = \" \"\npaths = [\"a\"]\n", "2:10: expected a reason"),
      ("[[allow]]\nreason = \"r\"\n", "2:10: would allow everything"),
      ("[[allow]]\nreason = \"r\"\npath = [\"a\"]\n", "3:1: unknown key path"),
      ("[[allow]]\nreason = \"r\"\npaths = \"a\"\n", "3:9: expected an array of strings"),
      ("[[allow]]\nreason = \"r\"\npaths = [1]\n", "3:9: expected an array of strings"),
      ("[[allow]]\nreason = \"r\"\npaths = [\"a[\"]\n", ":1: paths: 'a[': nothing can match it"),
      ("[[allow]]\nreason = \"r\"\npaths = [\"{a\"]\n", ":1: paths: '{a': a { has no }"),
      ("\n[[allow]]\nreason = \"r\"\nrules = [\"x.y\"]\n", ":2: rules: there is no rule x.y"),
      ("[[allow]]\nreason = \"r\"\nsha256 = [\"\(digits)\"]\n", "3:10: expected 64 hex digits"),
      ("[[allow]]\nreason = \"r\"\nsha256 = [\"\(digits)g\"]\n", "3:10: expected 64 hex digits"),
      (
        "[[allow]]\nreason = \"r\"\nregexes = [\"a\", \"(\"]\n",
        "3:11: missing closing parenthesis"
      ),
      ("[[allow]\n", "1:"), ("[[allow]]\nreason = }\n", ":2:"),
      ("[[allow]]\nreason = \u{0}\n", ":2:"), ("[[rule]]\nid = \"x\"\n", "unknown key rule"),
    ]
    for (text, said) in cases {
      try project.add("allow.toml", text)
      let outcome = try project.run(["scan", "--allow-list", "allow.toml", "a"])
      #expect(outcome.code == 2, "\(text)")
      #expect(outcome.text == "")
      #expect(outcome.errors.contains(said), "\(text): \(outcome.errors)")
      #expect(outcome.errors.hasPrefix("weir: allow.toml:"), "\(outcome.errors)")
    }
    try project.add("allow.toml", [0xFF, 0xFE])
    let bytes = try project.run(["scan", "--allow-list", "allow.toml", "a"])
    #expect(bytes.errors == "weir: allow.toml: is no UTF-8 text, and no allow-list\n")
    for name in ["nowhere", "."] {
      let outcome = try project.run(["scan", "--allow-list", name, "a"])
      #expect(outcome.code == 2)
      #expect(outcome.errors.hasPrefix("weir: \(name): "))
    }
    // Longer than any list: only its length is asked.
    let long = try Command.run(
      ["scan", "--allow-list", "long", "a"],
      through: "cd '\(project.path)' && truncate -s 20M long && exec \"$@\"")
    #expect(long.errors.hasPrefix("weir: long: is longer than 16 MiB, and not read; "))
  }

  @Test("no report is written over a list or a baseline")
  func overwriting() throws {
    let project = try WorkingFolder()
    try project.add("a", "nothing\n")
    try project.add("allow.toml", Self.entry("paths = [\"b\"]"))
    #expect(try project.run(["baseline", "create", "known", "a"]).code == 0)
    for name in ["allow.toml", "known"] {
      let before = try project.contents(of: name)
      let outcome = try project.run(
        [
          "scan", "--allow-list", "allow.toml", "--baseline", "known", "--report", "csv=\(name)",
          "a",
        ])
      #expect(outcome.errors == "weir: \(name): is an input as well; write to another file\n")
      #expect(try project.contents(of: name) == before)
    }
  }

  @Test("the hash of nothing, and of what is no one secret, is refused")
  func hash() throws {
    let empty = try Command.run(["baseline", "hash"], input: Array("\n".utf8))
    #expect(empty.code == 2)
    #expect(empty.errors == "weir: <stdin>: is empty; give a secret\n")
    let long = try Command.run(
      ["baseline", "hash"], input: [UInt8](repeating: 0x61, count: 1 << 20 + 1))
    #expect(long.errors == "weir: <stdin>: is longer than 1 MiB; give one secret\n")
    // What no rule knows is hashed as it is.
    let abc = try Command.run(["baseline", "hash"], input: Array("abc\r\n".utf8))
    #expect(abc.text == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\n")
  }
}
