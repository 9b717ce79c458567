/// A score as people read it. It names places and rules, and no secret.
package struct ScoreTable {
  /// So many rules, and so many places of each kind of flaw.
  private static let worstRules = 25
  private static let shownPlaces = 3
  private static let shownKinds = 20

  private let score: Score

  package init(score: Score) { self.score = score }

  package var text: String {
    var lines = [Self.heading("")]
    lines.append(Self.row("all", score.total))
    lines += ["", Self.heading("dress")]
    for (dress, tally) in score.dresses.sorted(by: { $0.key < $1.key }) {
      lines.append(Self.row(dress, tally))
    }
    lines += ["", Self.heading("the worst rules")]
    let worst = score.rules.filter { Self.isFlawed($0.value) }
      .sorted { (Self.badness($1.value), $0.key) < (Self.badness($0.value), $1.key) }
    lines += worst.prefix(Self.worstRules).map { Self.row($0.key, $0.value) }
    let flawless = score.rules.count - worst.count
    lines.append("\(flawless) rules of \(score.rules.count) without a miss or a false alarm")
    lines += flawLines + alarmLines
    return lines.joined(separator: "\n") + "\n"
  }

  private static func isFlawed(_ tally: Score.Tally) -> Bool {
    tally.falseAlarms > 0 || tally.recall.map { $0 < 1 } ?? false
  }

  private static func badness(_ tally: Score.Tally) -> Double {
    (1 - (tally.recall ?? 1)) + (1 - (tally.precision ?? 1))
  }

  /// Misses and half misses, those of one kind together: the outcome, the rule, who found it instead.
  private var flawLines: [String] {
    let kinds = Dictionary(grouping: score.flaws) { flaw in
      let by = flaw.by.isEmpty ? "" : " (\(Set(flaw.by).sorted().joined(separator: ", ")))"
      return "\(flaw.planted.rule): \(flaw.outcome.rawValue)\(by)"
    }
    var lines: [String] = []
    for outcome in Score.Outcome.allCases.reversed() where outcome != .exact {
      let ofOutcome = kinds.filter { $0.value[0].outcome == outcome }
        .sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
      if ofOutcome.isEmpty { continue }
      let count = ofOutcome.reduce(0) { $0 + $1.value.count }
      lines += ["", "\(outcome.rawValue): \(count), of \(ofOutcome.count) kinds"]
      for (kind, flaws) in ofOutcome.prefix(Self.shownKinds) {
        let places = flaws.prefix(Self.shownPlaces)
          .map { "\($0.planted.file) \($0.planted.start)–\($0.planted.end)" }
        lines.append("  \(flaws.count) × \(kind): \(places.joined(separator: ", "))")
      }
    }
    return lines
  }

  private var alarmLines: [String] {
    let kinds = Dictionary(grouping: score.falseAlarms) { "\($0.finding.rule) in \($0.dress)" }
    if kinds.isEmpty { return [] }
    let sorted = kinds.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
    return ["", "false alarms: \(score.falseAlarms.count), of \(kinds.count) kinds"]
      + sorted.prefix(Self.shownKinds).map { kind, alarms in
        let places = alarms.prefix(Self.shownPlaces)
          .map { "\($0.finding.path) \($0.finding.start)–\($0.finding.end)" }
        return "  \(alarms.count) × \(kind): \(places.joined(separator: ", "))"
      }
  }

  private static func heading(_ title: String) -> String {
    cells(title, ["planted", "recall", "exact", "own rule", "findings", "precision"])
  }

  private static func row(_ title: String, _ tally: Score.Tally) -> String {
    let own = tally.outcomes[.exact, default: 0]
    let ownRate = tally.planted == 0 ? nil : Double(own) / Double(tally.planted)
    return cells(
      title,
      [
        "\(tally.planted)", percent(tally.recall), percent(tally.exactRate), percent(ownRate),
        "\(tally.onCredentials + tally.falseAlarms)", percent(tally.precision),
      ])
  }

  private static func cells(_ title: String, _ cells: [String]) -> String {
    let padded = cells.map { String(repeating: " ", count: max(0, 10 - $0.count)) + $0 }
    return title + String(repeating: " ", count: max(0, 34 - title.count)) + padded.joined()
  }

  /// Rounded down: what is not all is not said to be 100 %.
  private static func percent(_ share: Double?) -> String {
    guard let share else { return "-" }
    let hundredths = Int((share * 10_000).rounded(.down))
    let rest = hundredths % 100
    return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest) %"
  }
}
