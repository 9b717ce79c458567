import Oracle
import Testing
import WeirCore
import WeirSpecimens

@Suite("Credentials are found where they are encoded")
struct EncodedTests {
  static let policy = Policy(
    minConfidence: .low, keepsRefuted: true, key: FingerprintKey(Array(0..<32)))

  /// So much before it puts it at each alignment.
  private static let befores = ["", "u:", "user:", "KEY=x\nY="]

  /// An encoded specimen, and where its secret stands in it.
  private struct Vector {
    var bytes: [UInt8]
    var secret: Range<Int>
  }

  private func encoded(
    _ specimen: Specimen, as dress: EncodedDress, after before: String, before after: String = ""
  ) -> Vector {
    let plain = specimen.embedded(after: Array(before.utf8), before: Array(after.utf8))
    let (first, end) = (plain.secret.lowerBound, plain.secret.upperBound)
    let text = dress.encoded(plain.bytes)
    let range =
      switch dress {
      case .base64, .base64url, .unpaddedBase64: first * 8 / 6..<(end * 8 + 5) / 6
      case .hex, .upperHex: first * 2..<end * 2
      case .utf16Little: first * 2..<end * 2 - 1
      case .utf16Big: first * 2 + 1..<end * 2
      case .percent, .lowerPercent: first * 3..<end * 3
      case .json, .upperJSON: first * 6..<end * 6
      }
    return Vector(bytes: text, secret: range)
  }

  private static func isEncoded(_ form: Form, of rule: RuleDefinition) -> Bool {
    var count = 0
    for element in form.elements {
      guard case .literal(let bytes, isCaseless: false) = element else { break }
      count += bytes.count
    }
    return count >= (rule.encoded == true ? 3 : 4) && form.tail != .jwt
      && (form.greatestWidthBytes ?? 0) <= 2048
  }

  /// The rules that are found so, each with a specimen of each form.
  private static func specimens(
    seed: UInt64
  ) throws -> [(rule: RuleDefinition, form: Form, specimen: Specimen)] {
    var maker = BuiltIn.maker(seed: seed)
    let found = Set(BuiltIn.catalogue.rules.filter(\.isFoundEncoded).map(\.id))
    return try BuiltIn.definitions.filter { found.contains($0.id) }.flatMap { rule in
      zip(try rule.shape.forms(), maker.specimenOfEachForm(of: rule))
        .filter { isEncoded($0.0, of: rule) }.map { (rule, $0.0, $0.1) }
    }
  }

