import Foundation
import WeirCore
import WeirRules

/// Compiles the rule files of a folder.
///
///     rulec embed RULES OUTPUT.swift   the catalogue as Swift source, for the build
///     rulec database RULES OUTPUT.db   the serialised database alone, for raw measurements
@main
enum RuleCompiler {
  static func main() {
    let arguments = Array(CommandLine.arguments.dropFirst())
    guard arguments.count == 3, let command = Command(rawValue: arguments[0]) else {
      fail("usage: rulec embed RULES-FOLDER OUTPUT.swift | rulec database RULES-FOLDER OUTPUT.db")
    }
    do {
      let catalogue = try RuleFolder.catalogue(at: arguments[1])
      let output: Data
      switch command {
      case .embed: output = Data(try source(of: catalogue, rules: arguments[1]).utf8)
      case .database: output = Data(try catalogue.serializedDatabase())
      }
      try output.write(to: URL(filePath: arguments[2]), options: .atomic)
    } catch {
      fail("error: \(error)")
    }
  }

  private enum Command: String {
    case embed, database
  }

  private static func source(
    of catalogue: Catalogue, rules: String
  ) throws(CatalogueError) -> String {
    """
    // Made by rulec from \(catalogue.ruleCount) rules.
    let catalogueImage: StaticString = "\(Data(try catalogue.image()).base64EncodedString())"
    let catalogueCommit = "\(commit(of: rules))"

    """
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
