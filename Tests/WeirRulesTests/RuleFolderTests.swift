import Foundation
import Testing
import WeirCore
import WeirRules

@Suite("A folder of rules is read whole or not at all")
struct RuleFolderTests {
  /// A folder that lives as long as the test.
  private final class Folder {
    let url = FileManager.default.temporaryDirectory.appending(path: "weir-\(UUID())")

    init(_ files: [String: String]) throws {
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
      for (name, text) in files { try Data(text.utf8).write(to: url.appending(path: name)) }
    }

    deinit { try? FileManager.default.removeItem(at: url) }
  }

  /// What is said of the folder, with its files named from inside.
  private func refusal(of files: [String: String]) throws -> String? {
    let folder = try Folder(files)
    let path = folder.url.path()
    let error = #expect(throws: RuleError.self) { _ = try RuleFolder.catalogue(at: path) }
    return error?.description.replacing(path + "/", with: "")
  }

  private let right = RuleText()

  @Test("files are read in the order of their names, and only rule files are")
  func order() throws {
    let folder = try Folder([
      "b.toml": right.replacing(5, with: #"id = "acme.two""#).text,
      "a.toml": right.replacing(5, with: #"id = "acme.one""#).text,
      "a.toml.orig": "not read",
    ])
    let definitions = try RuleFolder.definitions(at: folder.url.path())
    #expect(definitions.map(\.id) == ["acme.one", "acme.two"])
    #expect(try RuleFolder.catalogue(at: folder.url.path()).ruleCount == 2)
  }

  @Test("a mistake in one file names that file")
  func mistake() throws {
    let refused = try refusal(of: [
      "a.toml": right.text, "b.toml": right.replacing(8, with: #"power = "root""#).text,
    ])
    #expect(
      refused == "b.toml:8:9: rule acme.token: expected one of admin, data, read, spend, write")
  }

  @Test("an id used in two files is refused at the second")
  func duplicate() throws {
    let refused = try refusal(of: ["a.toml": right.text, "b.toml": "\n" + right.text])
    #expect(refused == "b.toml:5:1: rule acme.token: the id is used twice")
  }

  /// Every reason for which a rule that reads well is refused.
  private static let unfitRules: [(rule: RuleText, reason: String)] = {
    let right = RuleText()
    return [
      (right.adding(#"pair = "acme.key""#), "its pair acme.key is no rule"),
      (right.adding(#"pair = "acme.token""#), "its pair acme.token has no anchor of its own"),
      (
        right.adding(#"check = "crc32-base62(core) = sum""#),
        "the check names core, which the shape does not"
      ),
      (
        right.adding(#"check = "crc32-base62(body) = crc""#),
        "the check names crc, which the shape does not"
      ),
      (
        right.shape("'acme_' hex{510} secret:base62{20}"),
        "at most 512 bytes may stand before the secret"
      ),
      (right.shape("secret:'acme_' hex{4,}"), "an open run belongs to the secret"),
      (right.shape("'acme_' secret:jwt"), "a shape with a tail is a secret as a whole"),
      (
        right.shape("hex{32}"),
        "no literal of three bytes near the start; give it a cue or a context"
      ),
      (right.shape("'acme\\\\x0a' hex{32}"), "a signature may not hold a line feed"),
      (right.adding(#"cue = ["acme"]"#).adding("within = 0"), "within is 1 to 4096 bytes"),
      (right.adding(#"cue = ["ac"]"#), "a cue has 3 to 64 bytes"),
      (
        right.adding("cue = [\"\(String(repeating: "a", count: 65))\"]"), "a cue has 3 to 64 bytes"
      ),
      (
        right.adding(#"cue = ["acme"]"#).adding(#"context = ["acme"]"#),
        "one of context, cue and judge"
      ),
    ]
  }()

  @Test(
    "rules that do not fit together are refused at the line of the rule that does not",
    arguments: unfitRules.indices)
  func unfit(index: Int) throws {
    let (rule, reason) = Self.unfitRules[index]
    let first = right.replacing(5, with: #"id = "acme.first""#)
    // The rule stands in the second file, behind a line more.
    #expect(
      try refusal(of: ["a.toml": first.text, "b.toml": "\n" + rule.text])
        == "b.toml:5:1: rule acme.token: \(reason)")
  }

  @Test("an id whose mask would be an anchor is refused at its rule")
  func ids() throws {
    let named = right.replacing(5, with: #"id = "acme.my-key""#).shape("'key-' hex{16}")
    #expect(
      try refusal(of: ["a.toml": named.text])
        == "a.toml:4:1: rule acme.my-key: its mask ends as another rule's anchor begins; "
        + "name it otherwise")
    let long = right.replacing(5, with: #"id = "acme.Token""#)
    #expect(
      try refusal(of: ["a.toml": long.text])
        == "a.toml:4:1: rule acme.Token: an id is provider.noun of a-z 0-9 - and at most 32 bytes")
  }

  @Test("what is no text, and what is no folder, is refused")
  func unreadable() throws {
    let folder = try Folder([:])
    let path = folder.url.path()
    try Data([0xFF, 0xFE]).write(to: folder.url.appending(path: "a.toml"))
    let error = #expect(throws: RuleError.self) { try RuleFolder.definitions(at: path) }
    #expect(error?.description == "\(path)/a.toml:1:1: expected readable UTF-8 text")
    let missing = #expect(throws: RuleError.self) { try RuleFolder.definitions(at: path + "/no") }
    #expect(missing?.description == "\(path)/no:1:1: expected a rule file, or a folder of them")
  }
}
