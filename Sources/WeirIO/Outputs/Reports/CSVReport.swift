public import WeirCore

/// `csv`: a line of names, then a line a finding (RFC 4180). Every field is in quotes, and one that a spreadsheet would take for a formula begins with an apostrophe.
public struct CSVReport: FindingFormat {
  private static let names = [
    "rule", "title", "path", "line", "column", "start", "end", "masked", "check", "confidence",
    "power", "fingerprint", "via", "revoke", "commit", "author", "date",
  ]
  private static let formulaStarts: Set<Character> = ["=", "+", "-", "@"]

  private var facts: FindingFacts

  public init(catalogue: Catalogue) {
    facts = FindingFacts(catalogue: catalogue)
  }

  public mutating func begin(_ path: Path, _ appearance: Appearance?) {
    facts.begin(path, appearance)
  }

  public mutating func appendHead(to text: inout [UInt8]) { Self.append(Self.names, to: &text) }

  public mutating func append(_ finding: Finding, in line: LineExcerpt?, to text: inout [UInt8]) {
    let facts = facts.next(finding)
    Self.append(
      [
        facts.rule.id, facts.rule.title, facts.path, "\(finding.line)", "\(finding.column)",
        "\(finding.start)", "\(finding.end)", facts.masked, finding.check.name,
        finding.confidence.name, facts.rule.power, facts.fingerprint, facts.via, facts.rule.revoke,
        facts.commit, facts.author, facts.date,
      ], to: &text)
  }

  private static func append(_ fields: [String], to text: inout [UInt8]) {
    text += Array(fields.map(field).joined(separator: ",").utf8)
    text += "\r\n"
  }

  private static func field(_ text: String) -> String {
    let shown = ShownText.escaped(text)
    let isFormula = shown.first.map(formulaStarts.contains) ?? false
    return "\"" + (isFormula ? "'" : "") + shown.replacing("\"", with: "\"\"") + "\""
  }
}
