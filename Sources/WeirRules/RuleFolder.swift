internal import Foundation
public import WeirCore
internal import WeirRegex

/// A rule file, or all of a folder.
public enum RuleFolder {
  /// Reads and compiles the rules of a folder.
  ///
  /// - Throws: `RuleError` for a mistake of a file, with its place; `CatalogueError` for what is no rule's fault.
  public static func catalogue(at path: String) throws -> Catalogue {
    try compile(try definitions(at: path))
  }

  /// Compiles rules that were read.
  ///
  /// - Parameter say: is told a line of each rule that costs more than others.
  /// - Throws: as `catalogue(at:)`. Of two rules of one id the last that a file states is named.
  public static func compile(
    _ definitions: [RuleDefinition], say: (String) -> Void = { _ in }
  ) throws -> Catalogue {
    do {
      return try Catalogue(compiling: definitions) { rules throws(CatalogueError) in
        let rules = try RegexRules(rules)
        for note in rules.notes { say(note) }
        return rules
      }
    } catch {
      guard case .rule(let id, let reason) = error,
        let origin = definitions.last(where: { $0.id == id })?.origin
      else { throw error }
      throw RuleError(file: origin.file, line: origin.line, column: 1, rule: id, reason: reason)
    }
  }

  /// Reads a file, or of a folder every `*.toml` in the order of names.
  ///
  /// - Throws: `RuleError` for the first mistake, in a file or between files.
  public static func definitions(at path: String) throws(RuleError) -> [RuleDefinition] {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw RuleError(
        file: path, line: 1, column: 1, reason: "expected a rule file, or a folder of them")
    }
    return isFolder.boolValue ? try definitions(inFolder: path) : try definitions(inFile: path)
  }

  private static func definitions(
    inFolder path: String
  ) throws(RuleError) -> [RuleDefinition] {
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: path).filter {
        $0.hasSuffix(".toml")
      }
    } catch {
      throw RuleError(file: path, line: 1, column: 1, reason: "expected a readable folder")
    }
    var result: [RuleDefinition] = []
    for name in names.sorted() {
      result += try definitions(inFile: path + (path.hasSuffix("/") ? "" : "/") + name)
    }
    return result
  }

  private static func definitions(inFile path: String) throws(RuleError) -> [RuleDefinition] {
    try RuleFile.definitions(path: path, text: text(of: path))
  }

  /// The text of a file.
  static func text(of path: String) throws(RuleError) -> String {
    guard let bytes = FileManager.default.contents(atPath: path),
      let text = String(validating: bytes, as: UTF8.self)
    else {
      throw RuleError(file: path, line: 1, column: 1, reason: "expected readable UTF-8 text")
    }
    return text
  }
}
