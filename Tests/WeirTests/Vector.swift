import Corpora
import Foundation
import Trials
import Weir
import WeirCore
import WeirSpecimens

/// A text of `corpora/vectors` with credentials made from its seeds, and what one scan over the whole of it gives, without the library.
struct Vector: Sendable {
  let name: String
  let input: [UInt8]
  let output: [UInt8]
  let findings: [Found]

  struct Found: Equatable, Sendable {
    let rule: String
    let range: Range<UInt64>
  }

  static let all: [Vector] = {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../corpora/vectors")
    do {
      let files = try FileManager.default.contentsOfDirectory(
        at: folder, includingPropertiesForKeys: nil)
      return try files.filter { $0.lastPathComponent != "README.md" }
        .sorted { $0.path() < $1.path() }
        .map { file in
          let template = VectorTemplate([UInt8](try Data(contentsOf: file)))
          return try Vector(file.lastPathComponent, try template.expanded(BuiltIn.definitions))
        }
    } catch { preconditionFailure("\(error)") }
  }()

  /// All of them one behind the other.
  static let joined: Vector = {
    do { return try Vector("joined", all.flatMap(\.input)) } catch {
      preconditionFailure("\(error)")
    }
  }()

  private init(_ name: String, _ input: [UInt8]) throws {
    let expected = try scan(input)
    self.name = name
    self.input = input
    output = expected.output
    findings = expected.findings.map {
      Found(rule: BuiltIn.catalogue.ruleID($0.rule), range: $0.start..<$0.end)
    }
  }
}

extension [Weir.Finding] {
  /// As vectors have them.
  var found: [Vector.Found] { map { Vector.Found(rule: $0.rule, range: $0.range) } }
}

/// A token that one rule finds, made at run time.
func token(of rule: String = "github.personal-token", seed: UInt64 = 7) -> String {
  var maker = BuiltIn.maker(seed: seed)
  return String(decoding: maker.specimen(of: rule).bytes, as: UTF8.self)
}
