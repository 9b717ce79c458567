public import WeirCore

/// `path:line:column: rule-id  title  ghp_****  [power, confidence, check]`: a line that editors
/// and `grep` users know. Of a history the path is one that `git show` takes: `0123456789ab:path`.
public struct TextLines: FindingFormat {
  private var rules: PerRule<RuleText>
  private var path = ShownPath()

  private struct RuleText {
    /// ` rule-id  title  `
    let head: [UInt8]
    let power: [UInt8]
  }

  public init(catalogue: Catalogue) {
    rules = PerRule(catalogue: catalogue)
  }

  public mutating func begin(_ path: Path, _ appearance: Appearance?) {
    self.path.begin(path, appearance)
  }

  public mutating func append(_ finding: Finding, in line: LineExcerpt?, to lines: inout [UInt8]) {
    let rule = rules.value(for: finding.rule) { rule in
      RuleText(head: Array(" \(rule.id)  \(rule.title)  ".utf8), power: Array(rule.power.utf8))
    }
    lines += path.bytes { path, appearance in
      let name = ShownText.escaped(path)
      return Array((appearance.map { $0.shortCommit + name } ?? name).utf8)
    }
    lines.append(UInt8(ascii: ":"))
    lines.append(decimalDigitsOf: finding.line)
    lines.append(UInt8(ascii: ":"))
    lines.append(decimalDigitsOf: finding.column)
    lines.append(UInt8(ascii: ":"))
    lines += rule.head
    if ShownText.isPlain(finding.prefix) {
      lines += finding.prefix.utf8
    } else {
      lines += ShownText.escaped(finding.prefix).utf8
    }
    lines += "****  ["
    lines += rule.power
    lines += ", "
    lines += finding.confidence.name.utf8
    if finding.check == .none {
      lines += ", no check"
    } else {
      lines += ", check "
      lines += finding.check.name.utf8
    }
    if !finding.via.isEmpty {
      lines += ", via "
      lines += finding.via.map(\.name).joined(separator: ", ").utf8
    }
    if let fingerprint = finding.fingerprint {
      lines += ", fingerprint "
      lines.append(hexDigitsOf: fingerprint.value)
    }
    lines += "]\n"
  }
}
