import Testing
import Trials
import WeirCore
import WeirRules
import WeirSpecimens

@Suite("Regular expressions are rules like others")
struct RegexTests {
  /// A rule file of one provider. Each rule is its noun and the lines that are its own.
  static func catalogue(_ rules: (noun: String, lines: String)...) throws -> Catalogue {
    let text = rules.reduce("provider = 'own'\nname = 'Own'\n") { text, rule in
      text + """

        [[rule]]
        id = 'own.\(rule.noun)'
        title = 'a word'
        power = 'read'
        revoke = 'nowhere'
        packs = ['own']
        \(rule.lines)

        """
    }
    return try RuleFolder.compile(try RuleFile.definitions(path: "own.toml", text: text))
  }

  /// Rules of all kinds, over words that nothing else looks for.
  static let mixed = Result {
    try catalogue(
      ("word", #"regex = '\bw-[a-z]{3,9}\b'"#),
      ("value", "regex = '(?i)name: *\"?([a-z0-9+]{4,})'\nsecret-group = 1\nkeywords = ['NAME']"),
      ("line", "regex = '^begin (.+) end$'\nsecret-group = 1\nspecificity = 'generic'"),
      ("twice", #"regex = '([a-z]{2})=\1'"#), ("wide", "regex = '(*UTF)ü{2,}'"),
      ("shape", "shape = \"'sh_' hex{8}\""),
      ("long", "shape = \"'op_' lower-alnum{4,}\"\nspecificity = 'generic'"))
  }

  static let policies = [
    Policy(keepsRefuted: true, masksUnjudged: true, key: FingerprintKey(Array(0..<32))),
    Policy(countsLines: true),
  ]

  /// What was found, as `rule` and the secret.
  static func found(
    _ text: String, _ catalogue: Catalogue, at place: InputPlace? = nil
  ) throws -> [String] {
    try found(Array(text.utf8), catalogue, at: place)
  }

  static func found(
    _ bytes: [UInt8], _ catalogue: Catalogue, at place: InputPlace? = nil
  ) throws -> [String] {
    var sink = RecordingSink { _, _ in [] }
    var scanner = try Scanner(catalogue: catalogue, policy: .scan)
    if let place { scanner.begin(at: place) }
    scanner.room(for: bytes.count).copyBytes(from: bytes)
    scanner.append(count: bytes.count)
    try scanner.finish(into: &sink)
    return sink.findings.map {
      let secret = String(decoding: bytes[Int($0.start)..<Int($0.end)], as: UTF8.self)
      return catalogue.ruleID($0.rule).dropFirst(4) + " " + secret
    }
  }

  // MARK: Lines

  private static let texts: [String] = [
    "", "\n", "\n\n\n", "w-abc", "w-abc\n", "\nw-abc", "w-ab\nc w-abcdefghi\r\nw-abcdefghij\n",
    "Name: \"abc+1\"\nname:\nfour\nNAME:abcd", "begin w-abc sh_0123abcd end\nbegin x end \n",
    "ab=ab=ab\u{0}ab=ba cd=cd", "üü ü\nüüü\u{ff}", "op_abcdw-abc op_w\nbegin op_abcde end",
    "x sh_0123abcdw-abc name: sh_0123abcd\n", "WEIR_REDACTED_own.w-abc w-abc\n***** w-abc",
    String(repeating: "name: abcd w-abc\n", count: 9), "begin \u{80}\u{fe} end\nw-abc\n",
  ]

  @Test("every split, every block and every pause gives the one-shot result")
  func everySplit() throws {
    let catalogue = try Self.mixed.get()
    var findingCount = 0
    for text in Self.texts {
      let bytes = Array(text.utf8)
      for policy in Self.policies {
        let whole = try scan(bytes, policy: policy, catalogue: catalogue)
        findingCount += whole.findings.count
        for place in 0...bytes.count {
          let two = [bytes[..<place], bytes[place...]]
          #expect(
            try scan(two, policy: policy, catalogue: catalogue) == whole, "\(text) at \(place)")
          #expect(try scanWithPauses(two, policy: policy, catalogue: catalogue) == whole)
        }
        for size in [1, 3, 16] {
          let pieces = stride(from: 0, to: bytes.count, by: size).map {
            bytes[$0..<min($0 + size, bytes.count)]
          }
          #expect(try scan(pieces, policy: policy, catalogue: catalogue) == whole)
          #expect(try scanInBlocks(pieces, policy: policy, catalogue: catalogue) == whole)
          #expect(try scanWithPauses(pieces, policy: policy, catalogue: catalogue) == whole)
        }
      }
    }
    #expect(findingCount > 60)
  }

  @Test("lines of any length are matched in the same windows, however they come")
  func longLines() throws {
    let catalogue = try Self.mixed.get()
    var random = SplitMix64(seed: 31)
    for count in [8191, 16383, 16384, 16385, 24576, 24577, 40_000] {
      var bytes = [UInt8](repeating: UInt8(ascii: "."), count: count)
      for place in [0, 8185, 8190, 16376, 16380, 16384, 24570, 32764]
        + (0..<5).map({ _ in random.below(count) })
      where place + 9 <= count {
        bytes.replaceSubrange(
          place..<place + 9,
          with: Array(random.pick([" w-abcde.", "sh_0123ab", "ab=ab=ab.", "op_abcdw-"]).utf8))
      }
      for ending in ["", "\n", "\nw-last\n"] {
        let text = bytes + Array(ending.utf8)
        for policy in Self.policies {
          let whole = try scan(text, policy: policy, catalogue: catalogue)
          #expect(!whole.findings.isEmpty)
          for most in [700, 9000, 20_000] {
            let pieces = randomChunks(of: text, atMost: most, random: &random)
            #expect(try scan(pieces, policy: policy, catalogue: catalogue) == whole)
            #expect(try scanInBlocks(pieces, policy: policy, catalogue: catalogue) == whole)
          }
        }
      }
    }
  }

  @Test("a match of up to 8 KiB is found wherever it stands in a long line")
  func acrossWindows() throws {
    let catalogue = try Self.catalogue(("run", "regex = '<[^>]*>'"))
    for start in stride(from: 0, to: 20_000, by: 997) {
      let secret = "<" + String(repeating: "x", count: 8190) + ">"
      let text =
        String(repeating: ".", count: start) + secret + String(repeating: ".", count: 20_000)
      #expect(try Self.found(text, catalogue) == ["run " + secret])
    }
  }

  @Test("where a line is cut no line begins or ends")
  func cutLines() throws {
    let catalogue = try Self.catalogue(("start", "regex = '^..'"), ("end", "regex = '..$'"))
    let line = "ab" + String(repeating: ".", count: 50_000) + "yz"
    #expect(
      try Self.found(line + "\n" + line, catalogue).sorted() == [
        "end yz", "end yz", "start ab", "start ab",
      ])
  }

