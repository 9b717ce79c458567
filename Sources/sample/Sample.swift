import Foundation
import PlainTexts
import WeirCore
import WeirRules
import WeirSpecimens

/// `sample [--seed N] [--lines N] [--rule ID]… [--bytes N] RULES-FOLDER`: mixed logs with a synthetic credential of
/// every rule among them, or of the rules named; with `--bytes` so often that they come to that.
///
/// `sample --text logs|code|locks|base64 [--seed N] --bytes N`: text without a credential.
///
/// All text is the project's own, and all credentials are made while it runs. With more bytes the same text goes on.
@main
struct Sample {
  private var seed: UInt64 = 1
  private var lineCount = 400
  private var byteCount = 0
  private var plainText: PlainText?
  private var ruleIDs: [String] = []
  private var rulesFolder: String?

  static func main() {
    do {
      let sample = try Sample(arguments: Array(CommandLine.arguments.dropFirst()))
      FileHandle.standardOutput.write(Data(try sample.text()))
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
      case "--bytes": byteCount = try Self.number(rest.popFirst(), of: word)
      case "--text":
        plainText = rest.popFirst().flatMap { PlainText(rawValue: $0) }
        if plainText == nil { throw .noText }
      case "--rule": ruleIDs.append(rest.popFirst() ?? "")
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

  private func text() throws -> [UInt8] {
    if let plainText { return plainText.bytes(byteCount, seed: seed) }
    guard let rulesFolder else { throw UsageError.noFolder }
    var rules = try RuleFolder.definitions(at: rulesFolder)
    for id in ruleIDs where !rules.contains(where: { $0.id == id }) {
      throw UsageError.noRule(id)
    }
    if !ruleIDs.isEmpty { rules.removeAll { !ruleIDs.contains($0.id) } }
    var script = Script(rules: rules, seed: seed)
    var text = script.text(lineCount: lineCount)
    while text.count < byteCount { text += script.text(lineCount: lineCount) }
    return text
  }
}

/// What is wrong with the arguments.
enum UsageError: Error, CustomStringConvertible {
  case unknown(String)
  case noNumber(String)
  case noText
  case noRule(String)
  case noFolder

  var description: String {
    let what =
      switch self {
      case .unknown(let word): "unknown argument \(word)"
      case .noNumber(let option): "\(option) needs a number from 0 on"
      case .noText:
        "--text needs one of \(PlainText.allCases.map(\.rawValue).joined(separator: ", "))"
      case .noRule(let id): "no rule \(id)"
      case .noFolder: "no folder of rules given"
      }
    return what
      + "; usage: sample [--seed N] [--lines N] [--rule ID]… [--bytes N] RULES-FOLDER, or "
      + "sample --text KIND [--seed N] --bytes N"
  }
}
