import Foundation
import Testing

/// The sample that `make run` shows.
@Suite struct SampleTests {
  @Test(
    "a sample holds every rule once, whatever the seed, and redact takes all out",
    arguments: 1...8)
  func everyRule(seed: Int) throws {
    let sample = try Command.run(
      ["--seed", "\(seed)", "--lines", "200", Secrets.rulesFolder], of: .sample)
    #expect(sample.code == 0)
    let scan = try Command.run(
      ["scan", "--format", "jsonl", "--min-confidence", "low"], input: sample.output)
    var found = try scan.output.split(separator: 0x0A).map { line in
      let finding = try JSONSerialization.jsonObject(with: Data(line)) as? [String: Any]
      return try provider(of: #require(finding?["rule"] as? String))
    }
    // Two rules of one provider may share a shape and a word; the finding has the name of one.
    for id in try Secrets.ruleIDs() {
      let index = found.firstIndex(of: provider(of: id))
      #expect(index != nil, "\(id)")
      if let index { found.remove(at: index) }
    }
    // A scheme that nobody knows, in front of what it is for, may be a password.
    #expect(found.allSatisfy { $0 == "generic" }, "\(found)")
    #expect(found.count <= 2)
    let redacted = try Command.run(["redact"], input: sample.output)
    #expect(try Command.run(["scan"], input: redacted.output).code == 0)
  }

  private func provider(of id: String) -> String { String(id.prefix { $0 != "." }) }

  @Test("the same seed makes the same sample; wrong usage is said")
  func usage() throws {
    let samples = try ["7", "7", "8"].map { seed in
      try Command.run(["--seed", seed, Secrets.rulesFolder], of: .sample).output
    }
    #expect(samples[0] == samples[1])
    #expect(samples[0] != samples[2])
    let usage = try Command.run(["--seed", "x"], of: .sample)
    #expect(usage.code == 2)
    #expect(usage.errors.contains("--seed needs a number"))
  }

  @Test("with more bytes the same text goes on: of the rules named, and without a credential")
  func longer() throws {
    for arguments in [
      ["--rule", "url.password", "--rule", "jwt.signed", "--lines", "20", Secrets.rulesFolder],
      ["--text", "logs"], ["--text", "code"],
    ] {
      let texts = try ["20000", "40000"].map {
        try Command.run(["--bytes", $0] + arguments, of: .sample).output
      }
      #expect(texts[0].count >= 20_000 && texts[1].count >= 40_000)
      #expect(texts[1].starts(with: texts[0]), "\(arguments)")
      let scan = try Command.run(["scan"], input: texts[1])
      #expect(scan.code == (arguments[0] == "--rule" ? 1 : 0))
      #expect(
        scan.lines.allSatisfy { $0.contains("url.password") || $0.contains("jwt.signed") })
    }
    let usage = try Command.run(["--rule", "no.such", Secrets.rulesFolder], of: .sample)
    #expect(usage.code == 2)
    #expect(usage.errors.contains("no rule no.such"))
  }
}
