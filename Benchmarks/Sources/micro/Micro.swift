internal import Hyperscan
internal import PlainTexts
internal import WeirCatalogue
internal import WeirCore

/// `micro [--rounds N] [--only prefilter|window|records|mask] [FILE…]`: what the parts of the engine cost, each alone.
///
/// On generated logs and code, and on the first 4 MB of the files named. Rounds of all measures in turn, so that a slow minute hits
/// every one; medians, and every sample below. Nanoseconds are the thread's own.
@main
struct Micro {
  private static let textBytes = 4_000_000
  private var rounds = 9
  private var only: String?
  private var files: [String] = []

  static func main() throws {
    var micro = Micro()
    var arguments = CommandLine.arguments.dropFirst()
    while let word = arguments.popFirst() {
      switch word {
      case "--rounds": micro.rounds = arguments.popFirst().flatMap { Int($0) } ?? 0
      case "--only": micro.only = arguments.popFirst()
      case _ where !word.hasPrefix("-"): micro.files.append(word)
      default: fail("usage: micro [--rounds N] [--only prefilter|window|records|mask] [FILE…]")
      }
    }
    if micro.rounds < 1 { fail("--rounds needs a number from 1 on") }
    try micro.run()
  }

  private func run() throws {
    let catalogue = try BuiltInCatalogue.load()
    let texts =
      [.logs, .code].map { Text($0, byteCount: Self.textBytes) }
      + files.map { Text(file: $0, byteCount: Self.textBytes) }
    func isWanted(_ part: String) -> Bool { only.map { $0 == part } ?? true }
    var stages: [Stages] = []
    if isWanted("prefilter") {
      stages += try texts.map { try Stages($0, behindIs: "verify, decide", catalogue: catalogue) }
    }
    if isWanted("window") {
      stages.append(
        try Stages(
          .lineFeeds(byteCount: Self.textBytes), behindIs: "window", catalogue: catalogue))
    }
    let records =
      isWanted("records") ? try texts.map { try Records($0, catalogue: catalogue) } : []
    let masks = isWanted("mask") ? [try Masks(catalogue: catalogue)] : []
    // The first is the warm-up.
    var result: [Measure] = []
    for _ in 0...rounds {
      for part in stages { try part.run() }
      for part in records { try part.run() }
      for part in masks { try part.run() }
    }
    for part in stages { result += [part.prefilter, part.behind] }
    for part in records { result += part.measures }
    for part in masks { result.append(part.measure) }
    print("\(catalogue.ruleCount) rules, Hyperscan \(HyperscanLibrary.version), \(rounds) rounds\n")
    Table(measures: result).print()
  }
}
