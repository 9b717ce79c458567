import Testing
import WeirCore
import WeirRules

/// How configurations are written.
extension GitleaksImportTests {
  static let writings: [GitleaksCase] = [
    GitleaksCase(
      name: "inline tables",
      config:
        "rules = [{ id = 'i', regex = 'k-([a-z]+)', allowlists = [{ stopwords = ['TWO'] }] }]",
      text: "k-one k-two", found: ["i one"]),
    GitleaksCase(
      name: "dotted keys",
      config:
        "allowlist.regexes = ['^t']\n[[rules]]\nid = 'd'\nregex = 'k-([a-z]+)'\nallowlist.stopwords = ['four']",
      text: "k-one k-two k-four", found: ["d one"]),
    GitleaksCase(
      name: "strings of several lines",
      config: "[[rules]]\nid = \"\"\"\\\n   m\"\"\"\nregex = '''\nk-([a-z]+)'''",
      text: "k-one", found: ["m one"]),
    GitleaksCase(
      name: "a byte order mark, and carriage returns",
      config: "\u{FEFF}# ours\r\n[[rules]]\r\nid = 'c'\r\nregex = '''k-([a-z]+)'''\r\n",
      text: "k-one\r\n", found: ["c one"]),
    GitleaksCase(
      name: "a table in the place of several",
      config: "[rules]\nid = 't'\nregex = 'k-([a-z]+)'", text: "k-one", found: ["t one"]),
    GitleaksCase(
      name: "helpers of composite rules are left out; what needs them is reported without",
      config: """
        [[rules]]
        id = "first"
        regex = '''k-([a-z]+)'''
        [[rules.required]]
        id = "helper"
        withinLines = 3
        near = 1
        [[rules]]
        id = "helper"
        regex = '''h-([a-z]+)'''
        skipReport = true
        """,
      text: "k-one h-two", found: ["first one"],
      said: [
        "rule first: approximated, as gitleaks.first: is reported also where what it requires is not near; key required.near is not known, and does nothing",
        "rule helper: is left out: it is never reported by itself (skipReport)",
      ]),
    GitleaksCase(
      name: "lists in both ways",
      config: """
        [allowlist]
        stopwords = ["one"]
        [[allowlists]]
        stopwords = ["two", ""]
        [[rules]]
        id = "b"
        regex = '''k-([a-z]+)'''
        keywords = ["", "k-"]
        [rules.allowlist]
        stopwords = ["three"]
        [[rules.allowlists]]
        stopwords = ["four"]
        """,
      text: "k-one k-two k-three k-four k-five", found: ["b five"],
      said: [
        "allowlist and allowlists: gitleaks takes one, and refuses both; here both hold",
        "rule b: approximated, as gitleaks.b: an empty keyword is left out; allowlist and allowlists: gitleaks takes one, and refuses both; here both hold",
        "allow-list: an empty stopword is left out",
      ]),
    GitleaksCase(
      name: "keys that nobody knows",
      config:
        "[extend]\ndeep = 1\n[[rules]]\nid = 'u'\nregex = 'k-([a-z]+)'\nseverity = 'x'\n[[rules.allowlists]]\nstopwords = ['two']\nfiles = []",
      text: "k-one k-two", found: ["u one"],
      said: [
        "key extend.deep: is not known, and does nothing",
        "rule u: approximated, as gitleaks.u: key severity is not known, and does nothing; allow-list: key files is not known, and does nothing",
      ]),
  ]

  @Test("what is written in another way means the same", arguments: writings)
  func written(_ configuration: GitleaksCase) throws { try configuration.check() }

  @Test("what is zero or empty takes nothing from a rule that it extends")
  func nothing() throws {
    let trial = try GitleaksTrial(
      "[extend]\npath = 'base'\nuseDefault = true\n[[rules]]\nid = 'a'\nregex = ''\npath = ''\nentropy = 0\nsecretGroup = 0",
      files: ["base": "[[rules]]\nid = 'a'\nregex = '(k)-([a-z]+)'\nentropy = 1.5\nsecretGroup = 2"]
    )
    #expect(try trial.found("k-abc k-aab") == ["a abc"])
    #expect(
      trial.remarks.contains(
        "extend: useDefault and path: gitleaks takes one, and refuses both; here both hold"))
  }
}
