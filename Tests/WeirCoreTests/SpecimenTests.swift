import Testing
import WeirCore
import WeirSpecimens

@Suite("Rules find what they state")
struct SpecimenTests {
  /// Rules that guess are not reported by default.
  private func policy(for rule: RuleDefinition) -> Policy {
    Policy(minConfidence: min(rule.confidence, .medium))
  }

  /// Without the judged rules: around a secret they see all that is assigned to its name, `base64:` and the like too.
  private let statingRules = RuleSet(
    BuiltIn.definitions.indices.filter { BuiltIn.definitions[$0].judge == nil })

  /// The secret is found, by its rule or by one that knows better.
  private func expectFound(
    _ specimen: Specimen, of rule: RuleDefinition, _ note: @autoclosure () -> String
  ) throws {
    let result = try scan(specimen.bytes, policy: policy(for: rule))
    #expect(
      result.covers(specimen.secret),
      "\(specimen.ruleID) \(note()): \(result.findings) of \(shown(specimen.bytes))")
  }

  @Test("every form of every rule, at every length, and behind each word that arms it")
  func forms() throws {
    var maker = BuiltIn.maker(seed: 31)
    for rule in BuiltIn.definitions {
      for length in RunLength.allCases {
        for specimen in maker.specimenOfEachForm(of: rule, length: length) {
          try expectFound(specimen, of: rule, "\(length)")
        }
      }
      for specimen in maker.specimenOfEachArming(of: rule) {
        try expectFound(specimen, of: rule, "armed")
      }
    }
  }

  @Test("the finding is the rule's own, with its check valid and exactly its secret")
  func ownFinding() throws {
    var maker = BuiltIn.maker(seed: 32)
    for rule in BuiltIn.definitions {
      let specimen = maker.specimen(of: rule)
      var policy = policy(for: rule)
      if rule.judge == nil { policy.reported = statingRules }
      let result = try scan(specimen.bytes, policy: policy)
      let own = result.findings.first { Int($0.start) == specimen.secret.lowerBound }
      #expect(
        own.map { Int($0.end) } == specimen.secret.upperBound,
        "\(rule.id): \(result.findings) of \(shown(specimen.bytes))")
      #expect(own.map { BuiltIn.catalogue.ruleID($0.rule) } == rule.id)
      if rule.check != nil { #expect(own?.check == .valid, "\(rule.id)") }
      #expect(own?.confidence == rule.confidence)
    }
  }

  @Test("examples are found behind every left edge and before every right edge")
  func edges() throws {
    var maker = BuiltIn.maker(seed: 33)
    for rule in BuiltIn.definitions {
      for specimen in maker.specimenOfEachForm(of: rule) {
        let arming = Array(specimen.bytes[..<specimen.form.lowerBound])
        for left in Vectors.leftEdges(of: rule) {
          let bare = specimen.bare
          try expectFound(
            bare.embedded(after: arming + left), of: rule, "behind \(shown(left))")
        }
        for right in Vectors.rightEdges {
          try expectFound(
            specimen.embedded(after: [], before: right), of: rule, "before \(shown(right))")
        }
      }
    }
  }

  @Test("a wrong checksum is told, and refutes where the rule says so")
  func wrongChecksums() throws {
    var maker = BuiltIn.maker(seed: 35)
    for rule in BuiltIn.definitions where rule.check != nil {
      let specimens = maker.specimensWithWrongChecksum(of: rule)
      #expect(!specimens.isEmpty, "\(rule.id)")
      for specimen in specimens {
        let result = try scan(specimen.bytes, policy: .redact)
        let own = result.findings.first { BuiltIn.catalogue.ruleID($0.rule) == rule.id }
        #expect(own?.check == .failed, "\(rule.id): \(shown(specimen.bytes))")
        #expect(own?.confidence == (rule.refutes ? .low : rule.confidence), "\(rule.id)")
      }
    }
  }

  @Test("no rule reports its near misses")
  func nearMisses() throws {
    var maker = BuiltIn.maker(seed: 34)
    var reasons: Set<NearMiss.Reason> = []
    for rule in BuiltIn.definitions {
      for _ in 0..<3 * Scale.factor {
        for miss in maker.nearMisses(of: rule) {
          reasons.insert(miss.why)
          let result = try scan(miss.bytes, policy: policy(for: rule))
          let own = result.findings.first { BuiltIn.catalogue.ruleID($0.rule) == miss.ruleID }
          #expect(own == nil, "\(miss.ruleID), \(miss.why): \(shown(miss.bytes))")
        }
      }
    }
    #expect(reasons == Set(NearMiss.Reason.allCases))
  }
}
