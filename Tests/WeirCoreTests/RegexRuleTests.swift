import Testing
import WeirCore
import WeirRules
import WeirSpecimens

@Suite("What a rule with an expression says is what it finds")
struct RegexRuleTests {
  private func found(
    _ lines: String, in text: String, at place: InputPlace? = nil
  ) throws -> [String] {
    try RegexTests.found(text, try RegexTests.catalogue(("r", lines)), at: place).map {
      String($0.dropFirst(2))
    }
  }

  @Test("the secret is the match, a group, or the first group that holds something")
  func groups() throws {
    #expect(try found("regex = 'a(b?)(c)'", in: "abc ac") == ["abc", "ac"])
    #expect(try found("regex = 'a(b?)(c)'\nsecret-group = 1", in: "abc ac") == ["b"])
    #expect(try found("regex = 'a(b?)(c)'\nsecret-group = 'first'", in: "abc ac") == ["b", "c"])
    #expect(try found("regex = 'a(b?)(c?)'\nsecret-group = 'first'", in: "abc a") == ["b", "a"])
    #expect(try found("regex = 'x*'", in: "axxbx") == ["xx", "x"])
    #expect(try found("regex = '(?<=k)v+(?=;)'", in: "kvv;vv;kv") == ["vv"])
  }

  @Test("the secret has more entropy than the rule asks for, in bits a byte")
  func entropy() throws {
    let rule = "regex = 'k=([a-z]+)'\nsecret-group = 1\nentropy = "
    // Two bits: four letters, each as often.
    #expect(try found(rule + "1.9", in: "k=abcdabcd") == ["abcdabcd"])
    #expect(try found(rule + "2.0", in: "k=abcdabcd") == [])
    #expect(try found(rule + "2", in: "k=abcdabcde") == ["abcdabcde"])
    #expect(try found(rule + "0", in: "k=aaaa") == [])
  }

  @Test("a rule with keywords is run on lines that hold one, in any case")
  func keywords() throws {
    let rule = "regex = '[0-9]{4}'\nkeywords = ['Acme', 'b.c']"
    #expect(try found(rule, in: "acme 1234\nx 5678\nb.c 9012\nbxc 3456") == ["1234", "9012"])
    // Hyperscan is no help for this one.
    #expect(try found(rule.replacing("'[0", with: "'(*UTF)[0"), in: "ACME 1234\n5678") == ["1234"])
  }

  @Test("what the rule allows is no finding")
  func allowances() throws {
    func allowed(_ lines: String) throws -> [String] {
      try found(
        "regex = 'k=([a-z]+);'\nsecret-group = 1\n[[rule.allow]]\n" + lines,
        in: "k=one; k=two; x\nk=three;\n",
        at: InputPlace(path: Array("src/a.txt".utf8), commit: "c0ffee"))
    }
    #expect(try allowed("regexes = ['^o']") == ["two", "three"])
    #expect(try allowed("regexes = [';$']\ntarget = 'match'") == [])
    #expect(try allowed("regexes = [' x$']\ntarget = 'line'") == ["three"])
    #expect(try allowed("stopwords = ['HRE', 'nothing']") == ["one", "two"])
    #expect(try allowed("paths = ['^src/']") == [])
    #expect(try allowed("paths = ['^lib/']") == ["one", "two", "three"])
    #expect(try allowed("commits = ['C0FFEE']") == [])
    #expect(try allowed("paths = ['^src/']\nregexes = ['w']\nall = true") == ["one", "three"])
    #expect(try allowed("paths = ['^lib/']\nregexes = ['w']\nall = true").count == 3)
    #expect(try allowed("paths = ['^lib/']\nregexes = ['w']") == ["one", "three"])
  }

  @Test("a path says for which inputs a rule is; of one without a place it speaks in any case")
  func path() throws {
    let rule = "regex = 'abc'\npath = '\\.env$'"
    #expect(try found(rule, in: "abc", at: InputPlace(path: Array("x/.env".utf8))) == ["abc"])
    #expect(try found(rule, in: "abc", at: InputPlace(path: Array("x/.envs".utf8))) == [])
    #expect(try found(rule, in: "abc") == ["abc"])
  }

  @Test("an expression sees bytes, or characters where it says so")
  func characters() throws {
    #expect(try found("regex = 'a.c'", in: "aüc abc") == ["abc"])
    #expect(try found("regex = '(*UTF)a.c'", in: "aüc abc") == ["aüc", "abc"])
    #expect(try found(#"regex = '(*UTF)\p{Lu}{2}'"#, in: "ÄÖ ab") == ["ÄÖ"])
    #expect(try found(#"regex = '(*UTF)\D\W\S='"#, in: "éüß=") == ["éüß="])
    let catalogue = try RegexTests.catalogue(("r", "regex = '(*UTF)a.c'"))
    #expect(try RegexTests.found([0xC3, 0x61, 0x62, 0x63, 0xFF], catalogue) == ["r abc"])
  }

  /// Letters, sets and structure of expressions, put together at random.
  private func expression(_ random: inout SplitMix64, depth: Int = 0) -> String {
    let atoms = [
      "a", "b", "ab", "1", " ", "_", #"\w"#, #"\d"#, #"\s"#, #"\S"#, ".", "[ab]", "[^a]", "[a-c1]",
      #"\b"#,
      "^", "$", #"\W"#, "[[:alpha:]]", #"\x61"#, #"\h"#, #"\."#, "(?i)B", #"(?=a)"#, #"(?<!b)"#,
      #"(a|b)\1"#,
    ]
    var text = ""
    for _ in 0...random.below(3) {
      if depth < 2, random.below(4) == 0 {
        let inner = expression(&random, depth: depth + 1)
        text += random.pick(["(\(inner))", "(?:\(inner)|b)", "(?>\(inner))"])
      } else {
        text += random.pick(atoms)
      }
      if let last = text.last, last != "$", last != "^", random.below(3) == 0 {
        text += random.pick(["*", "+", "?", "{2}", "{1,3}", "+?", "*+"])
      }
    }
    return text
  }

  @Test("Hyperscan keeps nothing from PCRE2: with it and without it the same is found")
  func prefilter() throws {
    var random = SplitMix64(seed: 33)
    let letters = Array("aabbc1 _.\tB".utf8)
    var findingCount = 0
    for _ in 0..<60 {
      let expressions = (0..<8).map { _ in expression(&random) }
      // What sees characters is not given to Hyperscan.
      let rules = expressions.map { "regex = '\($0)'\nspecificity = 'provider'" }
      let text = String(
        decoding: (0..<300).map { _ in random.below(20) == 0 ? 0x0A : random.pick(letters) },
        as: UTF8.self)
      for (number, rule) in rules.enumerated() {
        let with: [String]
        do { with = try found(rule, in: text) } catch { continue }
        let without = try found(rule.replacing("regex = '", with: "regex = '(*UTF)"), in: text)
        #expect(with == without, "\(expressions[number]) in \(text.debugDescription)")
        findingCount += with.count
      }
    }
    #expect(findingCount > 5000)
  }
}
