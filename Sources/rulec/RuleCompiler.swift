import Foundation
import WeirCore
import WeirRules

/// `rulec embed RULES OUTPUT`: compiles the rule files of a folder and writes the catalogue as Swift source.
@main
enum RuleCompiler {
  static func main() {
    let arguments = Array(CommandLine.arguments.dropFirst())
    guard arguments.count == 3, arguments[0] == "embed" else {
      fail("usage: rulec embed RULES-FOLDER OUTPUT.swift")
    }
    do {
      let definitions = try RuleFolder.definitions(at: arguments[1])
      let catalogue = try Catalogue(compiling: definitions)
      let image = try catalogue.image()
      let source = """
        // Made by rulec from \(definitions.count) rules.
        let catalogueImage: StaticString = "\(Data(image).base64EncodedString())"
        let catalogueCommit = "\(commit(of: arguments[1]))"

        """
      try source.write(toFile: arguments[2], atomically: true, encoding: .utf8)
    } catch {
      fail("error: \(error)")
    }
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
