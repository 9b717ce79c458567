public import WeirCore

/// `path:line:column: rule-id  title  ghp_****  [power, confidence, check]`: a line that editors
/// and `grep` users know.
public struct TextLines: FindingFormat {
  private let catalogue: Catalogue
  private var path = ""

  public init(catalogue: Catalogue) {
    self.catalogue = catalogue
  }

  public mutating func begin(_ path: Path) {
    self.path = ShownText.escaped(path.text)
  }

  public mutating func append(_ finding: Finding, to lines: inout [UInt8]) {
    let rule = catalogue.rule(finding.rule)
    let check = finding.check == .none ? "no check" : "check \(finding.check.name)"
    let fingerprint = finding.fingerprint.map { ", fingerprint \($0)" } ?? ""
    lines +=
      """
      \(path):\(finding.line):\(finding.column): \(rule.id)  \(rule.title)  \
      \(ShownText.escaped(finding.maskedText))  \
      [\(rule.power), \(finding.confidence.name), \(check)\(fingerprint)]

      """.utf8
  }
}

extension Finding {
  /// What may be shown of the secret: the literal its rule states, and stars.
  var maskedText: String { prefix + "****" }
}
