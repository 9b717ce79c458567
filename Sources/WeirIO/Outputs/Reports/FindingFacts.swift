internal import WeirCore

/// What reports say of a finding in words, and where: for formats that are read by few, and need not be quick.
struct FindingFacts {
  private let catalogue: Catalogue
  private var path = ShownPath()
  /// Of the input, so many findings of each rule have come.
  private var counts: [Int: Int] = [:]

  init(catalogue: Catalogue) {
    self.catalogue = catalogue
  }

  mutating func begin(_ path: Path) {
    self.path.begin(path)
    counts = [:]
  }

  /// The facts of the next finding.
  mutating func next(_ finding: Finding) -> Facts {
    counts[finding.rule, default: 0] += 1
    return Facts(
      finding: finding, rule: catalogue.rule(finding.rule),
      path: String(decoding: path.bytes { Array($0.utf8) }, as: UTF8.self),
      ordinal: counts[finding.rule, default: 1])
  }

  struct Facts {
    let finding: Finding
    let rule: Rule
    /// Masked where the name holds a secret, not escaped.
    let path: String
    /// The how many-eth of its rule in the input, from 1.
    let ordinal: Int

    /// `ghp_****`
    var masked: String { finding.prefix + "****" }

    /// It stays when lines move, and tells nothing of the secret: the rule, the path, and the how many-eth of the rule there.
    var place: String { "\(rule.id):\(path):\(ordinal)" }

    var via: String { finding.via.map(\.name).joined(separator: " ") }

    var fingerprint: String { finding.fingerprint?.description ?? "" }

    /// `GitHub personal access token (classic): ghp_****, which can write. Revoke it: github.com/settings/tokens`
    var sentence: String {
      "\(rule.title): \(masked), power \(rule.power). Revoke it: \(rule.revoke)"
    }
  }
}
