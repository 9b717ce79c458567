import Foundation
import Testing

/// `weir scan`: what is found, where, and how it is said.
@Suite struct ScanTests {
  @Test("a finding appears before the input ends", arguments: ["text", "jsonl"])
  func live(format: String) throws {
    var secrets = try Secrets(seed: 30)
    let live = try LiveCommand(["scan", "--quiet", "--format", format])
    live.write("first line\nsecond " + secrets.token() + "\n")
    let line = String(decoding: live.read(atLeast: 40), as: UTF8.self)
    #expect(line.contains("github.personal-token"))
    #expect(line.hasSuffix("\n"))
    #expect(live.finish().code == 1)
  }

  @Test("a text line names path, line, column, rule and what may be shown")
  func textLine() throws {
    var secrets = try Secrets(seed: 31)
    let token = secrets.token()
    let outcome = try Command.run(["scan"], input: "one\ntwo " + token + "\n")
    #expect(
      outcome.text
        == "<stdin>:2:5: github.personal-token  GitHub personal access token (classic)  ghp_****  "
        + "[admin, high, check valid]\n")
    #expect(outcome.errors == "weir: 1 finding in 1 input\n")
    #expect(outcome.code == 1)
  }

  @Test("a finding in base64 says so, as text and as JSON")
  func encoded() throws {
    var secrets = try Secrets(seed: 37)
    let token = secrets.token()
    let coded = Data("user:" + token).base64EncodedString()
    let input = Array("auth: Basic \(coded)\n".utf8)
    let text = try Command.run(["scan"], input: input)
    #expect(
      text.text
        == "<stdin>:1:19: github.personal-token  GitHub personal access token (classic)  ghp_****  "
        + "[admin, high, check valid, via base64]\n")
    let json = try Command.run(["scan", "--format", "jsonl", "--quiet"], input: input)
    let finding = try #require(try findings(json.output).first)
    #expect(finding["via"] as? [String] == ["base64"])
    let redacted = try Command.run(["redact"], input: input)
    #expect(redacted.text == "auth: Basic dXNlcjWEIR_REDACTED_github.personal-token\n")
  }

  @Test("a JSON line has the fields of the design, and never the secret")
  func jsonLine() throws {
    var secrets = try Secrets(seed: 32)
    let token = secrets.token()
    let input = "one\ntwo " + token + "\n"
    let outcome = try Command.run(["scan", "--format", "jsonl", "--quiet"], input: input)
    let finding = try #require(try findings(outcome.output).first)
    #expect(
      Set(finding.keys) == [
        "rule", "title", "path", "line", "column", "start", "end", "masked", "check", "confidence",
        "power",
      ])
    #expect(finding["rule"] as? String == "github.personal-token")
    #expect(finding["path"] as? String == "<stdin>")
    #expect(finding["line"] as? Int == 2)
    #expect(finding["column"] as? Int == 5)
    #expect(finding["start"] as? Int == 8)
    #expect(finding["end"] as? Int == 8 + token.count)
    #expect(finding["masked"] as? String == "ghp_****")
    #expect(finding["check"] as? String == "valid")
    #expect(finding["confidence"] as? String == "high")
    #expect(finding["power"] as? String == "admin")
    #expect(outcome.errors == "")
    #expect(!outcome.output.holds(Array(token.dropFirst(4).prefix(8))))
    let keyed = try Command.run(
      ["scan", "--format", "jsonl"], input: input,
      environment: ["WEIR_KEY": String(repeating: "k", count: 16)])
    let fingerprint = try findings(keyed.output).first?["fingerprint"] as? String
    #expect(fingerprint?.wholeMatch(of: /[0-9a-f]{16}/) != nil)
  }

  @Test("redact's findings file says what scan says, and only its owner may read it")
  func findingsFile() throws {
    var secrets = try Secrets(seed: 33)
    let log = secrets.log()
    let folder = try TemporaryFolder()
    let file = "\(folder.path)/findings"
    let redact = try Command.run(["redact", "--findings", file], input: log)
    #expect(redact.code == 0)
    let lines = try Data(contentsOf: URL(filePath: file))
    let scan = try Command.run(["scan", "--format", "jsonl"], input: log)
    #expect(Array(lines) == scan.output)
    let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions]
    #expect(mode as? Int == 0o600)
    let count = try findings(scan.output).count
    #expect(redact.errors == "weir: \(count) findings in 1 input, masked\n")
  }

  @Test("every rule is found in a log, and redact leaves nothing of it")
  func everyRule() throws {
    var secrets = try Secrets(seed: 34)
    let log = secrets.log()
    let least = ["--min-confidence", "low"]
    let scan = try Command.run(["scan", "--format", "jsonl"] + least, input: log)
    let found = Set(try findings(scan.output).compactMap { $0["rule"] as? String })
    let missing = try Secrets.ruleIDs().subtracting(found)
    #expect(missing == [], "\(missing)")
    let redact = try Command.run(["redact"] + least, input: log)
    for finding in try findings(scan.output) {
      let range = try #require(finding["start"] as? Int)..<(#require(finding["end"] as? Int))
      #expect(!redact.output.holds(Array(log[range])))
    }
  }

  @Test("a folder is walked in order; .git, links to folders and special files are passed over")
  func walk() throws {
    var secrets = try Secrets(seed: 35)
    let folder = try TemporaryFolder()
    for name in ["b/deep", ".git", "c"] { try folder.addFolder(name) }
    for name in ["z", "a", "b/deep/file", ".hidden", ".git/config", "c/-"] {
      try folder.add(name, secrets.token())
    }
    let path = folder.path
    try FileManager.default.createSymbolicLink(
      atPath: "\(path)/link", withDestinationPath: "b")
    #expect(mkfifo("\(path)/fifo", 0o600) == 0)
    let outcome = try Command.run(["scan", path])
    let paths = outcome.lines.map { $0.dropFirst(path.count + 1).prefix { $0 != ":" } }
    #expect(paths == [".hidden", "a", "b/deep/file", "c/-", "z"])
    #expect(outcome.errors.contains("\(path)/fifo: is no file"))
    #expect(
      outcome.errors.contains(
        "5 findings in 5 inputs; 3 skipped: 1 .git, 1 link to a directory, 1 FIFO, socket or device\n"
      ))
    #expect(outcome.code == 1)
  }

  @Test("flags that do nothing yet are accepted, and confidence is asked for by name")
  func flags() throws {
    let flags = ["--threads", "4", "--no-ignore", "--no-config", "--no-allow"]
    #expect(try Command.run(["scan"] + flags).code == 0)
    #expect(try Command.run(["scan", "--threads", "0"]).code == 2)
    for (name, code) in [("low", 0), ("medium", 0), ("high", 0), ("sure", 2)] {
      #expect(try Command.run(["scan", "--min-confidence", name]).code == Int32(code))
    }
  }

  @Test("a token whose check failed is below medium in scan, and masked by redact")
  func refuted() throws {
    var secrets = try Secrets(seed: 36)
    var token = secrets.token()
    token[token.count - 1] = token.last == 0x61 ? 0x62 : 0x61
    #expect(try Command.run(["scan"], input: token).code == 0)
    let low = try Command.run(["scan", "--min-confidence", "low"], input: token)
    #expect(low.text.contains("[admin, low, check failed]"))
    let redact = try Command.run(["redact"], input: token)
    #expect(redact.text == "WEIR_REDACTED_github.personal-token")
  }

  func findings(_ lines: [UInt8]) throws -> [[String: Any]] {
    try lines.split(separator: 0x0A).map { line in
      try #require(try JSONSerialization.jsonObject(with: Data(line)) as? [String: Any])
    }
  }
}
