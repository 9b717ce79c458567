public import WeirCore

/// `junit`: a failed test case a finding, or one that passed where nothing was found. Counts of cases are left to whoever reads them: they would stand
/// before the first finding.
public struct JUnitReport: FindingFormat {
  private var facts: FindingFacts
  private var isEmpty = true

  public init(catalogue: Catalogue) {
    facts = FindingFacts(catalogue: catalogue)
  }

  public mutating func begin(_ path: Path, _ appearance: Appearance?) {
    facts.begin(path, appearance)
  }

  public mutating func appendHead(to text: inout [UInt8]) {
    text += """
      <?xml version="1.0" encoding="UTF-8"?>
      <testsuites name="weir"><testsuite name="secrets">

      """ as StaticString
  }

  public mutating func append(_ finding: Finding, in line: LineExcerpt?, to text: inout [UInt8]) {
    isEmpty = false
    let facts = facts.next(finding)
    let commit = facts.appearance?.shortCommit ?? ""
    let place = "\(commit)\(facts.path):\(finding.line):\(finding.column)"
    text += Array(
      """
      <testcase classname="\(XMLText.escaped(facts.rule.id))" name="\(XMLText.escaped(place))">\
      <failure type="\(XMLText.escaped(facts.rule.id))" message="\(XMLText.escaped(facts.rule.title))">\
      \(XMLText.escaped("\(place): \(facts.sentence)"))</failure></testcase>

      """.utf8)
  }

  public mutating func appendTail(isComplete: Bool, to text: inout [UInt8]) {
    if isEmpty { text += "<testcase classname=\"weir\" name=\"no secrets\"/>\n" }
    text += "</testsuite></testsuites>\n"
  }
}
