public import WeirCore

/// One JSON object a line. `path` is `<stdin>` for standard input; `fingerprint` is there with a
/// key only.
public struct JSONLines: FindingFormat {
  private let catalogue: Catalogue
  private var path = "\"\""

  public init(catalogue: Catalogue) {
    self.catalogue = catalogue
  }

  public mutating func begin(_ path: Path) {
    self.path = JSONText.quoted(path.text)
  }

  public mutating func append(_ finding: Finding, to lines: inout [UInt8]) {
    let rule = catalogue.rule(finding.rule)
    let fingerprint = finding.fingerprint.map { "\"fingerprint\":\"\($0)\"," } ?? ""
    lines +=
      """
      {"rule":\(JSONText.quoted(rule.id)),"title":\(JSONText.quoted(rule.title)),"path":\(path),\
      "line":\(finding.line),"column":\(finding.column),\
      "start":\(finding.start),"end":\(finding.end),\
      "masked":\(JSONText.quoted(finding.maskedText)),\(fingerprint)\
      "check":\(JSONText.quoted(finding.check.name)),\
      "confidence":\(JSONText.quoted(finding.confidence.name)),\
      "power":\(JSONText.quoted(rule.power))}

      """.utf8
  }
}
