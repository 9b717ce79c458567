import Testing
import WeirCore
import WeirRules

/// What a configuration lets be.
extension GitleaksImportTests {
  @Test("allow-lists of a rule: one condition is enough, or all; of secret, match or line")
  func ruleAllowlists() throws {
    func trial(_ list: String) throws -> GitleaksTrial {
      try GitleaksTrial("[[rules]]\nid = 'r'\nregex = '''k=([a-z]+);'''\n\(list)")
    }
    let text = "k=one; k=two; ok\nk=three;"
    func found(_ list: String, path: String = "src/a") throws -> [String] {
      let trial = try trial("[[rules.allowlists]]\ndescription = 'd'\n" + list)
      #expect(trial.remarks == ["rule r: exact, as gitleaks.r"])
      return try trial.found(text, path: path, commit: "abcdef").map { String($0.dropFirst(2)) }
    }
    #expect(try found("regexes = ['''^o''']") == ["two", "three"])
    #expect(try found("regexTarget = 'match'\nregexes = ['''^k=t.*;$''']") == ["one"])
    #expect(try found("regexTarget = 'line'\nregexes = ['''ok$''']") == ["three"])
    #expect(try found("stopwords = ['HRE']") == ["one", "two"])
    #expect(try found("paths = ['''^src/''']\ncommits = ['none']") == [])
    #expect(
      try found("condition = 'AND'\npaths = ['''^src/''']\nstopwords = ['tw']") == ["one", "three"])
    #expect(
      try found("condition = '&&'\npaths = ['''^src/''']\nstopwords = ['tw']", path: "b").count == 3
    )
    #expect(try found("commits = ['ABCDEF']") == [])
    // The table of older versions.
    #expect(try trial("[rules.allowlist]\nstopwords = ['tw']").found(text).count == 2)
    let cut = try trial("[[rules.allowlists]]\nregexes = ['''(?=x)''', '''^o''']")
    #expect(
      cut.remarks[0].hasPrefix(
        "rule r: approximated, as gitleaks.r: allow-list: regex (?=x) is left out: "))
    #expect(try cut.found(text).count == 2)
    #expect(
      try trial("[[rules.allowlists]]\ndescription = 'x'").remarks[0].hasSuffix(
        "allow-list: allows nothing"))
  }

  @Test("global allow-lists are for all rules, or for their targets")
  func globalAllowlists() throws {
    let rules =
      "[[rules]]\nid = 'a'\nregex = '''a[0-9]+'''\n[[rules]]\nid = 'b'\nregex = '''b[0-9]+'''\n"
    let all = try GitleaksTrial(rules + "[allowlist]\nregexes = ['''1''']")
    #expect(try all.found("a1 b1 a2 b2") == ["a a2", "b b2"])
    let some = try GitleaksTrial(
      rules + "[[allowlists]]\ntargetRules = ['b', 'c']\nstopwords = ['1']")
    #expect(some.remarks.last == "allow-list for c: no such rule is here")
    #expect(try some.found("a1 b1 a2 b2") == ["a a1", "a a2", "b b2"])
    // A list for rules that are all missing is for none, not for all.
    let none = try GitleaksTrial(rules + "[[allowlists]]\ntargetRules = ['c']\nstopwords = ['1']")
    #expect(try none.found("a1 b1").count == 2)
  }
}