  @Test(
    "every form of the rules, in every coding, at every alignment", arguments: [1, 2] as [UInt64])
  func forms(seed: UInt64) throws {
    let specimens = try Self.specimens(seed: seed)
    #expect(specimens.count > 200)
    for (rule, form, specimen) in specimens {
      for dress in EncodedDress.allCases {
        if form.greatestWidthBytes ?? 0 > 4096 / max(dress.byteWidth, 2) { continue }
        for before in Self.befores {
          for after in ["", "\n", "\nZ=1\n"] {
            let vector = encoded(specimen, as: dress, after: before, before: after)
            let result = try scan(vector.bytes, policy: Self.policy)
            #expect(
              result.covers(vector.secret),
              "\(rule.id) \(dress): \(result.findings) \(shown(specimen.bytes))")
          }
        }
      }
    }
  }

  @Test("with the rule, the range and the fingerprint of the plain one, and how it was written")
  func finding() throws {
    var maker = BuiltIn.maker(seed: 3)
    for id in [
      "gitlab.access-token", "github.personal-token", "anthropic.api-key", "aws.access-key-id",
      "pem.private-key", "huggingface.user-token",
    ] {
      let specimen = maker.specimen(of: id)
      let plain = try #require(try scan(specimen.bytes, policy: Self.policy).findings.first)
      #expect(plain.via == [] && plain.fingerprint != nil)
      // Base64 that begins with a key block is another rule's.
      for before in Self.befores.dropFirst() {
        for dress in EncodedDress.allCases {
          let vector = encoded(specimen, as: dress, after: before, before: "\n")
          let result = try scan(vector.bytes, policy: Self.policy)
          let found = try #require(result.findings.first, "\(id) \(dress)")
          #expect(result.findings.count == 1, "\(id) \(dress)")
          #expect(Int(found.start) == vector.secret.lowerBound, "\(id) \(dress)")
          #expect(Int(found.end) == vector.secret.upperBound, "\(id) \(dress)")
          #expect(BuiltIn.catalogue.ruleID(found.rule) == id)
          #expect(found.via.map(\.name) == [dress.coding])
          #expect(found.fingerprint == plain.fingerprint, "\(id) \(dress)")
          #expect(found.check == plain.check && found.prefix == plain.prefix)
        }
      }
    }
  }

  @Test("however the text is cut, with what is wide and what has no end")
  func everySplit() throws {
    var maker = BuiltIn.maker(seed: 4)
    let rules = ["gitlab.access-token", "pem.private-key", "anthropic.oauth-token"]
    for id in rules {
      for length in [RunLength.any, .pastHold] where length == .any || id == rules[2] {
        let specimen = maker.specimen(of: id, length: length)
        for dress in [EncodedDress.base64, .hex, .utf16Little, .utf16Big, .percent, .json] {
          let text =
            Array("a: ".utf8)
            + encoded(specimen, as: dress, after: "b=", before: "\nmore").bytes
            + Array("\nnext".utf8)
          let whole = try scan(text, policy: Self.policy)
          #expect(whole.findings.count == 1, "\(id) \(dress)")
          let step = max(text.count / 300, 1)
          for place in stride(from: 0, through: text.count, by: step) {
            let cut = try scan([text[..<place], text[place...]], policy: Self.policy)
            #expect(cut == whole, "\(id) \(dress) at \(place)")
          }
          #expect(
            try scan(text.indices.map { text[$0..<$0 + 1] }, policy: Self.policy) == whole,
            "\(id) \(dress) byte by byte")
        }
      }
    }
  }

  @Test("edges count in what is encoded; where no more is encoded is one")
  func edges() throws {
    let rule = try TestRule.make("t.key", "'tok_' base62{20}", encoded: true)
    let catalogue = try Catalogue(compiling: [rule])
    let oracle = Oracle(rules: [rule], policy: .redact)
    var random = SplitMix64(seed: 5)
    let body = random.bytes(Alphabet.named["base62"]!.bytes, count: 20)
    let key = Array("tok_".utf8) + body
    for dress in EncodedDress.allCases {
      for (before, after, count) in [
        ("", "", 1), (" ", " ", 1), ("x", "", 0), ("", "x", 0), ("=", "&", 1), ("\\n", "\\n", 1),
        ("_", "", 0), ("********", "", 0), ("", "********", 0), ("", "WEIR_REDACTED", 0),
      ] {
        let text = dress.encoded(Array(before.utf8) + key + Array(after.utf8))
        for (left, right) in [("", ""), ("\"", "\"\n"), (" ", "=\n"), ("(", ")")] {
          let input = Array(left.utf8) + text + Array(right.utf8)
          let found = try scan(input, catalogue: catalogue).findings.count
          #expect(found == count, "\(dress) \(before) \(after): \(shown(input))")
          for cut in stride(from: 0, through: input.count, by: 3) {
            try expectAgreement(
              input, .redact, oracle, chunks: [input[..<cut], input[cut...]], note: "\(dress)",
              catalogue: catalogue)
          }
        }
      }
    }
  }

  @Test("a mask beside it hides nothing new and makes nothing new")
  func masks() throws {
    let rule = try TestRule.make("t.key", "'tok_' base62{20}", encoded: true)
    let open = try TestRule.make("t.open", "'run_' base62{20,}", encoded: true)
    let catalogue = try Catalogue(compiling: [rule, open])
    let oracle = Oracle(rules: [rule, open], policy: .redact)
    var maker = SpecimenMaker(rules: [rule, open], seed: 6)
    let masks = ["WEIR_REDACTED", "WEIR_REDACTED_t.key", "********", "WEIR_RED", "*******"]
    for _ in 0..<1500 * Scale.factor {
      let dress = maker.random.pick(EncodedDress.allCases)
      let key = maker.specimen(of: maker.random.pick(["t.key", "t.open"])).bytes
      var text = dress.encoded(Array(maker.random.pick(["", "a", " ", "ab="]).utf8) + key)
      let mask = Array(maker.random.pick(masks).utf8)
      let near = maker.random.pick([0, 1, 2, 3, 6, text.count, text.count - 1, text.count / 2])
      text.insert(contentsOf: mask, at: near)
      let gap = Array(maker.random.pick(["", "+", "/", ".", "4", "\0", " "]).utf8)
      text = gap + text + gap
      if maker.random.below(3) == 0 { text = mask + text + mask }
      let chunks = randomChunks(of: text, atMost: 20, random: &maker.random)
      let agrees = try expectAgreement(
        text, .redact, oracle, chunks: chunks, note: "\(dress)", catalogue: catalogue)
      if !agrees { return }
      let once = try scan(text, catalogue: catalogue)
      let twice = try scan(once.output, catalogue: catalogue)
      #expect(twice.output == once.output, "\(dress): \(shown(text))")
    }
  }

  @Test(
    "the engine agrees with the oracle on what is nearly a finding",
    arguments: [7, 8, 9] as [UInt64])
  func oracle(seed: UInt64) throws {
    let ids: Set = [
      "gitlab.access-token", "github.personal-token", "anthropic.oauth-token", "pem.private-key",
      "pem.base64-private-key", "google.oauth-token", "huggingface.user-token",
    ]
    let rules = BuiltIn.definitions.filter { ids.contains($0.id) }
    let catalogue = try Catalogue(compiling: rules)
    let policy = seed % 2 == 0 ? Policy.scan : .redact
    let oracle = Oracle(rules: rules, policy: policy)
    var inputs = MutatedInput(rules: rules, seed: seed, mostMutations: 3)
    var random = SplitMix64(seed: seed)
    for turn in 0..<2500 * Scale.factor {
      var input = inputs.next()
      if turn % 2 == 0 {
        let place = random.below(input.count + 1)
        input = input[..<place] + random.pick(EncodedDress.allCases).encoded(Array(input[place...]))
      }
      let chunks = randomChunks(
        of: input, atMost: random.pick([1, 9, 80, 6000]), random: &random)
      let agrees = try expectAgreement(
        input, policy, oracle, chunks: chunks, note: "seed \(seed), turn \(turn)",
        catalogue: catalogue)
      if !agrees { return }
      let once = try scan(input, catalogue: catalogue)
      let twice = try scan(once.output, catalogue: catalogue)
      #expect(twice.output == once.output && twice.findings == [], "turn \(turn): \(shown(input))")
    }
  }

  @Test("of open runs of about the greatest hold, too")
  func longRuns() throws {
    let rules = [
      try TestRule.make("t.open", "'run_' set(A-Za-z0-9_.\\-){20,}", encoded: true),
      try TestRule.make("t.inner", "'tok_' base62{20}", encoded: true),
    ]
    let catalogue = try Catalogue(compiling: rules)
    let oracle = Oracle(rules: rules, policy: .redact)
    var maker = SpecimenMaker(rules: rules, seed: 10)
    for turn in 0..<150 * Scale.factor {
      let length = maker.random.pick([2030, 2040, 2043, 2044, 2045, 2048, 2060, 5000, 9000])
      let body = maker.random.bytes(Alphabet.named["base62"]!.bytes, count: length)
      let place = maker.random.pick([3, length / 2, length - 9, length])
      let inner = maker.random.pick([[], maker.specimen(of: "t.inner").bytes, Array("run_".utf8)])
      let plain =
        Array("a=run_".utf8) + body[..<place] + [UInt8(ascii: "-")] + inner + body[place...]
        + Array(maker.random.pick(["", ".", "\n", " x", "."]).utf8)
      let dress = maker.random.pick(EncodedDress.allCases)
      let input = dress.encoded(plain) + Array(maker.random.pick(["", "\n", "\"", "."]).utf8)
      let chunks = randomChunks(
        of: input, atMost: maker.random.pick([700, 5000, 40_000]), random: &maker.random)
      let agrees = try expectAgreement(
        input, .redact, oracle, chunks: chunks, note: "turn \(turn) \(dress)", catalogue: catalogue)
      if !agrees { return }
    }
  }

  @Test("of an open run no more than 4,096 characters are held, whatever it is written in")
  func greatestHold() throws {
    let rules = [try TestRule.make("t.open", "'run_' set(a-z0-9){20,}", encoded: true)]
    let catalogue = try Catalogue(compiling: rules)
    let oracle = Oracle(rules: rules, policy: .redact)
    var random = SplitMix64(seed: 12)
    let body = random.bytes(Alphabet.named["lower-alnum"]!.bytes, count: 2100)
    for dress in EncodedDress.allCases {
      let most = 4096 / max(dress.byteWidth, 2)
      // Up to 14 bytes behind what is held a mask is still seen.
      for width in [most - 1, most, most + 14, most + 15, most + 40] {
        let key = Array("run_".utf8) + body.prefix(width - 4)
        let input = dress.encoded(key) + Array("********".utf8)
        for chunks in [[input[...]], [input.dropLast(20), input.suffix(20)]] {
          try expectAgreement(
            input, .redact, oracle, chunks: chunks, note: "\(dress), \(width) bytes",
            catalogue: catalogue)
        }
      }
    }
  }

  @Test("anchors over and over hold no more than two credentials, whatever they are in")
  func hostile() throws {
    for anchor in ["ya29.", "ghp_", "sk-ant-oat01-", "-----BEGIN PRIVATE KEY-----\n", "run_run_"] {
      for dress in EncodedDress.allCases {
        let unit = dress.encoded(Array(repeatElement(Array(anchor.utf8), count: 300).joined()))
        var sink = NoSink()
        var scanner = try Scanner(catalogue: BuiltIn.catalogue, policy: .redact)
        for turn in 0..<40 {
          let chunk = turn % 5 == 4 ? Array(unit.prefix(100)) : unit
          scanner.room(for: chunk.count).copyBytes(from: chunk)
          scanner.append(count: chunk.count)
          try scanner.advance(into: &sink)
          let counts = scanner.counts
          #expect(counts.withheldBytes - counts.growingBytes <= 9216, "\(anchor) \(dress)")
        }
        try scanner.finish(into: &sink)
        #expect(scanner.counts.withheldBytes == 0)
      }
    }
  }

  @Test("of a plain and an encoded match with one range the plain one is reported")
  func equalRanges() throws {
    let rules = [
      try TestRule.make("t.key", "'tok_' base62{20}", encoded: true),
      try TestRule.make("t.text", "'dG9rX' set(A-Za-z0-9+/){27}"),
    ]
    let catalogue = try Catalogue(compiling: rules)
    let oracle = Oracle(rules: rules, policy: .redact)
    var maker = SpecimenMaker(rules: rules, seed: 11)
    for _ in 0..<10 {
      let text = EncodedDress.base64.encoded(maker.specimen(of: "t.key").bytes)
      let result = try scan(text, catalogue: catalogue)
      #expect(result.findings.map { catalogue.ruleID($0.rule) } == ["t.text"])
      #expect(result.findings.map(\.via) == [[]])
      try expectAgreement(
        text, .redact, oracle, chunks: [text[...]], note: "equal", catalogue: catalogue)
    }
  }

  @Test("rules are found so by their packs and their anchor, or because they say so")
  func choice() throws {
    func isFound(
      _ shape: String, packs: [String], encoded: Bool? = nil, cue: [String] = []
    ) throws -> Bool {
      var rule = try TestRule.make("t.key", shape, cue: cue, encoded: encoded)
      rule.packs = packs
      return try Catalogue(compiling: [rule]).rules[0].isFoundEncoded
    }
    #expect(try isFound("'tok_' base62{20}", packs: ["ai"]))
    #expect(try isFound("'tok_' base62{20}", packs: ["saas", "vcs"]))
    #expect(try !isFound("'tok_' base62{20}", packs: ["saas"]))
    #expect(try !isFound("'to_' base62{20}", packs: ["ai"]))
    #expect(try !isFound("i'token' base62{20}", packs: ["ai"]))
    #expect(try !isFound("'tok_' base62{20}", packs: ["ai"], cue: ["word"]))
    #expect(try !isFound("'tok_' base62{20,3000}", packs: ["ai"]))
    #expect(try !isFound("'tok_' base62{20}", packs: ["ai"], encoded: false))
    #expect(try isFound("'to_' base62{20}", packs: ["saas"], encoded: true))
    #expect(throws: CatalogueError.self) {
      try isFound("i'token' base62{20}", packs: ["saas"], encoded: true)
    }
    #expect(throws: CatalogueError.self) {
      try isFound("'tok_' base62{20}", packs: ["saas"], encoded: true, cue: ["word"])
    }
  }
}
