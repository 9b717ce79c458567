import Oracle
import Testing
import WeirCore
import WeirSpecimens

/// Texts strung together of what a few rules are made of, so that their matches nest, touch and cross.
@Suite("Matches that meet")
struct MeetingRuleTests {
  /// Strings random pieces together and compares with the oracle, whole and cut.
  private func expectAgreements(
    of rules: [RuleDefinition], pieces: [String], seed: UInt64, count: Int, mostPieces: Int
  ) throws {
    let catalogue = try Catalogue(compiling: rules)
    let pieces = pieces.map { Array($0.utf8) }
    var random = SplitMix64(seed: seed)
    var failures = 0
    for policy in [Policy.redact, .scan] {
      let oracle = Oracle(rules: rules, policy: policy)
      for turn in 0..<count * Scale.factor where failures < 3 {
        var input: [UInt8] = []
        for _ in 0...random.below(mostPieces) { input += random.pick(pieces) }
        let chunks =
          turn % 2 == 0
          ? [input[...]]
          : randomChunks(of: input, atMost: random.pick([1, 6, 40]), random: &random)
        let agrees = try expectAgreement(
          input, policy, oracle, chunks: chunks, note: "seed \(seed), turn \(turn)",
          catalogue: catalogue)
        if !agrees { failures += 1 }
      }
    }
  }

  @Test("a pair armed by a source that ends inside another reaches as far as any")
  func latePairs() throws {
    let rules = [
      try TestRule.make(
        "t.source",
        "'<w=' set(a-z<=>){1,40} '!' | '<k=' set(a-z<=){1,14} '>' | '<m=' set(b){2}"),
      try TestRule.make("t.pair", "set(a-c){2,5}", pair: "t.source", within: 10),
      try TestRule.make(
        "t.parts", "set(a-c){1,4} '=' set(a-c=){2,6}", pair: "t.source", within: 18),
      try TestRule.make("t.long", "set(a-c<=>){6,30}", pair: "t.source", within: 12),
    ]
    try expectAgreements(
      of: rules,
      pieces: [
        "<w=", "<k=", "<m=bb", "<m=bb ", "<k=a>", "abc", "ab", "ca=", "cab", ">", "!", "=", "<",
        " ", "z", "\n", "acb acb", "WEIR_REDACTED",
      ], seed: 131, count: 6000, mostPieces: 14)
  }

  /// Sources whose secrets stand for none: they hide nothing of what lies in them, and arm all the same.
  private static let hollowSource =
    "'<w=' set(a-z<=>){1,60} secret:'!' | '<k=' set(a-z<=){1,14} secret:'>' | '<m=' secret:set(b){2}"
    + " | '<e=' secret:set(b){2} '%41'"

  @Test("also inside the source that ends last")
  func latePairsInside() throws {
    let rules = [
      try TestRule.make("t.source", Self.hollowSource),
      try TestRule.make("t.near", "set(a-c){2,5}", pair: "t.source", within: 3),
      try TestRule.make("t.far", "set(a-f){3,6}", pair: "t.source", within: 14),
      try TestRule.make("t.cued", "set(x-z){2,5}", cue: ["ca="], within: 30),
    ]
    try expectAgreements(
      of: rules,
      pieces: [
        "<w=", "<k=", "<m=bb", "<m=bb=", "<k=a>", "abc", "ab", "ca=", "cab", ">", "!", "=", "<",
        "z", "zyx", "====", "<k=a>abc=", "abc=abd=", "fed", " ",
      ], seed: 137, count: 6000, mostPieces: 16)
  }

