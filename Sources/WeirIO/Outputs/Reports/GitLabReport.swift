public import WeirCore

/// `gitlab`: what GitLab takes as a report of secret detection (its schema 15.2).
public struct GitLabReport: FindingFormat {
  private static let scanner = """
    {"id":"weir","name":"Weir","version":"\(Release.number)","vendor":{"name":"Weir"}}
    """
  /// What GitLab's own scanner names where there is none.
  private static let noCommit = "0000000"

  private var facts: FindingFacts
  private let startTime = UTCTime.now
  private var isFirst = true

  public init(catalogue: Catalogue) {
    facts = FindingFacts(catalogue: catalogue)
  }

  public mutating func begin(_ path: Path, _ appearance: Appearance?) {
    facts.begin(path, appearance)
  }

  public mutating func appendHead(to text: inout [UInt8]) {
    text += "{\"version\":\"15.2.1\",\"vulnerabilities\":["
  }

  public mutating func append(_ finding: Finding, in line: LineExcerpt?, to text: inout [UInt8]) {
    let facts = facts.next(finding)
    text += isFirst ? "\n" : ",\n"
    isFirst = false
    text += Array(
      """
      {"id":\(JSONText.quoted(facts.place)),"category":"secret_detection","name":\(JSONText.quoted(facts.rule.title)),\
      "description":\(JSONText.quoted(facts.sentence)),"severity":"\(facts.rule.severity)",\
      "solution":\(JSONText.quoted("Revoke it: \(facts.rule.revoke)")),\
      "location":{"file":\(JSONText.quoted(facts.path)),"start_line":\(finding.line),"end_line":\(finding.line),\
      "commit":{"sha":"\(facts.appearance?.commit ?? Self.noCommit)"}},\
      "identifiers":[{"type":"weir_rule_id","name":\(JSONText.quoted("Weir rule \(facts.rule.id)")),\
      "value":\(JSONText.quoted(facts.rule.id))}]}
      """.utf8)
  }

  public mutating func appendTail(isComplete: Bool, to text: inout [UInt8]) {
    text += Array(
      """

      ],"scan":{"analyzer":\(Self.scanner),"scanner":\(Self.scanner),"type":"secret_detection",\
      "start_time":"\(startTime)","end_time":"\(UTCTime.now)","status":"\(isComplete ? "success" : "failure")"}}

      """.utf8)
  }
}

extension Rule {
  fileprivate var severity: String {
    switch power {
    case "admin", "spend": "Critical"
    case "write", "data": "High"
    default: "Medium"
    }
  }
}
