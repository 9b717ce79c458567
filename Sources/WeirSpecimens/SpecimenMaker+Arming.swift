public import WeirCore

// The text in front of a credential that makes its rule look for it.
extension SpecimenMaker {
  mutating func armed(_ specimen: Specimen, by rule: RuleDefinition) -> Specimen {
    guard rule.isArmed else { return specimen }
    let ways = armings(of: rule)
    return specimen.embedded(after: random.pick(ways).text)
  }

  /// One specimen for each word and pair that arms the rule; of a rule with an anchor, just one.
  public mutating func specimenOfEachArming(of rule: RuleDefinition) -> [Specimen] {
    let form = random.pick(forms(of: rule))
    guard rule.isArmed else { return [specimen(of: rule, form: form, length: .any)] }
    return armings(of: rule).map { way in
      let specimen = unarmed(of: rule, form: form, length: .any)
      return specimen.embedded(after: way.text)
    }
  }

  private mutating func armings(of rule: RuleDefinition) -> [(name: String, text: [UInt8])] {
    var ways: [(name: String, text: [UInt8])] = []
    for word in rule.context {
      let name = word.map { $0 == " " ? "_" : $0 }
      ways.append((word, Array("\(String(name)) = \"".utf8)))
      ways.append((word, Array("--\(word.map { $0 == " " ? "-" : String($0) }.joined()) ".utf8)))
    }
    for word in rule.cue { ways.append((word, Array("\(word) ".utf8))) }
    if let pair = rule.pair {
      ways.append((pair, specimen(of: pair).bytes + [0x0A]))
    }
    return ways
  }
}