  @Test("a placeholder takes no credential with it that begins in the same run")
  func insidePlaceholders() throws {
    let rules = [
      try TestRule.make("t.open", "'tok_' set(a-z0-9_\\-){20,}"),
      try TestRule.make("t.fixed", "'fix_' set(a-z0-9_\\-){20} 'z'"),
      try TestRule.make("t.ranged", "'ran_' set(a-z0-9_\\-){10,40}"),
    ]
    let catalogue = try Catalogue(compiling: rules)
    let input = Array("tok_changeme-q7w3k9x2m5-tok_r8t4y6u1p0s2d4f6g8h1\n".utf8)
    #expect(try scan(input, catalogue: catalogue).findings.map(\.start) == [24])
    try expectAgreements(
      of: rules,
      pieces: [
        "tok_", "-tok_", "-fix_", "-ran_", "changeme", "example", "q7w3k9x2m5", "r8t4y6u1p0s2d4f",
        "-", "z", "z ", "k3", "\n", ".", "aaaaaaaaaa",
      ], seed: 135, count: 3000, mostPieces: 12)
  }

  private static func namingRules() throws -> [RuleDefinition] {
    [
      try TestRule.make(
        "t.generic", "'key=' secret:set(a-z0-9_.,\\-){4,}", specificity: .generic),
      try TestRule.make(
        "t.context", "set(a-z0-9_.\\-){6,40}", specificity: .context, cue: ["tok"], isAssigned: true
      ),
      try TestRule.make("t.first", "'xa_' set(a-z0-9){3,6}"),
      try TestRule.make("t.second", "'xa_' set(a-z0-9){3,6}"),
      try TestRule.make("t.third", "'yb-' set(a-z0-9\\-){4,}"),
      try TestRule.make("t.fourth", "'one.' set(a-z0-9){2} ('.' set(a-z0-9){2})?"),
    ]
  }

  @Test("what lies in a secret of no provider gives it its name: the longest, then the first")
  func names() throws {
    try expectAgreements(
      of: Self.namingRules(),
      pieces: [
        "key=", "tok=", "tok: \"", "xa_", "yb-", "one.", "q7w", "k3", "7", ".", "-", ",", "\n", " ",
        "\"", "_", "m4n.", "one.k3.w8", ".xa_q7w", "-xa_k3m9", ".one.z2", "-yb-r5t-",
      ], seed: 132, count: 6000, mostPieces: 12)
  }

  @Test("a name waits for what may still end inside, or grow out of, the secret")
  func growingNames() throws {
    let rules = [
      try TestRule.make("t.block", "'-----BEGIN K-----' key-block"),
      try TestRule.make(
        "t.generic", "'key=' secret:set(A-Za-z0-9+/= \\-){80,300} ','", specificity: .generic),
    ]
    let catalogue = try Catalogue(compiling: rules)
    var random = SplitMix64(seed: 136)
    let digits = Alphabet.named["base62"]!.bytes
    let secret = Array("key=q7w -----BEGIN K-----".utf8) + random.bytes(digits, count: 70)
    let more = random.bytes(digits, count: 40)
    for (end, isInside) in [
      (Array(",".utf8), true), (Array(", x!".utf8), true), (Array(",".utf8) + more, false),
      (Array(" , \n".utf8) + more, false), (Array(",,,".utf8), true), (Array("!".utf8), false),
    ] {
      let found = try scan(secret + end, catalogue: catalogue).findings
      let expected = isInside || end == [0x21] ? ["t.block"] : ["t.generic", "t.block"]
      #expect(found.map { catalogue.ruleID($0.rule) } == expected, "\(shown(end))")
      let oracle = Oracle(rules: rules, policy: .redact)
      let input = secret + end
      for place in input.indices {
        try expectAgreement(
          input, .redact, oracle, chunks: [input[..<place], input[place...]], note: shown(end),
          catalogue: catalogue)
      }
    }
  }

  @Test("and for what lies inside and is known by what stands behind the secret")
  func lateNames() throws {
    let rules = [
      try TestRule.make("t.generic", "'key=' secret:set(a-z0-9.\\-){6,}", specificity: .generic),
      try TestRule.make("t.inner", "'one.' secret:set(a-z0-9){4} ',ok'"),
    ]
    let catalogue = try Catalogue(compiling: rules)
    let oracle = Oracle(rules: rules, policy: .redact)
    for (end, id) in [(",ok", "t.inner"), (",no", "t.generic"), (",o", "t.generic")] {
      let input = Array("key=q7w-one.k3m9\(end)".utf8)
      let found = try scan(input, catalogue: catalogue).findings
      #expect(found.map { catalogue.ruleID($0.rule) } == [id], "\(end)")
      for place in input.indices {
        try expectAgreement(
          input, .redact, oracle, chunks: [input[..<place], input[place...]], note: end,
          catalogue: catalogue)
      }
    }
  }

