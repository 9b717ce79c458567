import Oracle
import Testing
import WeirCore
import WeirSpecimens

@Suite("A rule that is not asked for says nothing and hides nothing")
struct ReportedRuleTests {
  private let rules: [RuleDefinition]
  private let catalogue: Catalogue
  private let ids: [String]

  init() throws {
    rules = [
      try TestRule.make("t.inner", "'tok' digits{6}"),
      try TestRule.make("t.outer", "'<w=' set(a-z0-9){4,40} '>'"),
      try TestRule.make("t.pair", "upper{8}", pair: "t.inner", within: 40),
      try TestRule.make("t.run", "'run' set(a-z0-9.\\-){8,}"),
      try TestRule.make(
        "t.value", "set(a-z0-9){8,40}", specificity: .generic, cue: ["word"], within: 8),
    ]
    catalogue = try Catalogue(compiling: rules)
    ids = rules.map(\.id)
  }

  private func policy(_ asked: [String]) -> Policy {
    Policy(keepsRefuted: true, reported: RuleSet(ids.indices.filter { asked.contains(ids[$0]) }))
  }

  /// The findings of all of `input`, which is cut in many places and compared with the oracle.
  private func found(_ asked: [String], in text: String) throws -> [String] {
    let policy = policy(asked)
    let oracle = Oracle(rules: rules, policy: policy)
    let input = Array(text.utf8)
    for place in stride(from: 0, to: input.count, by: max(input.count / 20, 1)) {
      let agrees = try expectAgreement(
        input, policy, oracle, chunks: [input[..<place], input[place...]], note: "\(asked)",
        catalogue: catalogue)
      if !agrees { break }
    }
    let result = try scan(input, policy: policy, catalogue: catalogue)
    return result.findings.map {
      let secret = String(decoding: input[Int($0.start)..<Int($0.end)].prefix(12), as: UTF8.self)
      return "\(catalogue.ruleID($0.rule)) \(secret)"
    }
  }

  @Test("what lies inside its matches is reported")
  func container() throws {
    let text = "<w=tok290718>"
    #expect(try found(ids, in: text) == ["t.outer <w=tok290718"])
    #expect(try found(["t.outer"], in: text) == ["t.outer <w=tok290718"])
    #expect(try found(["t.inner"], in: text) == ["t.inner tok290718"])
    #expect(try found(["t.pair"], in: text) == [])
  }

