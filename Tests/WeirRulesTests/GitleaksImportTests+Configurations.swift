import Testing
import WeirCore
import WeirRules

/// A configuration, what its rules find in an input, and what is said of it.
struct GitleaksCase: CustomTestStringConvertible, Sendable {
  let name: String
  let config: String
  var text: String
  /// Each as `rule secret`.
  var found: [String]
  /// Said of its rules and lists; nothing where all are exact.
  var said: [String] = []
  /// Parts of what is said of all its rules.
  var general: [String] = []

  var testDescription: String { name }

  func check() throws {
    let trial = try GitleaksTrial(config)
    #expect(trial.remarks.filter { !$0.contains(": exact, as ") } == said)
    #expect(try trial.found(text) == found)
    for part in general { #expect(trial.generalities.contains(part)) }
  }
}

/// Whole configurations: what is found differs from what they mean only where it is said.
extension GitleaksImportTests {
  private static let crosses =
    #"what it spans lines with ([^"]) ends with the line"#
  private static let twice =
    "what ends one match may begin the next; gitleaks does not find the second then"
  private static let ends =
    "where a line feed begins or ends it, the start or the end of a file does too"

  static let cases: [GitleaksCase] = [
    GitleaksCase(
      name: "white space may go over lines, and the blank behind an assignment too",
      config: #"[[rules]]\#nid = "w"\#nregex = '''word\s?=\s?([a-z]+)\b'''"#,
      text: "word = one\nword =\ntwo\nword=three", found: ["w one", "w three"],
      said: [
        #"rule w: approximated, as gitleaks.w: what it spans lines with ([\t\n\f\r ]) ends with the line"#
      ]),
    GitleaksCase(
      name: "a secret of everything but a quote ends with its line",
      config: #"[[rules]]\#nid = "q"\#nregex = '''="([^"]+)'''"#,
      text: "a=\"one\nb\"\nc=\"two\"\nd=\"", found: ["q one", "q two"],
      said: ["rule q: approximated, as gitleaks.q: \(crosses)"]),
    GitleaksCase(
      name: "everything before a word is as long as the file",
      config: #"[[rules]]\#nid = "b"\#nregex = '''[^"]*word-([a-z]+)'''"#,
      text: "word-one\nword-two", found: ["b one", "b two"],
      said: ["rule b: approximated, as gitleaks.b: \(crosses)"]),
    GitleaksCase(
      name: "blanks around a group are none of it, and may be a line's end",
      config: #"[[rules]]\#nid = "s"\#nregex = '''\s*word-([a-z]+)\s*'''"#,
      text: "  word-one  \n\n word-two", found: ["s one", "s two"]),
    GitleaksCase(
      name: "of matches that share what stands between them gitleaks finds the first",
      config: #"[[rules]]\#nid = "t"\#nregex = '''(?:^|\s)word-([a-z]+)(?:\s|$)'''"#,
      text: "word-one\nword-two word-three", found: ["t one", "t two"],
      said: ["rule t: approximated, as gitleaks.t: \(twice)"]),
    GitleaksCase(
      name: "the start or end of a file is found where something has to stand",
      config: #"[[rules]]\#nid = "e"\#nregex = '''word-([a-z]+)[\s;]'''"#,
      text: "word-one;word-two", found: ["e one", "e two"],
      said: ["rule e: approximated, as gitleaks.e: \(ends)"]),
    GitleaksCase(
      name: "(?m) makes ^ and $ those of lines; \\A and \\z stay those of the file",
      config: #"""
        [[rules]]
        id = "lines"
        regex = '''(?m)^l-([a-z]+)$'''
        [[rules]]
        id = "file"
        regex = '''(?m)\Af-([a-z]+)'''
        [[rules]]
        id = "inner"
        regex = '''(?m:^)i-([a-z]+)$'''
        """#,
      text: "l-one\nf-two\ni-three", found: ["lines one", "file two", "inner three"],
      said: [
        "rule file: approximated, as gitleaks.file: the start of a file is that of each line",
        "rule inner: approximated, as gitleaks.inner: the end of a file is that of each line",
      ]),
    GitleaksCase(
      name: "a group that holds nothing is a secret of nothing",
      config: #"[[rules]]\#nid = "g"\#nregex = '''k(x)?-([a-z]+)'''\#nsecretGroup = 1"#,
      text: "kx-one k-two", found: ["g x"],
      said: [
        "rule g: approximated, as gitleaks.g: where the secret is empty gitleaks reports that, and Weir nothing"
      ]),
    GitleaksCase(
      name: "two rules for one secret, and stars",
      config: """
        [[rules]]
        id = "outer"
        regex = '''word-[a-z*]+'''
        [[rules]]
        id = "inner"
        regex = '''word-([a-z*]+)'''
        """,
      text: "word-one word-********", found: ["outer word-one"],
      general: ["a secret inside another finding is not reported again", "eight of them"]),
    GitleaksCase(
      name: "entropy, letters in any case, characters and paths are told of",
      config: #"""
        [[rules]]
        id = "all"
        regex = '''(?i)word ([^\n]{3})'''
        entropy = 1.5
        path = '''\.txt$'''
        keywords = ["WORD"]
        [[rules.allowlists]]
        regexes = ['''(?i)^k''']
        """#,
      text: "Word äöü\nword abc\nword aaa\nword kkb", found: ["all äöü", "all abc"],
      general: [
        "entropy is that of bytes", "of ASCII alone", "matches UTF-8 alone",
        "standard input has no path",
        "lines of more than 16 KiB",
      ]),
  ]

  @Test("what is found is what a configuration means, or a reason is said", arguments: cases)
  func configuration(_ configuration: GitleaksCase) throws { try configuration.check() }
}
