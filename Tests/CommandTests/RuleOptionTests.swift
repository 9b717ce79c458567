import Foundation
import Testing
import WeirCore

/// `--pack`, `--rule`, `--no-rule`, `--min-confidence`: which rules speak, in every command.
@Suite struct RuleOptionTests {
  private static let github = "github.personal-token"
  private static let keyID = "aws.access-key-id"
  private static let keySecret = "aws.secret-access-key"
  /// Two each of the packs vcs and cloud, one of payments, one of keys.
  private static let ids = [
    github, "gitlab.access-token", keyID, "aws.appsync-api-key", "shopify.access-token",
    "pem.private-key",
  ]

  /// A line with a credential of each.
  private func log(seed: UInt64) throws -> [UInt8] {
    var secrets = try Secrets(seed: seed)
    return Self.ids.reduce([]) { $0 + "saw " + secrets.specimen(of: $1) + " there\n" }
  }

  /// The rules that speak, in order: what scan reports, what redact masks, and both say the same.
  private func found(_ options: [String], in log: [UInt8]) throws -> [String] {
    let scan = try Command.run(["scan", "--format", "jsonl"] + options, input: log)
    let ids = try scan.lines.map { line in
      let finding = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      return try #require(finding?["rule"] as? String)
    }
    #expect(scan.code == (ids.isEmpty ? 0 : 1), "\(scan.errors)")
    let redact = try Command.run(["redact"] + options, input: log)
    #expect(redact.code == 0, "\(redact.errors)")
    let masks = redact.text.matches(of: /WEIR_REDACTED_([a-z0-9.-]+)/).map { String($0.1) }
    #expect(masks == ids)
    #expect(try Command.run(["redact"] + options, input: redact.output).output == redact.output)
    #expect(try Command.run(["scan"] + options, input: redact.output).code == 0)
    return ids
  }

  private func listed(_ options: [String]) throws -> [String] {
    let list = try Command.run(["rules", "list"] + options)
    #expect(list.code == 0, "\(list.errors)")
    return list.lines.map { String($0.prefix { $0 != " " }) }
  }

  private func expectRefused(_ options: [String], saying parts: String...) throws {
    for command in [["scan"], ["redact"], ["rules", "list"]] {
      let outcome = try Command.run(command + options, input: Array("text\n".utf8))
      #expect(outcome.code == 2 && outcome.output == [], "\(command + options)")
      for part in parts { #expect(outcome.errors.contains(part), "\(outcome.errors)") }
    }
  }

  @Test("without options all that is sure enough is found")
  func all() throws {
    #expect(try found([], in: log(seed: 300)) == Self.ids)
    #expect(try Set(listed([])) == Secrets.ruleIDs())
  }

  @Test("of a pack its rules speak, of two packs those of either, and the rest passes as it is")
  func packs() throws {
    let log = try log(seed: 301)
    let (vcs, keys) = (Array(Self.ids[..<2]), [Self.ids[5]])
    #expect(try found(["--pack", "vcs"], in: log) == vcs)
    #expect(try found(["--pack", "vcs,keys"], in: log) == vcs + keys)
    #expect(try found(["--pack", "keys", "--pack", "vcs"], in: log) == vcs + keys)
    let passed = try Command.run(["redact", "--pack", "vcs"], input: log).output
    #expect(passed.suffix(200) == log.suffix(200))
    let rules = try Secrets.rules()
    for packs in [["ai"], ["ai", "wallet"]] {
      #expect(
        try listed(["--pack", packs.joined(separator: ",")]).sorted()
          == rules.filter { !$0.packs.filter(packs.contains).isEmpty }.map(\.id).sorted())
    }
  }

