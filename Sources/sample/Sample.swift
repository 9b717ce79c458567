import Foundation
import WeirCore
import WeirRules
import WeirSpecimens

/// `sample [--seed N] [--lines N] RULES-FOLDER`: mixed logs with a synthetic credential of every
/// rule among them.
///
/// All text is the project's own, and all credentials are made while it runs.
@main
struct Sample {
  private var seed: UInt64 = 1
  private var lineCount = 400
  private var rulesFolder: String?

  static func main() {
    do {
      let sample = try Sample(arguments: Array(CommandLine.arguments.dropFirst()))
      try sample.write()
    } catch {
      FileHandle.standardError.write(Data("sample: \(error)\n".utf8))
      exit(2)
    }
  }

  private init(arguments: [String]) throws(UsageError) {
    var rest = arguments[...]
    while let word = rest.popFirst() {
      switch word {
      case "--seed": seed = try Self.number(rest.popFirst(), of: word)
      case "--lines": lineCount = try Self.number(rest.popFirst(), of: word)
      case _ where rulesFolder == nil && !word.hasPrefix("-"): rulesFolder = word
      default: throw .unknown(word)
      }
    }
  }

  private static func number<Value: FixedWidthInteger>(
    _ text: String?, of option: String
  ) throws(UsageError) -> Value {
    guard let text, let value = Value(text), value >= 0 else { throw .noNumber(option) }
    return value
  }

  private func write() throws {
    guard let rulesFolder else { throw UsageError.noFolder }
    let rules = try RuleFolder.definitions(at: rulesFolder)
    var script = Script(rules: rules, seed: seed)
    FileHandle.standardOutput.write(Data(script.text(lineCount: lineCount)))
  }
}

/// What is wrong with the arguments.
enum UsageError: Error, CustomStringConvertible {
  case unknown(String)
  case noNumber(String)
  case noFolder

  var description: String {
    let what =
      switch self {
      case .unknown(let word): "unknown argument \(word)"
      case .noNumber(let option): "\(option) needs a number from 0 on"
      case .noFolder: "no folder of rules given"
      }
    return what + "; usage: sample [--seed N] [--lines N] RULES-FOLDER"
  }
}
