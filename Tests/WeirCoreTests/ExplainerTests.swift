import Testing
import WeirCore
import WeirReference
import WeirSpecimens

@Suite("An explanation says what the scan says, and nothing of the secret")
struct ExplainerTests {
  private func explain(
    _ text: [UInt8], for id: String, catalogue: Catalogue = BuiltIn.catalogue,
    policy: Policy = .scan
  ) throws -> Explanation {
    let rule = try #require((0..<catalogue.ruleCount).first { catalogue.ruleID($0) == id })
    return try Explainer(rule: rule, catalogue: catalogue, policy: policy)
      .explain(WholeInput(text))
  }

  /// The verdict is the scan's, and the steps say the same.
  @discardableResult
  private func expectAgreement(
    _ text: [UInt8], for id: String, catalogue: Catalogue = BuiltIn.catalogue,
    policy: Policy = .scan, _ note: String = ""
  ) throws -> Explanation {
    let explanation = try explain(text, for: id, catalogue: catalogue, policy: policy)
    let found = try scan(text, policy: policy, catalogue: catalogue).findings.contains {
      catalogue.ruleID($0.rule) == id
    }
    #expect(explanation.isFinding == found, "\(id) \(note): \(shown(text))")
    #expect(
      explanation.places.contains(where: \.isFinding) == found,
      "\(id) \(note): \(told(explanation)) of \(shown(text))")
    #expect(explanation.places.allSatisfy { !$0.steps.isEmpty }, "\(id) \(note)")
    return explanation
  }

  private func told(_ explanation: Explanation) -> [String] {
    explanation.places.flatMap { place in
      [ExplanationWords.text(of: place.position)]
        + place.steps.map { "\($0.holds) " + ExplanationWords.text(of: $0) }
    }
  }

  /// The steps that do not hold.
  private func failures(_ explanation: Explanation) -> [Explanation.Fact] {
    explanation.places.flatMap { $0.steps.filter { !$0.holds }.map(\.fact) }
  }

  // MARK: Agreement

  @Test("on specimens of every rule, as they are and among other text")
  func specimens() throws {
    var maker = BuiltIn.maker(seed: 401)
    for (turn, rule) in BuiltIn.definitions.enumerated() {
      let policy = Policy(minConfidence: min(rule.confidence, .medium))
      let specimen = maker.specimen(of: rule)
      let explanation = try expectAgreement(specimen.bytes, for: rule.id, policy: policy)
      #expect(explanation.isFinding, "\(rule.id)")
      let right = Vectors.rightEdges[turn % Vectors.rightEdges.count]
      try expectAgreement(
        specimen.embedded(after: Array("a: b\nlog ".utf8), before: right).bytes, for: rule.id,
        policy: policy, "before \(shown(right))")
      let lefts = Vectors.leftEdges(of: rule)
      let arming = Array(specimen.bytes[..<specimen.form.lowerBound])
      try expectAgreement(
        specimen.bare.embedded(after: arming + lefts[turn % lefts.count]).bytes, for: rule.id,
        policy: policy, "behind an edge")
      try expectAgreement(
        Array("x".utf8) + specimen.bare.bytes, for: rule.id, policy: policy, "bare")
    }
  }

  @Test("on specimens that stand encoded, of which it says how")
  func encoded() throws {
    var maker = BuiltIn.maker(seed: 415)
    for dress in EncodedDress.allCases {
      let specimen = maker.specimen(of: "github.personal-token").bytes
      let text = Array("a: b\nauth ".utf8) + dress.encoded(Array("u:".utf8) + specimen + [0x0A])
      let explanation = try expectAgreement(text, for: "github.personal-token", "\(dress)")
      let facts = explanation.places.filter(\.isFinding).flatMap { $0.steps.map(\.fact) }
      #expect(
        facts.contains {
          if case .encoded(let via) = $0 { via.map(\.name) == [dress.coding] } else { false }
        },
        "\(dress): \(told(explanation))")
      try expectAgreement(text, for: "gitlab.access-token", "\(dress)")
    }
  }

  @Test("on near misses of every rule")
  func nearMisses() throws {
    var maker = BuiltIn.maker(seed: 402)
    for rule in BuiltIn.definitions {
      for miss in maker.nearMisses(of: rule) {
        let explanation = try expectAgreement(miss.bytes, for: rule.id, "\(miss.why)")
        // Something is said of what came so near: a place that fails, or an anchor that is not there.
        let isTold = !failures(explanation).isEmpty || explanation.places.isEmpty
        #expect(isTold, "\(rule.id), \(miss.why): \(told(explanation))")
      }
    }
  }

  @Test("on the known hard cases, for the rules that speak there and for some of each kind")
  func vectors() throws {
    var random = SplitMix64(seed: 403)
    let armed = BuiltIn.definitions.filter(\.isArmed).map(\.id)
    let plain = BuiltIn.definitions.filter { !$0.isArmed }.map(\.id)
    let pairs = BuiltIn.definitions.filter { $0.pair != nil }.map(\.id)
    let tails = ["jwt.signed", "pem.private-key", "google.oauth-token", "github.personal-token"]
    for vector in Vectors.all(seed: 404) {
      var ids = try Set(
        scan(vector, policy: .scan).findings.map { BuiltIn.catalogue.ruleID($0.rule) })
      ids.formUnion([
        random.pick(armed), random.pick(plain), random.pick(pairs), random.pick(tails),
      ])
      for id in ids.sorted() { try expectAgreement(vector, for: id) }
    }
  }

  @Test("also where what a check refuted is kept, and where more confidence is asked for")
  func policies() throws {
    var maker = BuiltIn.maker(seed: 405)
    for rule in BuiltIn.definitions where rule.check != nil {
      for specimen in maker.specimensWithWrongChecksum(of: rule) {
        for policy in [Policy.redact, .scan, Policy(minConfidence: .high)] {
          try expectAgreement(specimen.bytes, for: rule.id, policy: policy)
        }
      }
    }
  }

  // MARK: Discretion

  @Test("no eight bytes of a secret are told that the rule does not state itself")
  func discretion() throws {
    var maker = BuiltIn.maker(seed: 406)
    for rule in BuiltIn.definitions {
      let specimen = maker.specimen(of: rule)
      let secret = Array(specimen.bytes[specimen.secret])
      var short = specimen.bytes
      short.remove(at: specimen.form.upperBound - 1)
      let forms = try rule.shape.forms()
      let literals = forms.flatMap(\.elements).compactMap { element -> String? in
        if case .literal(let bytes, _) = element {
          String(decoding: bytes, as: UTF8.self)
        } else {
          nil
        }
      }.joined(separator: "\n").lowercased()
      for text in [specimen.bytes, short] {
        let words = try told(explain(text, for: rule.id)).joined(separator: "\n").lowercased()
        for start in 0..<max(secret.count - 7, 0) {
          let part = String(decoding: secret[start..<start + 8], as: UTF8.self).lowercased()
          if literals.contains(part) { continue }
          #expect(!words.contains(part), "\(rule.id)")
        }
      }
    }
  }

  // MARK: Reasons

  private static let base62 = Alphabet.named["base62"]!.bytes

  /// A form with an anchor, one behind a cue, one behind a name, one behind a pair.
  private func rules() throws -> [RuleDefinition] {
    var digest = try TestRule.make(
      "t.digest", "base62{32}", specificity: .context, context: ["tide"])
    digest.isNotHex = true
    return [
      try TestRule.make("t.anchor", "'tok_' base62{20} '-' digits{4}"),
      try TestRule.make("t.cue", "base62{24}", cue: ["ebb"], within: 40), digest,
      try TestRule.make("t.assigned", "base62{28}", cue: ["flow"], isAssigned: true),
      try TestRule.make("t.pair", "base62{36}", pair: "t.anchor", within: 40),
    ]
  }

  @Test("the element that fails is told, with the byte at which it does")
  func element() throws {
    let catalogue = try Catalogue(compiling: rules())
    var random = SplitMix64(seed: 407)
    let key = Array("a\n tok_".utf8) + random.bytes(Self.base62, count: 20)
    for (tail, stop, kind) in [
      ("-12x", 30, ByteKind.smallLetter), ("-12", 30, .none), ("+1234", 27, .sign),
      ("-12345", 32, .digit),
    ] {
      let explanation = try expectAgreement(
        key + Array(tail.utf8), for: "t.anchor", catalogue: catalogue)
      let failure = try #require(failures(explanation).first)
      switch failure {
      case .element(_, _, _, let place, let follows), .rightEdge(let place, let follows):
        #expect(place.offset == UInt64(stop) && place.line == 2 && place.column == UInt64(stop) - 1)
        #expect(follows == kind)
      default: Issue.record("\(failure)")
      }
    }
    let other = try expectAgreement(Array("TOK_ x".utf8), for: "t.anchor", catalogue: catalogue)
    #expect(other.places.isEmpty && other.anchors.first?.inOtherCase?.column == 1)
    let glued = try expectAgreement(
      Array("xtok_".utf8) + key.dropFirst(7) + Array("-1234".utf8), for: "t.anchor",
      catalogue: catalogue)
    #expect(failures(glued) == [.leftEdge(before: .smallLetter)])
  }

  @Test(
    "what must stand before it and does not is told: a cue, an assignment, a name, a word, a pair")
  func arming() throws {
    let catalogue = try Catalogue(compiling: rules())
    var random = SplitMix64(seed: 408)
    func text(_ before: String, _ count: Int) -> [UInt8] {
      Array(before.utf8) + random.bytes(Self.base62, count: count) + [0x0A]
    }
    func reach(_ before: String, _ count: Int, _ id: String) throws -> Explanation.Arming.Reach? {
      let explanation = try expectAgreement(text(before, count), for: id, catalogue: catalogue)
      for case .armed(let arming) in failures(explanation) { return arming.reach }
      return nil
    }
    #expect(try reach("ebb ", 24, "t.cue") == nil)
    #expect(try reach("tide ", 24, "t.cue") == .missing)
    #expect(try reach("ebb\n", 24, "t.cue") == .otherLine)
    let far = "ebb" + String(repeating: " ", count: 40)
    #expect(try reach(far, 24, "t.cue") == .tooFar(byteCount: 40))
    #expect(try reach("ebb WEIR_REDACTED ", 24, "t.cue") == .mask)
    let behind = try expectAgreement(
      text("", 24) + Array("ebb".utf8), for: "t.cue", catalogue: catalogue)
    #expect(
      failures(behind).contains { fact in
        if case .armed(let arming) = fact { arming.reach == .behind } else { false }
      })
    #expect(try reach("tide_tide = ", 32, "t.digest") == .missing)
    let unassigned = try expectAgreement(text("flow ", 28), for: "t.assigned", catalogue: catalogue)
    #expect(failures(unassigned) == [.assigned])
    let wordless = try expectAgreement(
      text("river_key = ", 32), for: "t.digest", catalogue: catalogue)
    guard case .word(let word)? = failures(wordless).first else {
      Issue.record("\(failures(wordless))")
      return
    }
    #expect(word.found == nil && word.words == ["tide"])
    #expect(try reach("nothing ", 36, "t.pair") == .missing)
    let key = Array("tok_".utf8) + random.bytes(Self.base62, count: 20) + Array("-1234 ".utf8)
    #expect(
      try expectAgreement(key + text("", 36), for: "t.pair", catalogue: catalogue).isFinding)
  }

  @Test("what is no secret although its form stands is told: masks, placeholders, digests")
  func flaws() throws {
    let catalogue = try Catalogue(compiling: rules())
    var random = SplitMix64(seed: 409)
    let hex = Array("tide_key = \"".utf8) + random.bytes(Array("0123456789abcdef".utf8), count: 32)
    for (text, flaw) in [
      (hex, Explanation.Flaw.hex),
      (
        Array("tide_key = ".utf8) + [UInt8](repeating: 0x78, count: 32), .placeholder(.monotonous)
      ),
    ] {
      let explanation = try expectAgreement(text, for: "t.digest", catalogue: catalogue)
      #expect(failures(explanation) == [.free(of: flaw)], "\(told(explanation))")
    }
  }

  @Test("the finding of another rule that contains it is named")
  func containment() throws {
    var rules = try rules()
    var random = SplitMix64(seed: 410)
    let key = Array("tok_".utf8) + random.bytes(Self.base62, count: 20) + Array("-1234".utf8)
    rules.append(try TestRule.make("t.wide", "'<<<' set(!-;=?-~){20,60} '>>>'"))
    let explanation = try expectAgreement(
      Array("<<<+".utf8) + key + Array("+>>>".utf8), for: "t.anchor",
      catalogue: try Catalogue(compiling: rules))
    guard
      case .reported(_, 29, .inside(rule: "t.wide", isSame: false))? = failures(explanation).first
    else {
      Issue.record("\(told(explanation))")
      return
    }
  }
}