  @Test("rules are chosen by id, or all of a provider")
  func rules() throws {
    let log = try log(seed: 302)
    #expect(try found(["--rule", Self.github], in: log) == [Self.github])
    let aws = Array(Self.ids[2..<4])
    #expect(try found(["--rule", "aws.*"], in: log) == aws)
    #expect(try found(["--rule", Self.github, "--rule", "aws.*"], in: log) == [Self.github] + aws)
    #expect(
      try listed(["--rule", "aws.*"]).sorted()
        == Secrets.ruleIDs().filter { $0.hasPrefix("aws.") }.sorted())
  }

  @Test("rules are left out by id, or all of a provider")
  func noRules() throws {
    let log = try log(seed: 303)
    #expect(try found(["--no-rule", Self.github], in: log) == Array(Self.ids[1...]))
    #expect(
      try found(["--no-rule", "aws.*", "--no-rule", Self.github], in: log)
        == [Self.ids[1]] + Self.ids[4...])
    #expect(try !listed(["--no-rule", "aws.*"]).contains { $0.hasPrefix("aws.") })
  }

  @Test("each option leaves some out: what is left out by one is not brought back by another")
  func together() throws {
    let log = try log(seed: 304)
    let aws = ["--rule", "aws.*"]
    #expect(try found(aws + ["--no-rule", Self.keyID], in: log) == [Self.ids[3]])
    #expect(try found(["--no-rule", Self.keyID] + aws, in: log) == [Self.ids[3]])
    #expect(
      try found(["--pack", "cloud,keys", "--no-rule", "pem.*"], in: log) == Array(Self.ids[2..<4]))
    #expect(try found(["--pack", "keys", "--rule", "pem.private-key"], in: log) == [Self.ids[5]])
    // A run that can find nothing would say that there is nothing.
    try expectRefused(["--rule", Self.github, "--no-rule", "github.*"], saying: "no rule is left")
    try expectRefused(["--pack", "wallet", "--rule", Self.github], saying: "no rule is left")
  }

  @Test("a name that is not known is an error with what was nearly written, and where to look")
  func unknown() throws {
    try expectRefused(
      ["--pack", "vcs,clod"], saying: "--pack clod: there is no such pack",
      "did you mean cloud? `weir rules list --packs` lists all")
    try expectRefused(["--pack", "qqqqqq"], saying: "such pack; `weir rules list --packs`")
    for option in ["--rule", "--no-rule"] {
      try expectRefused(
        [option, "github.persnal-tokne"],
        saying: "\(option) github.persnal-tokne: there is no such",
        "did you mean \(Self.github)", "`weir rules list --rule 'github.*'` lists all of github")
      try expectRefused(
        [option, "gihtub.*"], saying: "no such provider; did you mean github.*?",
        "`weir rules list --providers`")
      try expectRefused([option, "github"], saying: "no such rule; did you mean github.*?")
      try expectRefused([option, "*"], saying: "no such rule; `weir rules list` lists all")
      try expectRefused([option, "github.personal-*"], saying: "no such rule")
    }
    for option in ["--pack", "--rule", "--no-rule"] {
      try expectRefused([option, ""], saying: "\(option): expected a name")
    }
    let long = String(repeating: "github.personal-token", count: 5000)
    try expectRefused(["--rule", long], saying: "there is no such rule; `weir rules list --rule")
    let folder = try TemporaryFolder()
    let report = "\(folder.path)/findings"
    #expect(try Command.run(["redact", "--findings", report, "--pack", "clod"]).code == 2)
    #expect(!FileManager.default.fileExists(atPath: report))
  }

  @Test("packs and providers are listed with the number of their rules")
  func groups() throws {
    let rules = try Secrets.rules()
    let packs = Dictionary(grouping: rules.flatMap(\.packs)) { $0 }
    let text = try Command.run(["rules", "list", "--packs"])
    #expect(
      text.lines.map { $0.split(separator: " ").first.map(String.init) } == packs.keys.sorted())
    #expect(text.lines.contains { $0.wholeMatch(of: /vcs +\d+ rules/) != nil })
    func json(_ options: [String]) throws -> [[String: Any]] {
      let list = try Command.run(["rules", "list", "--format", "json"] + options)
      return try #require(
        try JSONSerialization.jsonObject(with: Data(list.output)) as? [[String: Any]])
    }
    for pack in try json(["--packs"]) {
      let name = try #require(pack["pack"] as? String)
      #expect(pack["rules"] as? Int == packs[name]?.count)
    }
    let aws = try #require(try json(["--providers", "--rule", "aws.*"]).first)
    #expect(aws["provider"] as? String == "aws")
    #expect(aws["name"] as? String == "Amazon Web Services")
    #expect(aws["rules"] as? Int == rules.count(where: { $0.provider == "aws" }))
    #expect(try Command.run(["rules", "list", "--packs", "--providers"]).code == 2)
  }

  @Test("low shows what medium hides, and high hides more")
  func confidence() throws {
    var secrets = try Secrets(seed: 305)
    let (low, medium) = ("newrelic.browser-ingest-key", "aws.context-credential-id")
    let log = [low, medium, Self.github].reduce([]) { $0 + secrets.specimen(of: $1) + "\n" }
    #expect(try found(["--min-confidence", "low"], in: log) == [low, medium, Self.github])
    #expect(try found([], in: log) == [medium, Self.github])
    #expect(try found(["--min-confidence", "medium"], in: log) == [medium, Self.github])
    #expect(try found(["--min-confidence", "high"], in: log) == [Self.github])
    #expect(try listed(["--min-confidence", "high"]).contains(low) == false)
    #expect(try listed(["--rule", low]) == [low])
    let hidden = try Command.run(["scan", "--rule", low], input: log)
    #expect(hidden.code == 2)
    #expect(hidden.errors.contains("less sure than --min-confidence medium"))
    #expect(try found(["--rule", low, "--min-confidence", "low"], in: log) == [low])
  }

  @Test("a token whose check failed is shown by low, and redact masks it whatever is asked for")
  func refuted() throws {
    var secrets = try Secrets(seed: 306)
    var token = secrets.token()
    token[token.count - 1] = token.last == 0x61 ? 0x62 : 0x61
    for (level, count) in [("low", 1), ("medium", 0), ("high", 0)] {
      for rule in [[], ["--rule", Self.github], ["--pack", "vcs"]] {
        let options = ["--min-confidence", level] + rule
        let scan = try Command.run(["scan"] + options, input: token)
        #expect(scan.lines.count == count && scan.code == count, "\(options)")
        if count > 0 { #expect(scan.text.contains("low, check failed]")) }
        let redact = try Command.run(["redact"] + options, input: token)
        #expect(redact.text == "WEIR_REDACTED_\(Self.github)", "\(options)")
      }
    }
    #expect(try Command.run(["redact", "--no-rule", Self.github], input: token).output == token)
  }

  @Test("a secret is found behind its key id also where the id is not asked for")
  func pair() throws {
    var secrets = try Secrets(seed: 307)
    let id = secrets.specimen(of: Self.keyID)
    // As a table has them: the id alone says what the other is.
    let secret =
      Array("kV7+qZ3w".utf8)
      + secrets.openRun(count: 40).dropFirst(5).prefix(32)
      .map { [0x2D, 0x5F].contains($0) ? 0x2F : $0 }
    let line = id + "," + secret + "\n"
    #expect(try found([], in: line) == [Self.keyID, Self.keySecret])
    for options in [["--no-rule", Self.keyID], ["--rule", Self.keySecret]] {
      #expect(try found(options, in: line) == [Self.keySecret])
      let redact = try Command.run(["redact"] + options, input: line)
      #expect(redact.output == id + ",WEIR_REDACTED_\(Self.keySecret)\n")
    }
    #expect(try found(["--rule", Self.keySecret], in: secret) == [])
  }
}
