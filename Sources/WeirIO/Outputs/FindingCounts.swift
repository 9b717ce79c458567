public import WeirCore

/// How many findings there are, and how many of each rule.
public struct FindingCounts: Sendable {
  public private(set) var total: UInt64 = 0
  /// By the place of a rule in its catalogue, as far as there are findings.
  private var counts: [UInt64] = []

  public init() {}

  mutating func add(_ finding: Finding) {
    total += 1
    if finding.rule >= counts.count {
      counts += repeatElement(0, count: finding.rule + 1 - counts.count)
    }
    counts[finding.rule] += 1
  }

  /// The rules that have findings; that with the most first, then in the order of the catalogue.
  public func byRule(of catalogue: Catalogue) -> [(rule: Rule, count: UInt64)] {
    counts.indices.filter { counts[$0] > 0 }
      .sorted { (counts[$1], $0) < (counts[$0], $1) }
      .map { (catalogue.rule($0), counts[$0]) }
  }
}
