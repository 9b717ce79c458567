import Foundation
import Testing

/// What a run says of itself on standard error: summed up, in figures, and step by step.
@Suite struct VoiceTests {
  private func facts(of rule: String) throws -> [String: Any] {
    let json = try Command.run(["rules", "show", rule, "--format", "json"]).output
    return try #require(JSONSerialization.jsonObject(with: Data(json)) as? [String: Any])
  }

  @Test("a report for people ends with what was found by power and rule, the strongest first")
  func summary() throws {
    var secrets = try Secrets(seed: 411)
    let rules = ["github.personal-token", "stripe.live-key", "npm.access-token"]
    var input: [UInt8] = []
    for (place, rule) in rules.enumerated() {
      for _ in 0...place { input += secrets.specimen(of: rule) + "\n" }
    }
    var byPower: [String: [(String, Int)]] = [:]
    for (place, rule) in rules.enumerated() {
      byPower[try #require(facts(of: rule)["power"] as? String), default: []]
        .append((rule, place + 1))
    }
    let expected = ["admin", "write", "spend", "data", "read"].compactMap { power -> String? in
      guard let found = byPower[power] else { return nil }
      let names = found.sorted { $0.1 > $1.1 }.map { "\($0.0) \($0.1)" }
      return "weir: \(found.reduce(0) { $0 + $1.1 }) \(power): \(names.joined(separator: ", "))\n"
    }
    let outcome = try Command.run(["scan"], input: input)
    #expect(outcome.errors == expected.joined() + "weir: 6 findings in 1 input\n")
    #expect(outcome.lines.count == 6)
    for options in [["--format", "jsonl"], ["--format", "json"]] {
      #expect(
        try Command.run(["scan"] + options, input: input).errors == "weir: 6 findings in 1 input\n")
    }
    #expect(try Command.run(["scan", "--quiet"], input: input).errors == "")
    let redacted = try Command.run(["redact"], input: input)
    #expect(redacted.errors == "weir: 6 findings in 1 input, masked\n")
  }

  @Test("however many rules found something, the summary is some ten lines")
  func shortSummary() throws {
    var secrets = try Secrets(seed: 412)
    let outcome = try Command.run(["scan"], input: secrets.log())
    let lines = outcome.errors.split(separator: "\n")
    #expect(lines.count <= 6 && lines.count > 1)
    #expect(lines.dropLast().allSatisfy { $0.contains(/: (\S+ \d+, ){5}\d+ other rules \d+$/) })
    // The powers together are all.
    let counts = lines.compactMap { $0.split(separator: " ").dropFirst().first.flatMap { Int($0) } }
    #expect(counts.dropLast().reduce(0, +) == counts.last)
  }

  @Test("--stats shows inputs, bytes, time, findings by rule, what was opened and skipped, memory")
  func stats() throws {
    var secrets = try Secrets(seed: 413)
    let packer = try Packer()
    try packer.folder.add("a", secrets.token() + "\n" + secrets.token())
    try packer.folder.add("b", secrets.specimen(of: "stripe.live-key"))
    try packer.run("mkdir .git; gzip b; cp b.gz c.gz")
    let outcome = try Command.run(
      ["scan", "--quiet", "--stats", "--receipt", packer.path])
    let lines = outcome.errors.split(separator: "\n")
    let read = try SaidReceipt(outcome.errors).read
    func figures(_ name: Substring) -> Bool { lines.contains("weir: stats: " + name) }
    #expect(figures("3 inputs, \(read) bytes"), "\(outcome.errors)")
    #expect(lines.contains { $0.contains(/^weir: stats: \d+\.\d{3} s, \d+ bytes\/s$/) })
    #expect(lines.contains { $0.contains(/^weir: stats: 4 findings: 2 \w+, 2 \w+$/) })
    #expect(figures("github.personal-token 2") && figures("stripe.live-key 2"))
    #expect(figures("2 archives opened") && figures("1 skipped: 1 .git"))
    let memory = outcome.errors.firstMatch(of: /stats: (\d+) bytes of memory at most/)
    let bytes = try #require(memory.flatMap { Int($0.1) })
    #expect(bytes > 1 << 20 && bytes < 1 << 30)
    let redacted = try Command.run(["redact", "--stats"], input: secrets.token())
    #expect(redacted.errors.contains("weir: stats: github.personal-token 1\n"))
    #expect(redacted.errors.hasSuffix("weir: 1 finding in 1 input, masked\n"))
  }

  @Test(
    "--verbose says how many rules and threads there are, what is opened, what is not read and why")
  func verbose() throws {
    let packer = try Packer()
    try packer.folder.add("a", Array("nothing\n".utf8))
    try packer.folder.add(".ignore", Array("a\n".utf8))
    try packer.run("mkdir in; echo one > in/b; tar -czf c.tgz in; rm -r in")
    let all = try Command.run(["scan", "--verbose", "--threads", "2", packer.path])
    let rules = try Command.run(["rules", "list"]).lines.count
    #expect(all.errors.hasPrefix("weir: \(rules) rules, 2 threads\n"))
    #expect(all.errors.contains("weir: \(packer.path)/a: an ignore file names it (--no-ignore)"))
    #expect(all.errors.contains("weir: \(packer.path)/c.tgz: opened (gzip)\n"))
    #expect(all.errors.contains("weir: \(packer.path)/c.tgz: opened (tar)\n"))
    let some = try Command.run(["redact", "-v", "--rule", "github.*", "--threads", "1"])
    #expect(some.errors.contains(/^weir: \d+ of \d+ rules, 1 thread\n$/))
    let both = try Command.run(["scan", "-q", "-v"])
    #expect(both.code == 2)
    #expect(both.errors.contains("leave one of them out"))
  }
}
