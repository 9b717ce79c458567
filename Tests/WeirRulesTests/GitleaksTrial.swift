import WeirCore
import WeirRules

/// A gitleaks configuration that was imported, and what its rules find.
struct GitleaksTrial {
  /// What was said, without the file's name, and without what holds for all rules.
  var remarks: [String]
  /// What holds for all rules.
  var generalities: String
  var usesWeirsRules: Bool
  var toml: String
  /// The rules, by their new ids.
  var catalogue: Catalogue?

  private static let general = "all rules: "

  init(_ config: String, files: [String: String] = [:]) throws {
    struct NoFile: Error {}
    let imported = try GitleaksImport(path: "g.toml", text: config) { path in
      guard let text = files[path] else { throw NoFile() }
      return text
    }
    let said = imported.remarks.map { String($0.text.dropFirst("g.toml: ".count)) }
    remarks = said.filter { !$0.hasPrefix(Self.general) }
    generalities = said.filter { $0.hasPrefix(Self.general) }.joined()
    usesWeirsRules = imported.usesWeirsRules
    toml = imported.toml
    let definitions = try imported.definitions()
    catalogue = definitions.isEmpty ? nil : try RuleFolder.compile(definitions)
  }

  /// The secrets that are found, each as `rule secret`.
  func found(_ text: String, path: String? = nil, commit: String? = nil) throws -> [String] {
    guard let catalogue else { return [] }
    var sink = Findings()
    var scanner = try Scanner(catalogue: catalogue, policy: .scan)
    if let path { scanner.begin(at: InputPlace(path: Array(path.utf8), commit: commit)) }
    let bytes = Array(text.utf8)
    scanner.room(for: bytes.count).copyBytes(from: bytes)
    scanner.append(count: bytes.count)
    try scanner.finish(into: &sink)
    return sink.all.map {
      catalogue.ruleID($0.rule).dropFirst("gitleaks.".count) + " "
        + String(decoding: bytes[Int($0.start)..<Int($0.end)], as: UTF8.self)
    }
  }
}

private struct Findings: Sink {
  var all: [Finding] = []
  mutating func clean(_ bytes: UnsafeRawBufferPointer) {}
  mutating func finding(_ finding: Finding) { all.append(finding) }
  mutating func mask(_ finding: Finding, byteCount: UInt64) {}
}
