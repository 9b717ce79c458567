import Testing
import WeirCore
import WeirRules

/// Configurations that go on from others.
extension GitleaksImportTests {
  @Test("extending gitleaks' own rules asks for Weir's, and says so")
  func useDefault() throws {
    let trial = try GitleaksTrial(
      """
      [extend]
      useDefault = true
      disabledRules = ["some-rule"]
      [[rules]]
      id = "theirs"
      [[rules.allowlists]]
      paths = ['''x''']
      [[allowlists]]
      paths = ['''vendor''']
      """)
    #expect(trial.usesWeirsRules && trial.toml.isEmpty)
    #expect(
      trial.remarks == [
        "extend.useDefault: Weir's own rules take the place of gitleaks' own",
        "extend.disabledRules: no rule some-rule here; of Weir's own `weir rules list` tells the ids, and --no-rule leaves them out",
        "rule theirs: refused: has no regex: it changes a rule of gitleaks' own, which Weir has not",
        "allow-list of all rules: holds for those of this file, not for Weir's own",
      ])
  }

  @Test(
    "another file is extended: its rules come first, those of one id are merged, disabled ones left out"
  )
  func extended() throws {
    let base = """
      [[rules]]
      id = "a"
      regex = '''a[0-9]+'''
      [[rules]]
      id = "b"
      regex = '''b[0-9]+'''
      [allowlist]
      stopwords = ["9"]
      """
    let config = """
      [extend]
      path = "base.toml"
      disabledRules = ["b"]
      [[rules]]
      id = "a"
      description = "a and more"
      [[rules.allowlists]]
      stopwords = ["7"]
      [[rules]]
      id = "c"
      regex = '''c[0-9]+'''
      """
    let trial = try GitleaksTrial(config, files: ["base.toml": base])
    #expect(trial.remarks == ["rule a: exact, as gitleaks.a", "rule c: exact, as gitleaks.c"])
    #expect(try trial.found("a1 a7 a9 b1 c7 c9") == ["a a1", "c c7"])
    #expect(trial.catalogue?.rules[0].title == "a and more")
    #expect(throws: (any Error).self) { try GitleaksTrial(config) }
    let circle = try GitleaksTrial("[extend]\npath = 'x'", files: ["x": "[extend]\npath = 'x'"])
    #expect(circle.remarks == ["extend.path x: more than 2 files extend each other"])
    let url = try GitleaksTrial("[extend]\nurl = 'https://x.example'")
    #expect(
      url.remarks == ["extend.url https://x.example: is not read, for Weir opens no connection"])
  }
}
