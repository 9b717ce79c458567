import Foundation
import Testing

/// Findings by the hundred thousand: all masked, all counted, as many reported as were asked for.
@Suite struct FloodTests {
  private static let count = 200_000
  private static let mask = Array("WEIR_REDACTED_github.personal-token".utf8)

  private static let tokens: Result<[UInt8], any Error> = Result {
    var secrets = try Secrets(seed: 80)
    var bytes: [UInt8] = []
    for _ in 0..<count { bytes += secrets.token() + "\n" }
    return bytes
  }

  @Test("redact masks all, reports so many, and says both counts")
  func redact() throws {
    let input = try Self.tokens.get()
    let folder = try TemporaryFolder()
    let findings = try folder.add("findings")
    let outcome = try Command.run(
      ["redact", "--findings", findings, "--max-findings", "1000"], input: input)
    #expect(outcome.code == 0)
    #expect(outcome.errors == "weir: \(Self.count) findings in 1 input, masked; 1000 reported\n")
    let expected = Array(repeating: Self.mask + "\n", count: Self.count).joined()
    #expect(outcome.output.elementsEqual(expected))
    let lines = try Command.run(["redact", findings]).lines
    #expect(lines.count == 1000)
    #expect(lines.last?.contains("\"line\":1000,") == true)
    let again = try Command.run(["scan"], input: outcome.output)
    #expect(again.code == 0)
    #expect(again.output == [])
  }

  @Test("scan reports so many and counts the rest; the exit code is as with all")
  func scan() throws {
    let input = try Self.tokens.get()
    let all = try Command.run(["scan", "--format", "jsonl"], input: input)
    #expect(all.code == 1)
    #expect(all.errors == "weir: \(Self.count) findings in 1 input\n")
    let lines = all.output.split(separator: 0x0A)
    #expect(lines.count == Self.count)
    for (most, format) in [(0, "text"), (0, "jsonl"), (1, "jsonl"), (1000, "jsonl")] {
      let some = try Command.run(
        ["scan", "--format", format, "--max-findings", "\(most)"], input: input)
      #expect(some.code == 1)
      let summary =
        format == "text" ? "weir: \(Self.count) admin: github.personal-token \(Self.count)\n" : ""
      #expect(
        some.errors == summary + "weir: \(Self.count) findings in 1 input; \(most) reported\n")
      #expect(some.output.split(separator: 0x0A).elementsEqual(lines.prefix(most)))
    }
    let enough = ["scan", "--max-findings", "\(Self.count)", "--exit-zero", "--format", "jsonl"]
    let outcome = try Command.run(enough, input: input)
    #expect(outcome.code == 0)
    #expect(outcome.output == all.output)
    #expect(outcome.errors == all.errors)
  }

  @Test("the limit is for all inputs together, and a limit of nothing is wrong usage")
  func limits() throws {
    var secrets = try Secrets(seed: 81)
    let folder = try TemporaryFolder()
    for name in ["a", "b", "c"] { try folder.add(name, secrets.token()) }
    let outcome = try Command.run(["scan", "--max-findings", "2", folder.path])
    #expect(outcome.lines.count == 2)
    #expect(
      outcome.errors
        == "weir: 3 admin: github.personal-token 3\nweir: 3 findings in 3 inputs; 2 reported\n")
    for wrong in [["--max-findings", "-1"], ["--max-findings", "many"], ["--max-findings"]] {
      #expect(try Command.run(["scan"] + wrong).code == 2)
    }
    let unreported = try Command.run(["redact", "--max-findings", "1"])
    #expect(unreported.code == 2)
    #expect(unreported.errors.contains("give --findings FILE"))
  }
}
