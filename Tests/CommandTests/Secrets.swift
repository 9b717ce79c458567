import Foundation
import Testing
import WeirCore
import WeirRules
import WeirSpecimens

/// Credentials made at run time, and texts around them.
struct Secrets {
  private var maker: SpecimenMaker
  private var random: SplitMix64

  init(seed: UInt64) throws {
    random = SplitMix64(seed: seed)
    maker = SpecimenMaker(rules: try Self.rules(), seed: seed)
  }

  static var rulesFolder: String {
    let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    return tests.deletingLastPathComponent().appending(path: "rules").path()
  }

  static func rules() throws -> [RuleDefinition] {
    try RuleFolder.definitions(at: rulesFolder)
  }

  /// The rule file of docs/own-rules.md.
  static func ownRules() throws -> String {
    let docs = URL(filePath: rulesFolder).deletingLastPathComponent().appending(path: "docs")
    let page = try String(contentsOf: docs.appending(path: "own-rules.md"), encoding: .utf8)
    return String(try #require(page.firstMatch(of: /```toml\n(.*?)```/.dotMatchesNewlines())).1)
  }

  static func ruleIDs() throws -> Set<String> { Set(try rules().map(\.id)) }

  /// A GitHub token: a plain prefix, and a check that holds.
  mutating func token() -> [UInt8] {
    maker.specimen(of: "github.personal-token").bytes
  }

  /// A credential of any rule, behind what arms it.
  mutating func specimen(of id: String) -> [UInt8] {
    maker.specimen(of: id).bytes
  }

  mutating func keyBlock() -> [UInt8] {
    maker.specimen(of: "pem.private-key").bytes
  }

  /// An access token of Google: an open run, of any length.
  mutating func openRun(count: Int) -> [UInt8] {
    "ya29." + random.bytes(Alphabet.named["base64url"]!.bytes, count: count)
  }

  /// Log lines with a credential of every rule among them, its place, and the rule.
  mutating func log() -> [UInt8] {
    var bytes: [UInt8] = []
    for rule in maker.rules {
      bytes += Array("2026-11-21T02:45:00Z INFO request served in 12 ms\n2026 WARN saw ".utf8)
      bytes += maker.specimen(of: rule).bytes + Array(" in the environment\r\n".utf8)
    }
    return bytes
  }
}

extension Array<UInt8> {
  static func + (bytes: [UInt8], text: String) -> [UInt8] { bytes + Array(text.utf8) }
  static func + (text: String, bytes: [UInt8]) -> [UInt8] { Array(text.utf8) + bytes }

  /// Where it is no longer what `other` is; nil if the two are the same. Of long bytes that differ a test says this,
  /// and not the bytes.
  func difference(from other: [UInt8]) -> Int? {
    self == other ? nil : zip(self, other).prefix { $0 == $1 }.count
  }

  /// Where it is no longer a beginning of `whole`; nil if it is one.
  func strays(from whole: [UInt8]) -> Int? {
    difference(from: Array(whole.prefix(count)))
  }

  func holds(_ part: [UInt8]) -> Bool {
    Data(self).range(of: Data(part)) != nil
  }
}
