// What becomes of a rule.
extension GitleaksImport {
  /// Says what becomes of a rule.
  ///
  /// - Returns: nil for one that is not written.
  mutating func add(
    _ rule: GitleaksConfig.Rule, of config: GitleaksConfig
  ) -> RuleWriter.Rule? {
    if rule.isNotReported {
      // Without it the findings are the same.
      remark(.note, "rule \(rule.id): is left out: it is never reported by itself (skipReport)")
      return nil
    }
    var differences: [String] = []
    do throws(GoExpression.Refusal) {
      let written = try self.written(rule, of: config, &differences)
      let name = "rule \(rule.id): "
      if differences.isEmpty {
        remark(.exact, name + "exact, as \(written.id)")
      } else {
        remark(
          .approximated,
          name + "approximated, as \(written.id): " + differences.joined(separator: "; "))
      }
      ids[rule.id] = written.id
      return written
    } catch {
      remark(.refused, "rule \(rule.id): refused: \(error.reason)")
      return nil
    }
  }

  private func refuse(_ reason: String) -> GoExpression.Refusal { .init(reason: reason) }

  private mutating func written(
    _ rule: GitleaksConfig.Rule, of config: GitleaksConfig, _ differences: inout [String]
  ) throws(GoExpression.Refusal) -> RuleWriter.Rule {
    guard !rule.id.isEmpty else { throw refuse("has no id") }
    guard ids[rule.id] == nil else { throw refuse("its id is used twice") }
    guard let regex = rule.regex else {
      throw refuse(
        rule.path == nil
          ? config.extends.usesDefault
            ? "has no regex: it changes a rule of gitleaks' own, which Weir has not"
            : "has no regex"
          : "has a path and no regex: it reports files by their names, and Weir what is in them")
    }
    if let entropy = rule.entropy, !(0...8).contains(entropy) {
      throw refuse("asks for an entropy of \(entropy) bits a byte; there are 0 to 8")
    }
    let group = rule.secretGroup ?? 0
    let expression = try GoExpression(regex, of: .lines(secretGroup: group))
    differences += expression.remarks
    generalities.add(expression, hasEntropy: rule.entropy != nil)
    if rule.path != nil { generalities.asksPlace = true }
    var path: String?
    if let text = rule.path {
      do throws(GoExpression.Refusal) { path = try GoExpression(text, of: .text).pattern } catch {
        throw refuse("path \(error.reason)")
      }
    }
    let keywords = rule.keywords.filter { !$0.isEmpty }
    if keywords.count < rule.keywords.count { differences.append("an empty keyword is left out") }
    generalities.add(words: keywords)
    if !keywords.isEmpty, !expression.needsOne(of: keywords) {
      differences.append("its keywords are looked for in the line, not in the whole file")
    }
    if rule.requiresOthers {
      differences.append("is reported also where what it requires is not near")
    }
    if rule.mixesAllowlists { differences.append(Self.mixture) }
    for key in rule.unknownKeys { differences.append("key \(key) is not known, and does nothing") }
    var allows: [RegexRuleAllow] = []
    for list in rule.allowlists {
      var said: [String] = []
      if let allow = allowance(list, &said) { allows.append(allow) }
      differences += said.map { "allow-list: \($0)" }
    }
    return RuleWriter.Rule(
      id: newID(of: rule.id), alias: rule.id,
      title: rule.description.isEmpty ? rule.id : rule.description, regex: expression.pattern,
      secretGroup: group > 0 ? "\(group)" : expression.groupCount > 0 ? "\"first\"" : nil,
      entropy: rule.entropy, keywords: keywords, path: path,
      tags: rule.tags, allows: allows)
  }
}
