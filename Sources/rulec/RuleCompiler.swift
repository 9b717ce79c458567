import Foundation
import WeirCore
import WeirRules

/// Compiles the rule files of a folder.
///
///     rulec embed RULES OUTPUT.swift   the catalogue as Swift source, for the build
///     rulec state RULES OUTPUT.swift   the rules themselves as Swift source, for the build
///     rulec database RULES OUTPUT.db   the serialised database alone, for raw measurements
///     rulec signatures RULES OUTPUT    each expression of the database, with its rules
///     rulec pages RULES FOLDER         the rule reference for people, a file a letter
@main
enum RuleCompiler {
  static func main() {
    let arguments = Array(CommandLine.arguments.dropFirst())
    guard arguments.count == 3, let command = Command(rawValue: arguments[0]) else {
      fail("usage: rulec embed|state|database|signatures|pages RULES-FOLDER OUTPUT")
    }
    do {
      let folder = arguments[1]
      let output = URL(filePath: arguments[2])
      func write(_ data: Data) throws { try data.write(to: output, options: .atomic) }
      switch command {
      case .embed:
        try write(Data(source(of: RuleFolder.catalogue(at: folder), rules: folder).utf8))
      case .state:
        try write(Data(source(of: RuleFolder.definitions(at: folder)).utf8))
      case .database: try write(Data(RuleFolder.catalogue(at: folder).serializedDatabase()))
      case .signatures: try write(Data(signatures(of: folder).utf8))
      case .pages: try RulePages(RuleFolder.definitions(at: folder)).write(to: output)
      }
    } catch {
      fail("error: \(error)")
    }
  }

  private enum Command: String {
    case embed, state, database, signatures, pages
  }

  private static func signatures(of folder: String) throws -> String {
    try Catalogue.signatures(of: RuleFolder.definitions(at: folder)).map {
      "\($0.expression)\t\($0.rules.joined(separator: " "))\n"
    }.joined()
  }

  private static func source(
    of catalogue: Catalogue, rules: String
  ) throws(CatalogueError) -> String {
    let image = try catalogue.image()
    return """
      // Made by rulec from \(catalogue.ruleCount) rules.
      internal import WeirCore

      let catalogueImage = \(literal(of: image))
      let catalogueCommit = "\(commit(of: rules))"

      """
  }

  private static func source(of rules: [RuleDefinition]) -> String {
    """
    // Made by rulec from \(rules.count) rules.
    internal import WeirCore

    let compiledRules = \(literal(of: CompiledRules.bytes(of: rules)))

    """
  }

  private static func literal(of bytes: [UInt8]) -> String {
    "SevenBitText(byteCount: \(bytes.count), text: \"\(SevenBitText.literal(of: bytes))\")"
  }

  /// The commit the rules stand at, or `unknown` outside a git checkout.
  private static func commit(of folder: String) -> String {
    let git = Process()
    git.executableURL = URL(filePath: "/usr/bin/env")
    git.arguments = ["git", "-C", folder, "rev-parse", "--short=12", "HEAD"]
    let output = Pipe()
    git.standardOutput = output
    git.standardError = FileHandle.nullDevice
    guard (try? git.run()) != nil else { return "unknown" }
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    git.waitUntilExit()
    let commit = text.filter(\.isHexDigit)
    return git.terminationStatus == 0 && !commit.isEmpty ? commit : "unknown"
  }

  private static func fail(_ message: String) -> Never {
    FileHandle.standardError.write(Data((message + "\n").utf8))
    exit(2)
  }
}