  @Test("also of a secret that outgrows what is held")
  func longNames() throws {
    var random = SplitMix64(seed: 133)
    let digits = Array("abcdefghijklmnopqrstuvwxyz0123456789".utf8)
    let long = [4070, 4085, 4096, 4200].map { count in
      String(decoding: random.bytes(digits, count: count), as: UTF8.self)
    }
    try expectAgreements(
      of: Self.namingRules(),
      pieces: long + [
        "key=", "key=", "-yb-", ".yb-", "-xa_", ".xa_q7w", "-xa_k3m9-", ".one.z2", ",one.k3.w8.",
        ",", ".", "-", "\n", "tok=",
      ], seed: 134, count: 300, mostPieces: 9)
  }

  @Test("of two forms of a rule with one secret the first says what its check said")
  func formsOfOneSecret() throws {
    var rule = try TestRule.make(
      "t.forms", "'tok_' (body:base62{20} | base62{1} body:base62{19}) sum:base62{6}")
    rule.check = CheckExpression(kind: .crc32Base62, source: "body", target: "sum")
    let catalogue = try Catalogue(compiling: [rule])
    let oracle = Oracle(rules: [rule], policy: .redact)
    var maker = SpecimenMaker(rules: [rule], seed: 138)
    let specimens = maker.specimenOfEachForm(of: rule)
    for (specimen, check) in zip(specimens, [CheckOutcome.valid, .failed]) {
      let found = try scan(specimen.bytes, catalogue: catalogue).findings
      #expect(found.map(\.check) == [check])
      try expectAgreement(
        specimen.bytes, .redact, oracle, chunks: [specimen.bytes[...]], note: "\(check)",
        catalogue: catalogue)
    }
  }

  @Test("a match that holds a mask arms no pair")
  func maskAtTheStart() throws {
    let rules = [
      try TestRule.make(
        "t.source", "'<v=' set(a-z<=WEI){1,40} 'R_REDACTED' | '<m=' set(b){2}"),
      try TestRule.make("t.pair", "'<' set(a-c){2}", pair: "t.source", within: 30),
    ]
    let catalogue = try Catalogue(compiling: rules)
    let oracle = Oracle(rules: rules, policy: .redact)
    let input = Array("<v=<m=bbzWEIR_REDACTED<ab ".utf8)
    for place in input.indices {
      try expectAgreement(
        input, .redact, oracle, chunks: [input[..<place], input[place...]], note: "late pair",
        catalogue: catalogue)
    }
  }

  @Test("also where a source could not be decided before more bytes came")
  func latePairsCut() throws {
    let rules = [
      try TestRule.make("t.source", Self.hollowSource),
      try TestRule.make("t.near", "set(WEIR_a-c){2,5}", pair: "t.source", within: 3),
      try TestRule.make("t.far", "set(0-9EIRWa-f){3,9}", pair: "t.source", within: 20),
      try TestRule.make("t.starred", "set(*a-d){3,9}", pair: "t.source", within: 9),
      try TestRule.make("t.cued", "set(x-z){2,5}", cue: ["ca="], within: 60),
    ]
    try expectAgreements(
      of: rules,
      pieces: [
        "ca=", "<m=bb", "<m=bbW", "<m=bbWEIR", "<e=bb%41", "<e=bb%41WEI", "<k=a>WEIR_", "<m=bb**",
        "<m=bb***a", "WEIR_RED", "WEI", "W", "abc", "ab ", "zyx", " ", "*", "\n", "WEIR_REDACTED",
        "!",
      ], seed: 138, count: 6000, mostPieces: 8)
  }
}
