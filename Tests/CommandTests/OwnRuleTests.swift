import Foundation
import Testing
import WeirCore
import WeirRules
import WeirSpecimens

/// `--with-rules`, `--catalogue` and `weir rules compile`: rules of one's own.
@Suite("Rules of one's own are looked for beside Weir's, or in their place")
struct OwnRuleTests {
  /// The rule file of docs/own-rules.md, and a credential of each of its rules.
  private struct Acme {
    let folder: TemporaryFolder
    let toml: String
    let token: [UInt8]
    let key: [UInt8]
    let gitHub: [UInt8]

    init() throws {
      folder = try TemporaryFolder()
      toml = try folder.add("acme.toml", Array(Secrets.ownRules().utf8))
      var maker = SpecimenMaker(rules: try RuleFolder.definitions(at: toml), seed: 7)
      token = maker.specimen(of: "acme.deploy-token").bytes
      var random = SplitMix64(seed: 7)
      key = "ACME_API_KEY=" + random.bytes(Alphabet.named["hex"]!.bytes, count: 40)
      var secrets = try Secrets(seed: 7)
      gitHub = secrets.token()
    }
  }

  private func scan(_ arguments: [String], _ input: [UInt8]) throws -> [String] {
    let outcome = try Command.run(["scan", "--format", "jsonl"] + arguments, input: input)
    return try outcome.lines.map {
      let fact = try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]
      return try #require(fact?["rule"] as? String)
    }.sorted()
  }

  @Test("the page's rules are found beside Weir's, and by --rule alone")
  func beside() throws {
    let acme = try Acme()
    let input = acme.token + [0x0A] + acme.key + [0x0A] + acme.gitHub + [0x0A]
    #expect(try scan(["--no-rule", "generic.*"], input) == ["github.personal-token"])
    let own = ["acme.deploy-token", "acme.legacy-key"]
    #expect(try scan(["--with-rules", acme.toml], input) == own + ["github.personal-token"])
    #expect(try scan(["--with-rules", acme.folder.path, "--rule", "acme.*"], input) == own)
    let redacted = try Command.run(["redact", "--with-rules", acme.toml], input: input)
    #expect(
      redacted.lines == [
        "WEIR_REDACTED_acme.deploy-token", "ACME_API_KEY=WEIR_REDACTED_acme.legacy-key",
        "WEIR_REDACTED_github.personal-token",
      ])
  }

  @Test("compiled they are the same, with Weir's or without")
  func compiled() throws {
    let acme = try Acme()
    let input = acme.token + [0x0A] + acme.gitHub + [0x0A]
    let whole = "\(acme.folder.path)/whole.weir"
    let made = try Command.run(["rules", "compile", acme.toml, "-o", whole])
    #expect(made.code == 0)
    #expect(made.errors.hasPrefix("weir: 2 rules and "))
    #expect(
      try scan(["--catalogue", whole], input) == ["acme.deploy-token", "github.personal-token"])
    let alone = "\(acme.folder.path)/alone.weir"
    let quiet = try Command.run(
      ["rules", "compile", "--quiet", "--no-built-in", acme.toml, "--output", alone])
    #expect(quiet.code == 0 && quiet.errors.isEmpty)
    #expect(try scan(["--catalogue", alone], input) == ["acme.deploy-token"])
    let listed = try Command.run(["rules", "list", "--catalogue", alone])
    #expect(listed.lines.count == 2)
    let shown = try Command.run(["rules", "show", "acme.deploy-token", "--catalogue", alone])
    #expect(shown.text.contains("Acme deploy token"))
    let tested = try Command.run(
      ["rules", "test", "acme.deploy-token", "--with-rules", acme.toml], input: input)
    #expect(tested.code == 0)
    let counted = try Command.run(["rules", "bench", "--catalogue", alone], input: input)
    #expect(counted.text.contains("acme.deploy-token"))
  }

  @Test("a mistake refuses all, and is told with its place; so is what is no rule file")
  func refused() throws {
    let folder = try TemporaryFolder()
    func said(_ text: String, _ arguments: [String] = ["rules", "compile"]) throws -> String {
      let path = try folder.add("own.toml", Array(text.utf8))
      let outcome = try Command.run(arguments + [path], input: [])
      #expect(outcome.code == 2)
      #expect(outcome.output.isEmpty)
      return outcome.errors.replacing(folder.path + "/", with: "")
    }
    func rule(_ id: String, _ shape: String) -> String {
      """
      provider = "\(id.prefix { $0 != "." })"
      name = "Acme"
      [[rule]]
      id = "\(id)"
      title = "a token"
      shape = "\(shape)"
      power = "read"
      revoke = "acme.example"
      packs = ["test"]
      """
    }
    #expect(try said("provider = ").hasPrefix("weir: own.toml:1:"))
    #expect(try said(rule("acme.t", "'acme_' base63{20}")).hasPrefix("weir: own.toml:6:"))
    #expect(
      try said(rule("github.personal-token", "'acme_' base62{20}"))
        == "weir: own.toml:3:1: rule github.personal-token: the id is used twice\n")
    #expect(try said(rule("acme.T", "'acme_' base62{20}")).contains("an id is provider.noun"))
    #expect(
      try said(rule("acme.t", "'acme_' base63{20}"), ["scan", "--with-rules"])
        .hasPrefix("weir: own.toml:6:"))
    #expect(try said("no catalogue", ["redact", "--catalogue"]).contains("weir rules compile"))
    let missing = try Command.run(["scan", "--with-rules", "/nowhere/own.toml"])
    #expect(missing.code == 2)
    #expect(missing.errors.contains("expected a rule file, or a folder of them"))
    let output = try Command.run(
      [
        "rules", "compile", "--no-built-in", folder.path + "/own.toml", "-o",
        folder.path + "/own.toml",
      ])
    #expect(output.code == 2)
  }
}
