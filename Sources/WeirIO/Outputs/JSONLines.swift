public import WeirCore

/// One JSON object a line. `path` is `<stdin>` for standard input; `fingerprint` is there with a
/// key only, `commit`, `author` and `date` in a history only, `via` where the secret stands encoded.
public struct JSONLines: FindingFormat {
  private var rules: PerRule<RuleText>
  private var path = ShownPath()

  private struct RuleText {
    /// `{"rule":"…","title":"…","path":`
    let head: [UInt8]
    /// `","power":"…"}` and the newline.
    let tail: [UInt8]
  }

  public init(catalogue: Catalogue) {
    rules = PerRule(catalogue: catalogue)
  }

  public mutating func begin(_ path: Path, _ appearance: Appearance?) {
    self.path.begin(path, appearance)
  }

  /// `"path"`, and of a history `"path","commit":"…","author":"…","date":"…"`.
  private static func place(_ path: String, _ appearance: Appearance?) -> [UInt8] {
    var text = JSONText.quoted(path)
    if let appearance {
      text += ",\"commit\":" + JSONText.quoted(appearance.commit)
      let author = Discretion.shownText(of: Array(appearance.author.utf8))
      text += ",\"author\":" + JSONText.quoted(author)
      text += ",\"date\":" + JSONText.quoted(appearance.date)
    }
    return Array(text.utf8)
  }

  public mutating func append(_ finding: Finding, in line: LineExcerpt?, to lines: inout [UInt8]) {
    let rule = rules.value(for: finding.rule) { rule in
      let (id, title) = (JSONText.quoted(rule.id), JSONText.quoted(rule.title))
      return RuleText(
        head: Array("{\"rule\":\(id),\"title\":\(title),\"path\":".utf8),
        tail: Array("\",\"power\":\(JSONText.quoted(rule.power))}\n".utf8))
    }
    lines += rule.head
    lines += path.bytes(Self.place)
    lines += ",\"line\":"
    lines.append(decimalDigitsOf: finding.line)
    lines += ",\"column\":"
    lines.append(decimalDigitsOf: finding.column)
    lines += ",\"start\":"
    lines.append(decimalDigitsOf: finding.start)
    lines += ",\"end\":"
    lines.append(decimalDigitsOf: finding.end)
    lines += ",\"masked\":"
    if JSONText.isPlain(finding.prefix) {
      lines += "\""
      lines += finding.prefix.utf8
      lines += "****\""
    } else {
      lines += JSONText.quoted(finding.prefix + "****").utf8
    }
    if let fingerprint = finding.fingerprint {
      lines += ",\"fingerprint\":\""
      lines.append(hexDigitsOf: fingerprint.value)
      lines += "\""
    }
    if !finding.via.isEmpty {
      lines += ",\"via\":"
      lines += JSONText.array(finding.via.map(\.name)).utf8
    }
    lines += ",\"check\":\""
    lines += finding.check.name.utf8
    lines += "\",\"confidence\":\""
    lines += finding.confidence.name.utf8
    lines += rule.tail
  }
}