  @Test("a line of 16 KiB is one window, and what follows it is none of it")
  func wholeWindow() throws {
    let catalogue = try Self.catalogue(("whole", "regex = '^a[^a]*z$'"))
    for (count, isFound) in [(16_383, true), (16_384, true), (16_385, false)] {
      let line = "a" + String(repeating: ".", count: count - 2) + "z"
      for text in [line, line + "\n", "\n" + line + "\na"] {
        let whole = try Self.found(text, catalogue)
        #expect(whole.count == (isFound ? 1 : 0), "\(count)")
        let bytes = Array(text.utf8)
        for place in [bytes.count - 2, bytes.count - 1] {
          let cut = try scan([bytes[..<place], bytes[place...]], catalogue: catalogue)
          #expect(cut == (try scan(bytes, catalogue: catalogue)))
        }
      }
    }
  }

  // MARK: Decisions

  @Test("containment is that of shapes: the whole is reported, and what sticks out")
  func containment() throws {
    let catalogue = try Self.catalogue(
      ("inner", "regex = 'aa[0-9]'"), ("outer", "shape = \"'zq_' lower-alnum{6}\""),
      ("same", "regex = 'zq_[a-z0-9]{6}'"),
      ("vague", "regex = 'id \\w+'\nspecificity = 'generic'"))
    #expect(try Self.found("x zq_aa1aa2 y", catalogue) == ["outer zq_aa1aa2"])
    #expect(try Self.found("x zq_12345aa1 y", catalogue) == ["same zq_12345a", "inner aa1"])
    #expect(try Self.found("x id zq_aa1aa2\n", catalogue) == ["outer id zq_aa1aa2"])
    #expect(try Self.found("x id aa\n", catalogue) == ["vague id aa"])
    // Of the same secret the lesser id speaks, with a form or without.
    let equals = try Self.catalogue(
      ("a", "regex = 'zq_[a-z0-9]{6}'"), ("b", "shape = \"'zq_' lower-alnum{6}\""))
    #expect(try Self.found("x zq_aa1aa2 y", equals) == ["a zq_aa1aa2"])
  }

