import Foundation
import Testing

/// `weir rules` and `weir --version`: what is looked for, and with what.
@Suite struct RulesTests {
  @Test("the list names every rule, with the facts of the issue")
  func list() throws {
    let ids = try Secrets.ruleIDs().sorted()
    let text = try Command.run(["rules", "list"])
    #expect(text.lines.map { String($0.prefix { $0 != " " }) }.sorted() == ids)
    let json = try Command.run(["rules", "list", "--format", "json"])
    let list = try JSONSerialization.jsonObject(with: Data(json.output)) as? [[String: Any]]
    let rules = try #require(list)
    #expect(rules.compactMap { $0["id"] as? String }.sorted() == ids)
    for rule in rules {
      for fact in ["id", "provider", "title", "category", "power", "check", "shape", "revoke"] {
        #expect((rule[fact] as? String)?.isEmpty == false, "\(fact) of \(rule)")
      }
      #expect((rule["packs"] as? [String])?.isEmpty == false)
      #expect(rule["words"] is [String])
      #expect(rule["aliases"] is [String])
      #expect(rule["confidence"] is String)
    }
  }

  @Test("one rule is shown, an unknown one is an error")
  func show() throws {
    let text = try Command.run(["rules", "show", "github.personal-token"])
    #expect(text.code == 0)
    #expect(text.text.contains("crc32-base62(body) = sum"))
    #expect(text.text.contains("encoded     base64, hex, utf-16, percent, json\n"))
    #expect(try Command.run(["rules", "show", "url.password"]).text.contains("encoded     no\n"))
    let json = try Command.run(["rules", "show", "github.personal-token", "--format", "json"])
    let rule = try JSONSerialization.jsonObject(with: Data(json.output)) as? [String: Any]
    #expect(rule?["provider"] as? String == "github")
    let unknown = try Command.run(["rules", "show", "no.such-rule"])
    #expect(unknown.code == 2)
    #expect(unknown.errors.contains("no.such-rule: there is no such rule"))
  }

  @Test("the version names commit, catalogue and libhs")
  func version() throws {
    let outcome = try Command.run(["--version"])
    let form = /weir \d+\.\d+\.\d+ \(commit \w+; catalogue \d+ rules; libhs \d[^)]*\)\n/
    #expect(outcome.text.wholeMatch(of: form) != nil)
  }
}
