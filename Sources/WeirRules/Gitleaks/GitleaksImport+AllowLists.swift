// What becomes of an allow-list.
extension GitleaksImport {
  /// The rules of a global list that are here; none for one that is for all.
  mutating func targets(of list: GitleaksConfig.Allowlist) -> [String] {
    list.targetRules.compactMap { id in
      if let new = ids[id] { return new }
      remark(.note, "allow-list for \(id): no such rule is here")
      return nil
    }
  }

  /// - Parameter said: what it does not allow, and why.
  /// - Returns: nil when nothing is left that it allows.
  mutating func allowance(
    _ list: GitleaksConfig.Allowlist, _ said: inout [String]
  ) -> RegexRuleAllow? {
    var allow = RegexRuleAllow(
      target: list.regexTarget, stopwords: list.stopwords.filter { !$0.isEmpty },
      commits: list.commits.map { String($0.filter { !$0.isWhitespace }) }, needsAll: list.needsAll)
    func translated(_ texts: [String], _ key: String) -> [String] {
      texts.compactMap { text in
        do throws(GoExpression.Refusal) {
          let expression = try GoExpression(text, of: .text)
          said += expression.remarks.map { "\(key) \(text): \($0)" }
          generalities.add(expression)
          return expression.pattern
        } catch {
          said.append("\(key) \(text) is left out: \(error.reason)")
          return nil
        }
      }
    }
    allow.regexes = translated(list.regexes, "regex")
    allow.paths = translated(list.paths, "path")
    if allow.stopwords.count < list.stopwords.count { said.append("an empty stopword is left out") }
    generalities.add(words: allow.stopwords)
    if !allow.paths.isEmpty || !allow.commits.isEmpty { generalities.asksPlace = true }
    for key in list.unknownKeys { said.append("key \(key) is not known, and does nothing") }
    let isCut =
      list.needsAll
      && (allow.regexes.isEmpty != list.regexes.isEmpty
        || allow.paths.isEmpty != list.paths.isEmpty
        || allow.stopwords.isEmpty != list.stopwords.isEmpty)
    if isCut {
      said.append("asks for all of several things, of which one is left out, and so allows nothing")
      return nil
    }
    if allow.isEmpty {
      said.append("allows nothing")
      return nil
    }
    return allow
  }
}
