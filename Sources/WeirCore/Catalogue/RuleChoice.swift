/// Of all rules those that are left when some are chosen by name. Each choice leaves some out.
package struct RuleChoice {
  /// A name that stands for nothing.
  package enum Unknown: Error, Equatable {
    case pack(String)
    case rule(String)
  }

  private let all: [Rule]
  private var isLeft: [Bool]

  package init(of rules: [Rule]) {
    all = rules
    isLeft = Array(repeating: true, count: rules.count)
  }

  package var indices: [Int] { all.indices.filter { isLeft[$0] } }
  package var rules: [Rule] { indices.map { all[$0] } }

  /// Nothing can be reported that is as sure as this.
  package func isEmpty(from least: Confidence = .low) -> Bool {
    rules.allSatisfy { $0.confidence < least }
  }

  /// Those of the packs and ids that are left without others.
  package init(
    of rules: [Rule], packs: [String], ids: [String], without others: [String]
  ) throws(Unknown) {
    self.init(of: rules)
    try keep(packs: packs)
    try keep(ids: ids)
    try drop(ids: others)
  }

  /// Keeps the rules of any of these packs; all if none is named.
  package mutating func keep(packs: [String]) throws(Unknown) {
    guard !packs.isEmpty else { return }
    let known = Set(all.flatMap(\.packs))
    for pack in packs where !known.contains(pack) { throw .pack(pack) }
    for (index, rule) in all.enumerated() where packs.allSatisfy({ !rule.packs.contains($0) }) {
      isLeft[index] = false
    }
  }

  /// Keeps the rules of these ids, or of the providers that a star stands behind (`aws.*`); all if none is named.
  package mutating func keep(ids: [String]) throws(Unknown) {
    guard !ids.isEmpty else { return }
    let named = try named(ids)
    for index in all.indices where !named.contains(index) { isLeft[index] = false }
  }

  /// Leaves these out, named in the same way.
  package mutating func drop(ids: [String]) throws(Unknown) {
    for index in try named(ids) { isLeft[index] = false }
  }

  private func named(_ names: [String]) throws(Unknown) -> Set<Int> {
    var named: Set<Int> = []
    for name in names {
      let matches = all.indices.filter { all[$0].id == name || "\(all[$0].provider).*" == name }
      if matches.isEmpty { throw .rule(name) }
      named.formUnion(matches)
    }
    return named
  }
}
