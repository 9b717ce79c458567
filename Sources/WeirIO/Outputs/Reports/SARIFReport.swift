public import WeirCore

/// `sarif`: SARIF 2.1.0, one run. Results stream; the rules that they name stand behind them.
///
/// SARIF counts columns in characters. Those here are bytes, which is the same where the line is ASCII; `byteOffset` and `byteLength` are always exact.
public struct SARIFReport: FindingFormat {
  private let catalogue: Catalogue
  private var facts: FindingFacts
  /// The rules that were named, in order.
  private var rules: [Int] = []
  private var places: [Int: Int] = [:]
  private var isFirst = true

  public init(catalogue: Catalogue) {
    self.catalogue = catalogue
    facts = FindingFacts(catalogue: catalogue)
  }

  public mutating func begin(_ path: Path, _ appearance: Appearance?) {
    facts.begin(path, appearance)
  }

  public mutating func appendHead(to text: inout [UInt8]) {
    text += """
      {"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","runs":[{
      "columnKind":"unicodeCodePoints","results":[
      """ as StaticString
  }

  public mutating func append(_ finding: Finding, in line: LineExcerpt?, to text: inout [UInt8]) {
    let facts = facts.next(finding)
    if places[finding.rule] == nil {
      places[finding.rule] = rules.count
      rules.append(finding.rule)
    }
    let fingerprints =
      "\"place/v1\":\(JSONText.quoted(facts.place))"
      + (finding.fingerprint == nil ? "" : ",\"secret/v1\":\"\(facts.fingerprint)\"")
    let region =
      "\"startLine\":\(finding.line),\"startColumn\":\(finding.column),"
      + "\"byteOffset\":\(finding.start),\"byteLength\":\(finding.end - finding.start)"
    text += isFirst ? "\n" : ",\n"
    isFirst = false
    text += Array(
      """
      {"ruleId":\(JSONText.quoted(facts.rule.id)),"ruleIndex":\(places[finding.rule]!),\
      "level":"\(finding.confidence.level)","message":{"text":\(JSONText.quoted(facts.sentence))},\
      "locations":[{"physicalLocation":{"artifactLocation":{"uri":\(JSONText.quoted(URIText.reference(to: facts.path)))},\
      "region":{\(region)}}}],"partialFingerprints":{\(fingerprints)},\
      "properties":{"check":"\(finding.check.name)","confidence":"\(finding.confidence.name)",\
      "via":\(JSONText.array(finding.via.map(\.name)))\(Self.appearance(of: facts))}}
      """.utf8)
  }

  public mutating func appendTail(isComplete: Bool, to text: inout [UInt8]) {
    let rules = rules.map { Self.descriptor(of: catalogue.rule($0)) }.joined(separator: ",\n")
    text += Array(
      """

      ],"tool":{"driver":{"name":"Weir","version":"\(Release.number)","rules":[
      \(rules)
      ]}},"invocations":[{"executionSuccessful":\(isComplete)}]}]}

      """.utf8)
  }

  private static func appearance(of facts: FindingFacts.Facts) -> String {
    if facts.commit.isEmpty { return "" }
    return ",\"commit\":\(JSONText.quoted(facts.commit))"
      + ",\"author\":\(JSONText.quoted(facts.author)),\"date\":\(JSONText.quoted(facts.date))"
  }

  private static func descriptor(of rule: Rule) -> String {
    let help = "\(rule.title) of \(rule.providerName). Take it back: \(rule.revoke)"
    return """
      {"id":\(JSONText.quoted(rule.id)),"name":\(JSONText.quoted(rule.title)),\
      "shortDescription":{"text":\(JSONText.quoted(rule.title))},"help":{"text":\(JSONText.quoted(help))},\
      "defaultConfiguration":{"level":"\(rule.confidence.level)"},\
      "properties":{"tags":\(JSONText.array(["security", "secret"] + rule.packs)),"power":\(JSONText.quoted(rule.power)),\
      "security-severity":"\(rule.securitySeverity)"}}
      """
  }
}

extension Confidence {
  fileprivate var level: String {
    switch self {
    case .low: "note"
    case .medium: "warning"
    case .high: "error"
    }
  }
}

extension Rule {
  /// By what a thief can do, on the scale of CVSS, as forges sort by it.
  fileprivate var securitySeverity: String {
    switch power {
    case "admin": "9.8"
    case "spend": "9.1"
    case "write": "8.5"
    case "data": "7.5"
    default: "5.5"
    }
  }
}
