internal import WeirCore

extension Oracle {
  /// "A kept match is dropped when its secret lies inside that of another which starts no later";
  /// what remains, in order.
  func report(_ kept: [Match]) -> [OracleFinding] {
    var remaining: [Match] = []
    for (index, match) in kept.enumerated() {
      let isContained = kept.enumerated().contains { other, container in
        guard other != index, contains(container.secret, match.secret) else { return false }
        if container.secret != match.secret { return true }
        // Of the same rule and range the first stays.
        if container.rule == match.rule { return other < index }
        if rules[container.rule].specificity == rules[match.rule].specificity,
          container.via.isEmpty != match.via.isEmpty
        {
          return container.via.isEmpty
        }
        return precedes(container, match)
      }
      if !isContained { remaining.append(match) }
    }
    remaining.sort { $0.secret.lowerBound < $1.secret.lowerBound }
    return remaining.map { match in
      let named = mostSpecific(in: match, among: kept) ?? match
      return OracleFinding(
        ruleID: rules[named.rule].id, secret: match.secret, check: named.check,
        confidence: named.confidence, via: named.via)
    }
  }

  private func contains(_ outer: Range<Int>, _ inner: Range<Int>) -> Bool {
    outer.lowerBound <= inner.lowerBound && inner.upperBound <= outer.upperBound
  }

  /// "Of equal ranges the provider's rule stays before a context rule's, that before a generic
  /// one's, then what is not encoded, then the smaller id."
  private func precedes(_ a: Match, _ b: Match) -> Bool {
    let (a, b) = (rules[a.rule], rules[b.rule])
    if a.specificity != b.specificity { return a.specificity.rawValue < b.specificity.rawValue }
    return a.id.utf8.lexicographicallyPrecedes(b.id.utf8)
  }

  /// "A finding takes rule, check and confidence of the most specific kept match inside it that is more specific (then the longest, then the
  /// earliest, then the smaller id)."
  private func mostSpecific(in match: Match, among kept: [Match]) -> Match? {
    guard rules[match.rule].specificity != .provider else { return nil }
    let inside = kept.filter {
      rules[$0.rule].specificity.rawValue < rules[match.rule].specificity.rawValue
        && contains(match.secret, $0.secret)
    }
    return inside.min { a, b in
      let (first, second) = (rules[a.rule].specificity, rules[b.rule].specificity)
      if first != second { return first.rawValue < second.rawValue }
      if a.secret.count != b.secret.count { return a.secret.count > b.secret.count }
      if a.secret.lowerBound != b.secret.lowerBound {
        return a.secret.lowerBound < b.secret.lowerBound
      }
      return rules[a.rule].id.utf8.lexicographicallyPrecedes(rules[b.rule].id.utf8)
    }
  }
}
