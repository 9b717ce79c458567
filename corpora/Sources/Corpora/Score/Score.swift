/// What a scan made of a corpus: every credential has an outcome, and every finding that touches none is a false alarm.
package struct Score {
  /// From the best to the worst.
  package enum Outcome: String, CaseIterable {
    /// A finding has exactly its bytes, and its rule.
    case exact = "exact"
    /// A finding has exactly its bytes, and the name of another rule.
    case otherRule = "exact, by another rule"
    /// It lies in a finding that is longer.
    case wide = "wide"
    /// Some of its bytes lie in findings and some do not.
    case part = "part"
    case missed = "missed"

    /// All bytes of it would be masked.
    var isFound: Bool { self == .exact || self == .otherRule || self == .wide }
    var isExactSpan: Bool { self == .exact || self == .otherRule }
  }

  /// Of a rule, a dress, or all.
  package struct Tally {
    package var outcomes: [Outcome: Int] = [:]
    /// Findings that touch a credential.
    package var onCredentials = 0
    package var falseAlarms = 0

    package var planted: Int { outcomes.values.reduce(0, +) }
    package var recall: Double? { share { $0.isFound } }
    package var exactRate: Double? { share { $0.isExactSpan } }
    package var precision: Double? {
      let findings = onCredentials + falseAlarms
      return findings == 0 ? nil : Double(onCredentials) / Double(findings)
    }

    private func share(_ counts: (Outcome) -> Bool) -> Double? {
      let counted = outcomes.filter { counts($0.key) }.values.reduce(0, +)
      return planted == 0 ? nil : Double(counted) / Double(planted)
    }
  }

  package private(set) var total = Tally()
  package private(set) var rules: [String: Tally] = [:]
  package private(set) var dresses: [String: Tally] = [:]
  /// Every credential whose outcome is not the best, with the rules that found it or a part of it.
  package private(set) var flaws: [(planted: Planted, outcome: Outcome, by: [String])] = []
  package private(set) var falseAlarms: [(finding: Reported, dress: String)] = []

  /// - Parameters:
  ///   - planted: in the order of each file.
  ///   - findings: with paths below the corpus's folder, in the order of each file.
  package init(planted: [Planted], findings: [Reported]) {
    let byFile = Dictionary(grouping: findings, by: \.path)
    let plantedByFile = Dictionary(grouping: planted, by: \.file)
    for (file, credentials) in plantedByFile.sorted(by: { $0.key < $1.key }) {
      judge(credentials, by: byFile[file] ?? [])
    }
    for (file, findings) in byFile.sorted(by: { $0.key < $1.key }) {
      count(findings, of: file, on: plantedByFile[file] ?? [])
    }
  }

  /// Both are in the order of their starts, and few of either overlap: one walk.
  private mutating func judge(_ credentials: [Planted], by findings: [Reported]) {
    var first = 0
    for credential in credentials {
      while first < findings.count, findings[first].end <= credential.start { first += 1 }
      let touching = findings[first...].prefix { $0.start < credential.end }
        .filter { $0.end > credential.start }
      let outcome = Self.outcome(of: credential, by: Array(touching))
      total.outcomes[outcome, default: 0] += 1
      rules[credential.rule, default: Tally()].outcomes[outcome, default: 0] += 1
      dresses[credential.dress, default: Tally()].outcomes[outcome, default: 0] += 1
      if outcome != .exact { flaws.append((credential, outcome, touching.map(\.rule))) }
    }
  }

  private static func outcome(of credential: Planted, by findings: [Reported]) -> Outcome {
    let exact = findings.filter { $0.range == credential.range }
    if exact.contains(where: { $0.rule == credential.rule }) { return .exact }
    if !exact.isEmpty { return .otherRule }
    var covered = credential.start
    for finding in findings where finding.start <= covered { covered = max(covered, finding.end) }
    if covered >= credential.end { return .wide }
    return findings.isEmpty ? .missed : .part
  }

  private mutating func count(_ findings: [Reported], of file: String, on credentials: [Planted]) {
    var first = 0
    let dress = String(file.prefix { $0 != "/" })
    for finding in findings {
      while first < credentials.count, credentials[first].end <= finding.start { first += 1 }
      let isOn = first < credentials.count && credentials[first].start < finding.end
      let count = isOn ? \Tally.onCredentials : \Tally.falseAlarms
      total[keyPath: count] += 1
      rules[finding.rule, default: Tally()][keyPath: count] += 1
      dresses[dress, default: Tally()][keyPath: count] += 1
      if !isOn { falseAlarms.append((finding, dress)) }
    }
  }
}
