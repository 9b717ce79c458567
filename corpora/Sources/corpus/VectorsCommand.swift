import ArgumentParser
import Corpora
import Foundation
import WeirCore
import WeirRules

/// `corpus vectors`: the templates with credentials, and what a scan makes of each, in one file (corpora/vectors/README.md).
struct VectorsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "vectors",
    abstract: "Expands the vectors, with what is to be found in each, into one binary file.")

  @Argument(help: "The folder of templates.")
  var folder: String

  @Option(help: "The file.")
  var to: String

  @Option(help: "The folder of rule files.")
  var rules = "rules"

  func run() throws {
    try Failure.told {
      let definitions = try RuleFolder.definitions(at: rules)
      let catalogue = try Catalogue(compiling: definitions)
      var file = Data()
      let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
      for name in names where name != "README.md" {
        let template = VectorTemplate(
          [UInt8](try Data(contentsOf: URL(filePath: "\(folder)/\(name)"))))
        let input = try template.expanded(definitions)
        var result = Redacted(catalogue: catalogue)
        var scanner = try Scanner(catalogue: catalogue, policy: .redact)
        scanner.room(for: input.count).copyBytes(from: input)
        scanner.append(count: input.count)
        try scanner.finish(into: &result)
        file.append(vector: input, result, catalogue)
      }
      try file.write(to: URL(filePath: to))
    }
  }
}

/// What came out, with the masks of default options.
private struct Redacted: Sink {
  let catalogue: Catalogue
  var bytes: [UInt8] = []
  var findings: [Finding] = []

  init(catalogue: Catalogue) { self.catalogue = catalogue }

  mutating func clean(_ new: UnsafeRawBufferPointer) { bytes += new }
  mutating func finding(_ finding: Finding) { findings.append(finding) }
  mutating func mask(_ finding: Finding, byteCount: UInt64) {
    bytes += MaskText.head + Array("_\(catalogue.ruleID(finding.rule))".utf8)
  }
}

extension Data {
  fileprivate mutating func append(
    vector input: [UInt8], _ result: Redacted, _ catalogue: Catalogue
  ) {
    append(counted: input)
    append(counted: result.bytes)
    append(number: UInt32(result.findings.count))
    for finding in result.findings {
      append(number: finding.start)
      append(number: finding.end)
      append(counted: Array(catalogue.ruleID(finding.rule).utf8))
    }
  }

  private mutating func append(counted bytes: [UInt8]) {
    append(number: UInt32(bytes.count))
    append(contentsOf: bytes)
  }

  private mutating func append(number: some FixedWidthInteger) {
    Swift.withUnsafeBytes(of: number.littleEndian) { append(contentsOf: $0) }
  }
}
