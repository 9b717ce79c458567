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

  @Test("rules that do not fit together are refused at the rule that does not")
  func unfit() throws {
    #expect(
      try refusal(of: ["a.toml": right.adding(#"pair = "acme.key""#).text])
        == "a.toml:4:1: rule acme.token: its pair acme.key is no rule")
    #expect(
      try refusal(of: ["a.toml": right.adding(#"check = "crc32-base62(core) = sum""#).text])
        == "a.toml:4:1: rule acme.token: the check names core, which the shape does not")
  }

  @Test("what is no text, and what is no folder, is refused")
  func unreadable() throws {
    let folder = try Folder([:])
    let path = folder.url.path()
    try Data([0xFF, 0xFE]).write(to: folder.url.appending(path: "a.toml"))
    let error = #expect(throws: RuleError.self) { try RuleFolder.definitions(at: path) }
    #expect(error?.description == "\(path)/a.toml:1:1: expected readable UTF-8 text")
    let missing = #expect(throws: RuleError.self) { try RuleFolder.definitions(at: path + "/no") }
    #expect(missing?.description == "\(path)/no:1:1: expected a folder of rule files")
  }
}
