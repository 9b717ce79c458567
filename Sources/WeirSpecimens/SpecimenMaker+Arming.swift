public import WeirCore

// The text in front of a credential that makes its rule look for it.
extension SpecimenMaker {
  mutating func armed(_ specimen: Specimen, by rule: RuleDefinition) -> Specimen {
    guard rule.isArmed else { return specimen }
    let ways = armings(of: rule, for: specimen)
    return specimen.embedded(after: random.pick(ways).text)
  }

  /// One specimen for each word and pair that arms the rule; of a rule with an anchor, just one.
  public mutating func specimenOfEachArming(of rule: RuleDefinition) -> [Specimen] {
    let form = random.pick(forms(of: rule))
    guard rule.isArmed else { return [specimen(of: rule, form: form, length: .any)] }
    let specimen = unarmed(of: rule, form: form, length: .any)
    return armings(of: rule, for: specimen).map { specimen.embedded(after: $0.text) }
  }

  private mutating func armings(
    of rule: RuleDefinition, for specimen: Specimen
  ) -> [(name: String, text: [UInt8])] {
    var ways: [(name: String, text: [UInt8])] = []
    if let judge = rule.judge {
      // A value in quotes stands behind the quote that it ends with.
      let last = specimen.bytes[specimen.form].last!
      let quote = ByteSet("\"'`").contains(last) ? [last] : []
      for name in Self.names(of: judge) {
        for sign in ["=", ": "] { ways.append((name, Array("\(name)\(sign)".utf8) + quote)) }
      }
    }
    for word in rule.context {
      let parts = word.split { " _-.".contains($0) }.map(String.init)
      let noun = random.pick(Nouns.all)
      ways.append((word, Array("\(parts.joined(separator: "_"))_\(noun) = \"".utf8)))
      ways.append((word, Array("--\(parts.joined(separator: "-"))-\(noun) ".utf8)))
      // A digit begins no part of a word in camel case.
      if parts[0].first?.isNumber != true {
        let capitals = (parts + [noun]).map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
        ways.append((word, Array("\"my\(capitals)\":\"".utf8)))
      }
      ways.append((word, Array("\(parts.joined()) \(noun): ".utf8)))
    }
    for word in rule.cue {
      ways.append((word, Array("\(word)\(rule.isAssigned ? "=" : " ")".utf8)))
    }
    if let pair = rule.pair {
      ways.append((pair, self.specimen(of: pair).bytes + [0x0A]))
    }
    return ways
  }

  private static func names(of kind: CredentialKind) -> [String] {
    switch kind {
    case .password: ["password", "DB_PASSWORD", "smtpPasswd", "--admin-pwd", "user.pass"]
    case .secret: ["client_secret", "APP_SECRET", "aws.credential"]
    case .token: ["access_token", "authToken", "X-Auth-Token"]
    case .key: ["api_key", "secretKey", "ENCRYPTION_KEY", "x-api-key"]
    }
  }

  /// The judge of the rule takes the value for a credential, behind the names above.
  func isJudged(_ secret: [UInt8], by rule: RuleDefinition, quote: UInt8?) -> Bool {
    guard let judge = rule.judge else { return true }
    let text = Array("\(Self.names(of: judge)[0])=".utf8) + (quote.map { [$0] } ?? [])
    guard let name = text.withUnsafeBytes({ CredentialName(before: $0) }) else { return false }
    let verdict = secret.withUnsafeBytes {
      Judge.confidence(of: $0, named: name, next: quote, isClosed: quote != nil)
    }
    return verdict.map { $0 >= rule.confidence } ?? false
  }
}
