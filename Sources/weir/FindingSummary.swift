internal import WeirCore
internal import WeirIO
internal import WeirReference

/// What was found, in a few lines for people: what it can do, and by which rules.
struct FindingSummary {
  private static let mostRules = 5

  private let powers: [(power: String, rules: [(rule: Rule, count: UInt64)])]

  init(_ counts: FindingCounts, of catalogue: Catalogue) {
    let byPower = Dictionary(grouping: counts.byRule(of: catalogue), by: \.rule.power)
    let known = PowerWords.all.map(\.power)
    // The strongest first.
    powers = (known + byPower.keys.filter { !known.contains($0) }.sorted()).compactMap { power in
      byPower[power].map { (power, $0) }
    }
  }

  /// `4 admin: github.personal-token 3, okta.api-token 1`
  var lines: [String] {
    powers.map { power, rules in
      let named = rules.prefix(Self.mostRules).map { "\($0.rule.id) \($0.count)" }
      let rest = rules.dropFirst(Self.mostRules)
      let others =
        rest.isEmpty
        ? []
        : ["\(rest.count) other \(rest.count == 1 ? "rule" : "rules") \(Self.sum(rest))"]
      return "\(Self.sum(rules)) \(power): \((named + others).joined(separator: ", "))"
    }
  }

  /// `4 admin, 2 spend`
  var byPower: String {
    powers.map { "\(Self.sum($0.rules)) \($0.power)" }.joined(separator: ", ")
  }

  private static func sum(_ rules: some Sequence<(rule: Rule, count: UInt64)>) -> UInt64 {
    rules.reduce(0) { $0 + $1.count }
  }
}
