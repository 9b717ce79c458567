public import ArgumentParser
public import Corpora
import WeirCore
import WeirRules

extension Dress: ExpressibleByArgument {}

enum Sureness: String, CaseIterable, ExpressibleByArgument { case low, medium, high }

/// What is ordered; the same for making and for scoring.
struct OrderOptions: ParsableArguments {
  @Option(help: "Bytes of all files: 500K, 64M, 1G (of 1000).")
  var size: ByteCount

  @Option(help: "Credentials a byte: 1e-6 is one in a million bytes; 0 for none.")
  var density: Double

  @Option(help: "The same seed makes the same bytes.")
  var seed: UInt64 = 1

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Only these dresses.",
      discussion: Dress.allCases.map(\.rawValue).joined(separator: ", ")))
  var dress: [Dress] = []

  @Option(help: "Only rules so sure: low, medium or high. Others are not reported by default.")
  var minConfidence = Sureness.medium

  @Option(help: "The folder of rule files.")
  var rules = "rules"

  func validate() throws {
    guard density.isFinite, density >= 0, density <= 1 else {
      throw ValidationError("the density is a number of credentials a byte, from 0 to 1")
    }
  }

  func corpus(_ rules: [RuleDefinition]) -> Corpus {
    Corpus(
      rules: rules, byteCount: size.bytes, density: density, seed: seed,
      dresses: dress.isEmpty ? Dress.allCases : dress)
  }

  /// Those of which credentials are put in.
  func definitions() throws -> [RuleDefinition] {
    let least = Confidence.allCases.first { $0.name == minConfidence.rawValue } ?? .medium
    return try RuleFolder.definitions(at: rules).filter { $0.confidence >= least }
  }
}
