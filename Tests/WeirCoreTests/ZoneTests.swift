import Oracle
import Testing
import WeirCore
import WeirSpecimens

/// What ends and begins at the edges of zones; all compared with the oracle at every cut.
@Suite("Zones hold to the byte")
struct ZoneTests {
  /// - Parameter starts: where the findings' secrets begin.
  private func expectStarts(
    _ starts: [Int], in text: String, rules: [RuleDefinition],
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let catalogue = try Catalogue(compiling: rules)
    let input = Array(text.utf8)
    let found = try scan(input, policy: .scan, catalogue: catalogue).findings
    #expect(found.map { Int($0.start) } == starts, "\(text)", sourceLocation: sourceLocation)
    for policy in [Policy.redact, .scan] {
      let oracle = Oracle(rules: rules, policy: policy)
      for place in input.indices {
        let agrees = try expectAgreement(
          input, policy, oracle, chunks: [input[..<place], input[place...]], note: text,
          catalogue: catalogue)
        if !agrees { return }
      }
    }
  }

  @Test("a cue that ends with a mask's head begins a zone that the mask does not end")
  func cueAtMaskEnd() throws {
    let rules = [try TestRule.make("t.value", "'v' set(a-z0-9){9}", cue: ["redacted"])]
    try expectStarts([15], in: "WEIR_REDACTED: vq7w3k9x2m\n", rules: rules)
    // The zone of an earlier cue ends there, and the next begins.
    try expectStarts([25], in: "redacted, WEIR_REDACTED: vq7w3k9x2m\n", rules: rules)
  }

  @Test(
    "a line's end ends a zone, whatever stands behind it", arguments: ["", " ", "\t- ", ".", "v"])
  func lineEnds(behind: String) throws {
    let rules = [try TestRule.make("t.value", "'v' set(a-z0-9){9}", cue: ["tok"])]
    try expectStarts([4], in: "tok vq7w3k9x2m\n\(behind) vq7w3k9x2m\n", rules: rules)
    try expectStarts([], in: "tok\n\(behind) vq7w3k9x2m\n", rules: rules)
  }

  @Test("an escape that begins before its zone does is one")
  func escapeAcrossTheCue() throws {
    let rules = [try TestRule.make("t.value", "set(a-z0-9;){10,20}", cue: ["&quo"])]
    try expectStarts([6], in: "&quot;q7w3k9x2m5\n", rules: rules)
  }

  @Test(
    "behind each escape a value begins, also where the alphabet has the escape's bytes",
    arguments: [
      "\u{1B}[38;5;123;48;m", "\u{1B}[0m", "\\u0022", "%22", "=22", "&quot;", "\\n", "\\t", "\\r",
      "\\u001b[38;5;123;48;m", "\\033[0K", "#033[1m", "^[[0m", "#011", "\\x22", "\\012", "%2522",
      "&#x0022;", "\\u0022#033[1m", "^\\e[1m",
    ])
  func escapes(escape: String) throws {
    let rules = [
      try TestRule.make("t.value", "set(a-z0-9;){12,40}", cue: ["tok"]),
      try TestRule.make("t.other", "'v' set(a-z0-9){9}", cue: ["tok"]),
    ]
    let place = 4 + escape.utf8.count
    try expectStarts([place], in: "tok \(escape)vq7w3k9x2m\n", rules: [rules[1]])
    // One that is too long with any byte of the escape.
    let exact = [try TestRule.make("t.exact", "set(a-z0-9){12}", cue: ["tok"])]
    try expectStarts([place], in: "tok \(escape)q7w3k9x2m5a8\n", rules: exact)
    let input = Array("tok \(escape)q7w3k9x2m5a8 \(escape)z\(escape)q7w3k9x2m5a8\n".utf8)
    let catalogue = try Catalogue(compiling: rules)
    let oracle = Oracle(rules: rules, policy: .redact)
    for cut in input.indices {
      try expectAgreement(
        input, .redact, oracle, chunks: [input[..<cut], input[cut...]], note: escape,
        catalogue: catalogue)
    }
  }

  @Test("the longest colour is an escape where the alphabet has its last byte")
  func longestColour() throws {
    let rules = [try TestRule.make("t.value", "set(m-z) digits{6}", cue: ["tok"])]
    try expectStarts([19], in: "tok \u{1B}[38;5;123;48;mq290718 ", rules: rules)
    try expectStarts([], in: "tok \u{1B}[38;5;123;48;5mq290718 ", rules: rules)
  }

  @Test("an escape is one also where a pair is armed by a source inside another")
  func escapesInLateParts() throws {
    let rules = [
      try TestRule.make(
        "t.source", "'<w=' set(a-z0-9<=%x){1,40} secret:'!' | '<m=' secret:set(b){2}"),
      try TestRule.make("t.pair", "set(a-f0-9){4}", pair: "t.source", within: 20),
    ]
    try expectStarts([11], in: "<w=<m=bb%41c7d3!", rules: rules)
    try expectStarts([], in: "<w=<m=bbx41c7d3!", rules: rules)
  }

  @Test("a zone that another outlasts ends where it reaches to")
  func outlasted() throws {
    let rules = [
      try TestRule.make("t.near", "'v' digits{6}", cue: ["tok"], within: 8),
      try TestRule.make("t.far", "'w' digits{6}", cue: ["key"], within: 60),
    ]
    try expectStarts([11], in: "key tok    v290718 ", rules: rules)
    try expectStarts([14], in: "key tok       v290718 ", rules: rules)
    try expectStarts([], in: "key tok        v290718 ", rules: rules)
    try expectStarts([15], in: "key tok        w290718 ", rules: rules)
    try expectStarts([15], in: "tok key        w290718 ", rules: rules)
  }

  @Test("only what begins for a rule of its own zone is looked at, from where the zone begins")
  func shared() throws {
    let rules = [
      try TestRule.make("t.low", "lower{6} digits{3}", cue: ["tok"], within: 40),
      try TestRule.make("t.any", "lower-alnum{12}", cue: ["key"], within: 40),
    ]
    try expectStarts([9], in: "key tok: abcqwe290 ", rules: rules)
    try expectStarts([], in: "key tok: 7abcqwe290 ", rules: rules)
    try expectStarts([4], in: "key abcqwe290718 tok: ", rules: rules)
    try expectStarts([], in: "abcqwe290 tok key abcqwe29071 ", rules: rules)
  }

  @Test("a pair's zone begins where its source ends, also when another zone is walked from before")
  func pairBehindAnotherZone() throws {
    let rules = [
      try TestRule.make("t.source", "'<w=' set(a-z){4}"),
      try TestRule.make("t.pair", "set(a-z.){8}", pair: "t.source", within: 20),
      try TestRule.make("t.other", "'v' digits{6}", cue: ["key"], within: 40),
    ]
    try expectStarts([4], in: "key <w=qzkw.jvn ", rules: rules)
    try expectStarts([4, 12], in: "key <w=qzkw pmtr.jvn ", rules: rules)
  }

  @Test("inside a run of its own alphabet nothing begins, although another zone's rule does there")
  func insideItsRun() throws {
    // No byte of a word among them: then no left edge is asked for.
    let rules = [
      try TestRule.make("t.low", "set(+.,){6}", cue: ["tok"], within: 40),
      try TestRule.make("t.any", "set(+.,/:;){10}", cue: ["key"], within: 40),
    ]
    try expectStarts([9], in: "key tok: +.:;,/.+:, ", rules: rules)
    try expectStarts([], in: "key tok: /+.:;,/.+:, ", rules: rules)
  }
}
