public import WeirCore

/// Findings for people at a terminal, below the name of their input, each with its masked line:
///
///     src/app.env
///       12:8  github.personal-token  GitHub personal access token (classic)  [admin, high, check valid]
///         token = ghp_****
///
/// Without headings the lines of `TextLines`, in colours.
public struct PeopleText: FindingFormat {
  private let look: Look
  private let paint: Paint
  private var rules: PerRule<Rule>
  private var path = ShownPath()
  private var input = Path("")
  private var isInHistory = false
  private var isHeadingDue = false
  private var hasHeading = false

  public init(catalogue: Catalogue, _ look: Look) {
    self.look = look
    paint = Paint(look: look)
    rules = PerRule(catalogue: catalogue)
  }

  public mutating func begin(_ path: Path, _ appearance: Appearance?) {
    self.path.begin(path, appearance)
    input = path
    isInHistory = appearance != nil
    isHeadingDue = look.isHeaded
  }

  public mutating func append(_ finding: Finding, in line: LineExcerpt?, to text: inout [UInt8]) {
    let rule = rules.value(for: finding.rule) { $0 }
    var facts: [UInt8] = []
    facts.append(factsOf: finding, power: Array(rule.power.utf8))
    let shownFacts = paint.text(String(decoding: facts, as: UTF8.self), .facts)
    let place = paint.text("\(finding.line):\(finding.column)", .place)
    let mask = ShownText.escaped(finding.prefix) + "****"
    let words = "\(paint.text(rule.id, .rule))  \(rule.title)"
    guard look.isHeaded else {
      text += "\(name()):\(place): \(words)  \(paint.text(mask, .mask))  \(shownFacts)\n".utf8
      return
    }
    if isHeadingDue {
      text += "\(hasHeading ? "\n" : "")\(name())\n".utf8
      isHeadingDue = false
      hasHeading = true
    }
    text += "  \(place)  \(words)  \(shownFacts)\n".utf8
    let shown = line.map { ShownLine($0, columnCount: look.columnCount - 4) }
    text +=
      "    \(shown?.before ?? "")\(paint.text(shown?.mask ?? mask, .mask))\(shown?.after ?? "")\n"
      .utf8
  }

  private mutating func name() -> String {
    let bytes = path.bytes { path, appearance in
      let name = ShownText.escaped(path)
      return Array((appearance.map { $0.shortCommit + name } ?? name).utf8)
    }
    let name = paint.text(String(decoding: bytes, as: UTF8.self), .name)
    // Of a history the file here may be another.
    return isInHistory ? name : paint.link(name, to: input)
  }
}
