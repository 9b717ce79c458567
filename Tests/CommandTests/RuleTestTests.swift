import Foundation
import Testing
import WeirCore

/// `weir rules test`: why a text holds a finding of a rule, or none.
@Suite struct RuleTestTests {
  private static let github = "github.personal-token"

  private func test(_ arguments: [String], _ input: [UInt8] = []) throws -> Command.Outcome {
    try Command.run(["rules", "test"] + arguments, input: input)
  }

  @Test("0 for a finding, 1 for none, as scan has it; and the steps say why")
  func verdicts() throws {
    var secrets = try Secrets(seed: 430)
    let token = secrets.token()
    let found = try test([Self.github], "saw " + token + "\n")
    #expect(found.code == 0, "\(found.errors)")
    #expect(found.lines.contains("<stdin>: a finding"), "\(found.text)")
    #expect(found.lines.contains("  line 1, column 5: a finding"))
    #expect(!found.text.contains("    no   "))
    let short = try test([Self.github], "saw " + Array(token.dropLast()) + "\n")
    #expect(short.code == 1)
    #expect(
      short.lines.contains(
        "    no   expected 6 letters and digits: only 5, then a line feed at line 1, column 44"),
      "\(short.text)")
    let other = try test([Self.github], Array("nothing here\n".utf8))
    #expect(other.code == 1)
    #expect(other.text.contains("`ghp_`, by which the rule is looked for, is not in it"))
    // Nothing is no finding either.
    #expect(try test([Self.github]).code == 1)
  }

  @Test("of the rules in a log of all of them the verdict is scan's")
  func agreesWithScan() throws {
    var secrets = try Secrets(seed: 431)
    let log = secrets.log()
    let file = try TemporaryFile(holding: log)
    let scan = try Command.run(["scan", "--format", "jsonl"], input: log)
    let found = Set(
      try scan.lines.compactMap { line in
        (try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])?["rule"]
          as? String
      })
    for id in try Secrets.ruleIDs().sorted() where id.utf8.count % 40 == 0 {
      let outcome = try test([id], file.contents())
      #expect(outcome.code == (found.contains(id) ? 0 : 1), "\(id): \(outcome.errors)")
      #expect(!outcome.text.contains("a mistake of Weir"), "\(id)")
    }
  }

  @Test("no secret is shown, in words or in JSON")
  func discretion() throws {
    var secrets = try Secrets(seed: 432)
    for id in [Self.github, "pem.private-key", "jwt.signed", "url.password", "mistral.api-key"] {
      let specimen = secrets.specimen(of: id)
      for format in ["text", "json"] {
        let outcome = try test([id, "--format", format], specimen)
        #expect(outcome.code == 0, "\(id): \(outcome.errors)")
        let rescan = try Command.run(["scan"], input: outcome.output)
        #expect(rescan.code == 0, "\(id): a finding in what is told")
        for start in specimen.count / 2..<specimen.count / 2 + 6 {
          #expect(!outcome.output.holds(Array(specimen[start..<start + 8])), "\(id)")
        }
      }
    }
  }

  @Test("JSON says the same, for programs")
  func json() throws {
    var secrets = try Secrets(seed: 433)
    let input = "a\n" + Array(secrets.token().dropLast())
    let outcome = try test([Self.github, "--format", "json"], input)
    let report = try JSONSerialization.jsonObject(with: Data(outcome.output)) as? [String: Any]
    #expect(report?["rule"] as? String == Self.github)
    #expect(report?["finding"] as? Bool == false)
    let inputs = try #require(report?["inputs"] as? [[String: Any]])
    let place = try #require((inputs.first?["places"] as? [[String: Any]])?.first)
    #expect(place["line"] as? Int == 2 && place["column"] as? Int == 1)
    #expect(place["offset"] as? Int == 2)
    let steps = try #require(place["steps"] as? [[String: Any]])
    #expect(steps.compactMap { $0["step"] as? String }.first == "anchor")
    #expect(steps.last?["step"] as? String == "element")
    #expect(steps.last?["holds"] as? Bool == false)
  }

  @Test("an unknown rule is an error that names the nearest, and so is what cannot be read")
  func errors() throws {
    let unknown = try test(["github.personal-tokn"])
    #expect(unknown.code == 2 && unknown.output == [])
    #expect(unknown.errors.contains("did you mean github.personal-token?"), "\(unknown.errors)")
    let show = try Command.run(["rules", "show", "github.personal-tokn"])
    #expect(show.code == 2 && show.errors.contains("did you mean github.personal-token?"))
    let missing = try test([Self.github, "/nonexistent/file"])
    #expect(missing.code == 2)
    #expect(missing.errors.contains("/nonexistent/file: cannot be opened"))
    // A finding in one input does not make up for another that was not read.
    var secrets = try Secrets(seed: 434)
    #expect(try test([Self.github, "-", "/nonexistent/file"], secrets.token()).code == 2)
    #expect(try test([Self.github, "/"]).code == 2)
  }
}
