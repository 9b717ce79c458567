import Foundation
import Testing
import WeirCore

/// `weir rules bench`: counts of what rules cost.
@Suite struct RuleBenchTests {
  private func counts(_ arguments: [String], _ input: [UInt8] = []) throws -> [String: Any] {
    let outcome = try Command.run(
      ["rules", "bench", "--format", "json"] + arguments, input: input)
    #expect(outcome.code == 0, "\(outcome.errors)")
    let report = try JSONSerialization.jsonObject(with: Data(outcome.output)) as? [String: Any]
    return try #require(report)
  }

  @Test("findings are those of scan, and a rule's row has its hits")
  func rows() throws {
    var secrets = try Secrets(seed: 440)
    let log = "a " + secrets.token() + "\nb ghp_ \nc " + secrets.token() + "\n"
    let report = try counts([], log)
    #expect(report["input_bytes"] as? Int == log.count)
    let total = try #require(report["total"] as? [String: Any])
    #expect(total["findings"] as? Int == 2)
    let rows = try #require(report["rows"] as? [[String: Any]])
    let row = try #require(rows.first { $0["name"] as? String == "github.personal-token" })
    #expect(row["kind"] as? String == "rule")
    #expect(row["hits"] as? Int == 3 && row["candidates"] as? Int == 2)
    #expect(row["findings"] as? Int == 2)
    let perMB = try #require(row["per_mb"] as? [String: Any])
    let rate = try #require(perMB["hits"] as? Double)
    #expect(abs(rate - 3e6 / Double(log.count)) < 0.06)
  }

  @Test("the same bytes give the same counts, from a file, a pipe or a folder")
  func inputs() throws {
    var secrets = try Secrets(seed: 441)
    let log = secrets.log()
    let folder = try TemporaryFolder()
    try Data(log).write(to: URL(filePath: folder.path + "/a.log"))
    let piped = try Command.run(["rules", "bench"], input: log)
    #expect(piped.code == 0, "\(piped.errors)")
    #expect(try Command.run(["rules", "bench", folder.path + "/a.log"]).output == piped.output)
    #expect(try Command.run(["rules", "bench", folder.path]).output == piped.output)
  }

  @Test("the dearest rows come first, and as many as are asked for")
  func top() throws {
    var secrets = try Secrets(seed: 442)
    let log = secrets.log()
    let all = try counts(["--top", "100000"], log)
    let rows = try #require(all["rows"] as? [[String: Any]])
    let weights = rows.map { row in
      let counts = ["bytes", "hits", "candidates"].map { row[$0] as? Int ?? 0 }
      return counts[0] + 4 * counts[1] + 16 * counts[2]
    }
    #expect(weights == weights.sorted(by: >))
    #expect(all["other_rows"] as? Int == 0)
    let few = try counts(["--top", "3"], log)
    #expect((few["rows"] as? [[String: Any]])?.count == 3)
    #expect(few["other_rows"] as? Int == rows.count - 3)
    let one = try counts(["--rule", "github.personal-token", "--top", "100000"], log)
    #expect((one["total"] as? [String: Any])?["findings"] as? Int == 1)
  }

  @Test("what cannot be read ends it with 2; the rest is counted")
  func errors() throws {
    let outcome = try Command.run(
      ["rules", "bench", "/nonexistent/file", "-"], input: Array("text\n".utf8))
    #expect(outcome.code == 2)
    #expect(outcome.errors.contains("/nonexistent/file: cannot be opened"))
    #expect(outcome.text.contains("in 1 input"))
    #expect(try Command.run(["rules", "bench", "--top", "-1"]).code == 2)
  }
}