  @Test("what was redacted stays as it is, and nothing is found in it")
  func twice() throws {
    let catalogue = try Self.mixed.get()
    for text in Self.texts {
      for mask in MaskMode.allCases {
        let policy = Self.policies[0]
        let once = try scan(Array(text.utf8), policy: policy, catalogue: catalogue, mask: mask)
        let again = try scan(once.output, policy: policy, catalogue: catalogue, mask: mask)
        #expect(again.output == once.output && again.findings.isEmpty, "\(text) \(mask)")
      }
    }
  }

  @Test("a rule that takes too many steps masks the window in redact, and is counted")
  func overLimit() throws {
    let catalogue = try Self.catalogue(
      ("slow", "regex = '(x|xx)+(?<!x)y'"), ("word", #"regex = '\bw-[a-z]{3,9}\b'"#))
    let slow = "w-abc " + String(repeating: "x", count: 60) + "y"
    let text = Array("w-abc\n\(slow)\nw-abc\n".utf8)
    let masked = "WEIR_REDACTED_own.word\nWEIR_REDACTED_own.slow\nWEIR_REDACTED_own.word\n"
    for size in [1, 7, text.count] {
      let pieces = stride(from: 0, to: text.count, by: size).map {
        text[$0..<min($0 + size, text.count)]
      }
      let redacted = try scan(pieces, catalogue: catalogue)
      #expect(String(decoding: redacted.output, as: UTF8.self) == masked)
      #expect(redacted.findings.count == 2)
      let scanned = try scan(pieces, policy: .scan, catalogue: catalogue)
      #expect(scanned.findings.count == 3)
    }
    var scanner = try Scanner(catalogue: catalogue, policy: .scan)
    var sink = NoSink()
    scanner.room(for: text.count).copyBytes(from: text)
    scanner.append(count: text.count)
    try scanner.finish(into: &sink)
    #expect(scanner.unjudgedWindows.map { "\($0.ruleID) \($0.count)" } == ["own.slow 1"])
    scanner.restart()
    #expect(scanner.unjudgedWindows.isEmpty)
  }

  @Test("rules that nobody asks for hold no line back")
  func leftOut() throws {
    let catalogue = try Self.mixed.get()
    let shape = try #require(catalogue.rules.firstIndex { $0.id == "own.shape" })
    var policy = Policy.redact
    for (reported, isHeld) in [(RuleSet([shape]), false), (nil, true)] {
      policy.reported = reported
      var sink = RecordingSink { _, _ in [] }
      var scanner = try Scanner(catalogue: catalogue, policy: policy)
      scanner.room(for: 4).copyBytes(from: Array("a b ".utf8))
      scanner.append(count: 4)
      try scanner.advance(into: &sink)
      #expect(sink.output.isEmpty == isHeld)
    }
  }
}
