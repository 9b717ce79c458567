import Testing
import WeirCore
import WeirRules

/// Small configurations, each with what is found and what is said.
@Suite("A gitleaks configuration finds the same, or says what it does not")
struct GitleaksImportTests {
  @Test("a plain rule is exact; its first filled group is the secret")
  func plain() throws {
    let trial = try GitleaksTrial(
      """
      title = "ours"
      [[rules]]
      id = "our-word"
      description = "Our\\nword"
      regex = '''(?i)\\bword_(x)?([a-z0-9]{4})\\b'''
      keywords = ["word_"]
      tags = ["Words", "of ours"]
      """)
    #expect(trial.remarks == ["rule our-word: exact, as gitleaks.our-word"])
    #expect(try trial.found("WORD_ab12 word_xab12") == ["our-word ab12", "our-word x"])
    let rule = try #require(trial.catalogue?.rules.first)
    #expect(rule.title == "Our word" && rule.packs == ["gitleaks", "words", "of-ours"])
  }

  @Test("secretGroup and entropy are those of gitleaks: more than the entropy")
  func entropy() throws {
    let trial = try GitleaksTrial(
      """
      [[rules]]
      id = "e"
      regex = '''k(=)([a-z]+)'''
      secretGroup = 2
      entropy = 2.0
      """)
    #expect(trial.remarks == ["rule e: exact, as gitleaks.e"])
    #expect(try trial.found("k=abcd k=abcde k=aaaa") == ["e abcde"])
  }