  @Test("also inside a run that has no end, and that run is not masked")
  func longContainer() throws {
    var random = SplitMix64(seed: 201)
    let filler = String(
      decoding: random.bytes(Alphabet.named["lower-alnum"]!.bytes, count: 5000), as: UTF8.self)
    let text = "run" + filler + ".tok290718.z"
    #expect(try found(ids, in: text) == ["t.run run\(filler.prefix(9))"])
    let result = try scan(Array(text.utf8), policy: policy(["t.inner"]), catalogue: catalogue)
    #expect(
      String(decoding: result.output, as: UTF8.self)
        == text.replacing("tok290718", with: "WEIR_REDACTED_t.inner"))
  }

  @Test("nor does it name what another finds, and that one still hides it")
  func names() throws {
    let text = "word=tok290718 "
    #expect(try found(ids, in: text) == ["t.inner tok290718"])
    #expect(try found(["t.value"], in: text) == ["t.value tok290718"])
    #expect(try found(["t.inner"], in: text) == ["t.inner tok290718"])
  }

  @Test("its pairs reach from it all the same")
  func pair() throws {
    let text = "tok290718 QWXKVJPZ"
    #expect(try found(ids, in: text) == ["t.inner tok290718", "t.pair QWXKVJPZ"])
    #expect(try found(["t.pair"], in: text) == ["t.pair QWXKVJPZ"])
    #expect(try found(["t.inner"], in: text) == ["t.inner tok290718"])
    #expect(try found([], in: text) == [])
  }

  @Test("nothing is held for it")
  func flow() throws {
    let text = Array("a runabcdefghij".utf8)
    for (asked, passed) in [(ids, 2), (["t.inner"], text.count)] {
      var sink = RecordingSink { _, _ in [] }
      var scanner = try Scanner(catalogue: catalogue, policy: policy(asked))
      scanner.room(for: text.count).copyBytes(from: text)
      scanner.append(count: text.count)
      try scanner.advance(into: &sink)
      #expect(sink.output.count == passed)
    }
  }

  /// A rule whose check refutes, and a match that it refutes.
  private func refutedKey(seed: UInt64) throws -> (rule: RuleDefinition, key: [UInt8]) {
    var random = SplitMix64(seed: seed)
    var rule = try TestRule.make("t.key", "'tok_' body:base62{20} sum:base62{6}")
    rule.check = CheckExpression(kind: .crc32Base62, source: "body", target: "sum")
    rule.refutes = true
    return (rule, Array("tok_".utf8) + random.bytes(Alphabet.named["base62"]!.bytes, count: 26))
  }

  @Test("redact judges what its check refuted as it judges the rule")
  func refuted() throws {
    let (refuting, key) = try refutedKey(seed: 202)
    var rule = refuting
    for confidence in Confidence.allCases {
      rule.confidence = confidence
      let catalogue = try Catalogue(compiling: [rule])
      for asked in Confidence.allCases {
        let policy = Policy(minConfidence: asked, keepsRefuted: true)
        let result = try scan(key, policy: policy, catalogue: catalogue)
        #expect(result.findings.map(\.confidence) == (confidence >= asked ? [.low] : []))
        #expect(
          try scan(key, policy: Policy(minConfidence: asked), catalogue: catalogue).findings.count
            == (asked == .low ? 1 : 0))
      }
    }
  }

  @Test("one whose check refutes is reported when asked for, though a pair waits for it")
  func refutedSource() throws {
    let (refuting, key) = try refutedKey(seed: 205)
    var source = refuting
    let pair = try TestRule.make("t.pair", "upper{8}", pair: "t.key", within: 40)
    let text = key + Array(" QWXKVJPZ".utf8)
    for confidence in Confidence.allCases {
      source.confidence = confidence
      let catalogue = try Catalogue(compiling: [source, pair])
      for asked in Confidence.allCases {
        let policy = Policy(minConfidence: asked, keepsRefuted: true)
        let result = try scan(text, policy: policy, catalogue: catalogue)
        let ids = result.findings.map { catalogue.ruleID($0.rule) }
        #expect(
          ids == (confidence >= asked ? ["t.key"] : [])
            + (pair.confidence >= asked ? ["t.pair"] : []))
      }
    }
  }

  @Test("of built-in rules any half", arguments: [203, 204] as [UInt64])
  func halves(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    // All that pair, all that name others, and some more: the oracle is slow with all.
    let sources = Set(BuiltIn.definitions.compactMap(\.pair))
    let rules = BuiltIn.definitions.filter {
      $0.pair != nil || sources.contains($0.id) || $0.specificity == .generic
        || random.below(50) == 0
    }
    let catalogue = try Catalogue(compiling: rules)
    var inputs = MutatedInput(rules: rules, seed: seed, mostMutations: 3)
    for turn in 0..<6 {
      let half = RuleSet(rules.indices.filter { _ in random.below(2) == 0 })
      let policy = Policy(keepsRefuted: seed % 2 == 0, reported: half)
      let oracle = Oracle(rules: rules, policy: policy)
      for _ in 0..<5 {
        let input = inputs.next()
        let agrees = try expectAgreement(
          input, policy, oracle, chunks: randomChunks(of: input, atMost: 40, random: &random),
          note: "seed \(seed), turn \(turn)", catalogue: catalogue)
        if !agrees { return }
      }
    }
  }
}
