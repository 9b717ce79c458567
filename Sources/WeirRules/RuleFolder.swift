internal import Foundation
public import WeirCore

/// All rule files of a folder.
public enum RuleFolder {
  /// Reads and compiles the rules of a folder.
  ///
  /// - Throws: `RuleError` for a mistake of a file, with its place; `CatalogueError` for what is no rule's fault.
  public static func catalogue(at path: String) throws -> Catalogue {
    let definitions = try definitions(at: path)
    do { return try Catalogue(compiling: definitions) } catch {
      guard case .rule(let id, let reason) = error,
        let origin = definitions.last(where: { $0.id == id })?.origin
      else { throw error }
      throw RuleError(file: origin.file, line: origin.line, column: 1, rule: id, reason: reason)
    }
  }

  /// Reads every `*.toml`, in the order of names.
  ///
  /// - Throws: `RuleError` for the first mistake, in a file or between files.
  public static func definitions(at path: String) throws(RuleError) -> [RuleDefinition] {
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: path).filter {
        $0.hasSuffix(".toml")
      }
    } catch {
      throw RuleError(file: path, line: 1, column: 1, reason: "expected a folder of rule files")
    }
    var result: [RuleDefinition] = []
    for name in names.sorted() {
      let file = path + (path.hasSuffix("/") ? "" : "/") + name
      guard let bytes = FileManager.default.contents(atPath: file),
        let text = String(validating: bytes, as: UTF8.self)
      else {
        throw RuleError(file: file, line: 1, column: 1, reason: "expected readable UTF-8 text")
      }
      result += try RuleFile.definitions(path: file, text: text)
    }
    return result
  }
}