  @Test("what ends with white space ends at a line's end")
  func ends() throws {
    let trial = try GitleaksTrial(
      """
      [[rules]]
      id = "end"
      regex = '''(?:^|[^a-z])tok([a-z]{3})[\\s;]'''
      [[rules]]
      id = "choice"
      regex = '''cho-([a-z]{3})(?:["\\n\\r\\s]|$)'''
      [[rules]]
      id = "first"
      regex = '''\\sfir([a-z]{3})'''
      """)
    let edge = "where a line feed begins or ends it, the start or the end of a file does too"
    let twice = "what ends one match may begin the next; gitleaks does not find the second then"
    #expect(
      trial.remarks == [
        "rule end: approximated, as gitleaks.end: \(edge); \(twice)",
        "rule choice: exact, as gitleaks.choice",
        "rule first: approximated, as gitleaks.first: \(edge)",
      ])
    #expect(!trial.toml.contains("UTF"))
    let text = "tokabc\nxtokabc;\n tokabd;tokabe\ncho-abc\ncho-abcd\nfirabc\nx firabd xfirabe"
    #expect(
      try trial.found(text) == [
        "end abc", "end abd", "choice abc", "first abc", "first abd",
      ])
  }

  @Test("what goes over lines is approximated where it may, refused where it must")
  func lines() throws {
    let trial = try GitleaksTrial(
      """
      [[rules]]
      id = "may"
      regex = '''name\\s*=\\s*([a-z]+)'''
      [[rules]]
      id = "must"
      regex = '''BEGIN\\n([a-z]+)'''
      [[rules]]
      id = "flagged"
      regex = '''(?m)^only ([a-z]+)$'''
      [[rules]]
      id = "plain"
      regex = '''^only ([0-9]+)$'''
      """)
    #expect(
      trial.remarks == [
        #"rule may: approximated, as gitleaks.may: what it spans lines with ([\t\n\f\r ]) ends with the line"#,
        "rule must: refused: goes over several lines, and an expression sees one line without its end",
        "rule flagged: exact, as gitleaks.flagged",
        "rule plain: approximated, as gitleaks.plain: the end and the start of a file is that of each line",
      ])
    #expect(
      try trial.found("name = abc\nname =\nabc\nonly abc\nonly 12\nx only 12") == [
        "may abc", "flagged abc", "plain 12",
      ])
  }

  @Test("syntax of Go is written as PCRE2 reads it")
  func syntax() throws {
    var trial = try GitleaksTrial(
      #"""
      [[rules]]
      id = "names"
      regex = '''(?P<key>n)-(?P<value>[[:alpha:]]+)\z'''
      secretGroup = 2
      [[rules]]
      id = "numbers"
      regex = '''o\141\x62\x{63}\Q.*\E\v?{x}'''
      [[rules]]
      id = "letters"
      regex = '''p-\p{Lu}{2}'''
      [[rules]]
      id = "lazy"
      regex = '''q-(?U)[a-z]+-(?i:X)'''
      [[rules]]
      id = "wide"
      regex = '''r-.{3}-'''
      [[rules]]
      id = "texts"
      regex = '''s{,3}\Q+*\E{2}(\b)*[:=:]{01}'''
      [[rules]]
      id = "beyond"
      regex = '''u-\D+-\W{2}-'''
      [[rules]]
      id = "script"
      regex = '''t-\p{Greek}\p{Ll}'''
      """#)
    #expect(trial.remarks.count == 8)
    #expect(
      trial.remarks[0].hasSuffix(
        "approximated, as gitleaks.names: the end of a file is that of each line"))
    let crossing = trial.remarks.remove(at: 6)
    #expect(crossing.hasSuffix(#"what it spans lines with ([^\d] [^\w]) ends with the line"#))
    #expect(trial.remarks.dropFirst().allSatisfy { $0.contains(": exact, as gitleaks.") })
    #expect(
      try trial.found(
        "n-abc\noabc.*{x}\np-ÄÖ p-ab\nq-ab-x-x\nr-äöü-\ns{,3}+**:{01}\nt-αβ t-αΒ t-\u{342}a\nu-é-é€-\n"
      )
        == [
          "names abc", "numbers oabc.*{x}", "letters p-ÄÖ", "lazy q-ab-x", "wide r-äöü-",
          "texts s{,3}+**:{01}", "script t-αβ", "beyond u-é-é€-",
        ])
    #expect(
      try GitleaksTrial("[[rules]]\nid = 'r'\nregex = '(?i)\\p{Lu}'").remarks[0].hasSuffix(
        #"(?i) adds nothing to \p{Lu}, and the other case of its letters for Go"#))
  }

  @Test("what Go does not know is refused, with its reason and place")
  func notGo() throws {
    let refusals = [
      #"a(?=b)"#: "what Go does not know: looking around, or atomic, at character 5",
      #"(a)\1"#: "what Go does not know: a reference to a group, at character 6",
      #"a++"#: "a repetition of a repetition, at character 4",
      #"a\K"#: "an escape that Go does not know, at character 2",
      "a(b": "a group without its ), at character 4",
      "[b-a]": "a range from high to low, at character 5",
      "*": "nothing to repeat, at character 1",
      "{2}a": "nothing to repeat, at character 4",
      "a{1001}": "a repetition of more than 1000, at character 2",
      "a{3,2}": "a repetition from more to less, at character 2",
      "(?:a{40}){40}": "more than 1000 repetitions, within each other, at character 14",
      "(?i-)a": "an unknown flag or group, at character 5",
      "(?'n'a)": "an unknown flag or group, at character 3",
      "(?P<n>a)(?<n>b)": "two groups of one name, at character 13",
      "(?P<>a)": "a group's name has letters, digits and _, at character 5",
      #"[a-\d]"#: "a range that ends with a class, at character 6",
      "[[:letter:]]": "a class of a name that Go does not know, at character 2",
      #"\p{Alphabetic"#: "a property without its }, at character 4",
      #"\p{lu}"#: "a property that Go does not know, at character 7",
      #"\x{+41}"#: "hex digits stand in \\x{}, at character 8",
    ]
    for (regex, reason) in refusals {
      let trial = try GitleaksTrial("[[rules]]\nid = 'r'\nregex = '''\(regex)'''")
      #expect(trial.remarks == ["rule r: refused: is no expression of Go: \(reason)"])
      #expect(trial.toml.isEmpty)
    }
    let deep = String(repeating: "(", count: 300)
    #expect(
      try GitleaksTrial("[[rules]]\nid = 'r'\nregex = '\(deep)'").remarks[0].contains("too deeply"))
  }

  @Test("keywords that every match holds are exact, others are asked of the line")
  func keywords() throws {
    let trial = try GitleaksTrial(
      """
      [[rules]]
      id = "held"
      regex = '''(?:wordone|xWORDTWO)-[0-9]{4}'''
      keywords = ["WordOne", "wordtwo"]
      [[rules]]
      id = "loose"
      regex = '''[0-9]{5}'''
      keywords = ["loose"]
      """)
    #expect(
      trial.remarks == [
        "rule held: exact, as gitleaks.held",
        "rule loose: approximated, as gitleaks.loose: its keywords are looked for in the line, not in the whole file",
      ])
    #expect(
      try trial.found("wordone-1234 xWORDTWO-5678\nLOOSE 12345\n12345") == [
        "held wordone-1234", "held xWORDTWO-5678", "loose 12345",
      ])
  }

  @Test(
    "rules by path alone, without a report, and without a regex are refused; path with a regex is kept"
  )
  func paths() throws {
    let trial = try GitleaksTrial(
      """
      [[rules]]
      id = "names"
      path = '''\\.pem$'''
      [[rules]]
      id = "helper"
      regex = '''abc'''
      skipReport = true
      [[rules]]
      id = "nothing"
      [[rules]]
      id = "both"
      regex = '''abc'''
      path = '''(?i)\\.ENV$'''
      [[rules.required]]
      id = "helper"
      withinLines = 3
      """)
    #expect(
      trial.remarks == [
        "rule names: refused: has a path and no regex: it reports files by their names, and Weir what is in them",
        "rule helper: is left out: it is never reported by itself (skipReport)",
        "rule nothing: refused: has no regex",
        "rule both: approximated, as gitleaks.both: is reported also where what it requires is not near",
      ])
    #expect(try trial.found("abc", path: "x/.env") == ["both abc"])
    #expect(try trial.found("abc", path: "x/env") == [])
    let rooted = try GitleaksTrial("[[rules]]\nid = 'r'\nregex = 'abc'\npath = '^x/'")
    #expect(try rooted.found("abc", path: "./x/a") == ["r abc"])
    #expect(try rooted.found("abc", path: "./y/x/a") == [])
  }

  @Test("ids keep Weir's law, and stay different")
  func ids() throws {
    let long = "a-very-long-name-of-a-rule-with-an-end"
    let trial = try GitleaksTrial(
      ["A_b", "a-b", long, long + "2", "ü", "a-b"].map { "[[rules]]\nid = '\($0)'\nregex = 'x'\n" }
        .joined())
    let ids = trial.remarks.compactMap { $0.split(separator: " as ").last.map(String.init) }
    #expect(ids[0] == "gitleaks.a-b")
    let first = trial.catalogue?.rules.first { $0.id == ids[0] }
    #expect(first?.aliases == ["A_b"])
    #expect(ids.prefix(5).allSatisfy { $0.utf8.count <= 32 && $0.hasPrefix("gitleaks.") })
    #expect(Set(ids.prefix(5)).count == 5)
    #expect(trial.remarks[5] == "rule a-b: refused: its id is used twice")
  }

  @Test("keys are read in any case, unknown ones are named, and wrong values refused with the rule")
  func keys() throws {
    let trial = try GitleaksTrial(
      "colour = 1\n[[Rules]]\nID = 'r'\nRegex = 'a(b)(c)'\nSECRETGROUP = 2\nreport = true")
    #expect(
      trial.remarks == [
        "key colour: is not known, and does nothing",
        "rule r: approximated, as gitleaks.r: key report is not known, and does nothing",
      ])
    #expect(try trial.found("abc") == ["r c"])
    let wrong = [
      "[[rules]]\nid = 'r'\nregex = 1": "rule r: regex: expected a string",
      "[[rules]]\nid = 'r'\nkeywords = 'x'": "rule r: keywords: expected an array of strings",
      "rules = 1": "rules: expected a table, or several",
      "[[rules]]\nid = 'r'\n[[rules.allowlists]]\ncondition = 'NOT'":
        "rule r: allowlists: condition: expected OR or AND, not NOT",
      "[[rules]]\nid = 'r'\n[[rules.allowlists]]\nregexTarget = 'file'":
        "rule r: allowlists: regexTarget: expected secret, match or line, not file",
    ]
    for (text, reason) in wrong {
      #expect { try GitleaksTrial(text) } throws: { "\($0)".hasSuffix(reason) }
    }
    let refused = [
      "regex = 'a'\nsecretGroup = 1": "secretGroup 1: the expression has 0 groups",
      "regex = 'a'\nentropy = 9.5": "asks for an entropy of 9.5 bits a byte; there are 0 to 8",
    ]
    for (lines, reason) in refused {
      #expect(
        try GitleaksTrial("[[rules]]\nid = 'r'\n\(lines)").remarks == ["rule r: refused: \(reason)"]
      )
    }
    #expect(throws: (any Error).self) { try GitleaksTrial("[[rules]") }
  }
}
