internal import WeirCore

/// What reports say of a finding in words, and where: for formats that are read by few, and need not be quick.
struct FindingFacts {
  private var rules: PerRule<Rule>
  private var path = ShownPath()
  private var appearance: Appearance?
  /// Of the input, so many findings of each rule have come.
  private var counts: [Int: Int] = [:]

  init(catalogue: Catalogue) {
    rules = PerRule(catalogue: catalogue)
  }

  mutating func begin(_ path: Path, _ appearance: Appearance?) {
    self.path.begin(path, appearance)
    self.appearance = appearance
    counts = [:]
  }

  /// The facts of the next finding.
  mutating func next(_ finding: Finding) -> Facts {
    counts[finding.rule, default: 0] += 1
    return Facts(
      finding: finding, rule: rules.value(for: finding.rule) { $0 },
      path: path.text(),
      appearance: appearance, ordinal: counts[finding.rule, default: 1])
  }

  struct Facts {
    let finding: Finding
    let rule: Rule
    /// Masked where the name holds a secret, not escaped.
    let path: String
    /// In a history only.
    let appearance: Appearance?
    /// The how many-eth of its rule in the input, from 1.
    let ordinal: Int

    /// `ghp_****`
    var masked: String { finding.prefix + "****" }

    var commit: String { appearance?.commit ?? "" }
    /// Masked where it holds a secret.
    var author: String {
      appearance.map { Discretion.shownText(of: Array($0.author.utf8)) } ?? ""
    }
    var date: String { appearance?.date ?? "" }

    /// It stays when lines move, and tells nothing of the secret: the rule, the path, and the how many-eth of the rule there; in a history
    /// the commit before.
    var place: String { (commit.isEmpty ? "" : commit + ":") + "\(rule.id):\(path):\(ordinal)" }

    var via: String { finding.via.map(\.name).joined(separator: " ") }

    var fingerprint: String { finding.fingerprint?.description ?? "" }

    /// `GitHub personal access token (classic): ghp_****, which can write. Revoke it: github.com/settings/tokens`
    var sentence: String {
      "\(rule.title): \(masked), power \(rule.power). Revoke it: \(rule.revoke)"
    }
  }
}
