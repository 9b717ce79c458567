import ArgumentParser
import Corpora
import Foundation

/// `corpus score`: makes a corpus, scans it with the built command, and says what was found of it.
struct ScoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "score",
    abstract: "Precision, recall and exact spans of a scan, by dress and rule.",
    discussion: """
      Recall is the share of credentials of which findings cover all bytes; exact, of which a \
      finding has exactly the bytes; own rule, of which that finding has the rule that the \
      credential was made for, too. Precision is the share of findings that touch a credential. \
      Ends with 1 when a floor is not reached, and with 2 when the scan fails.
      """)

  @OptionGroup var order: OrderOptions

  @Option(help: "The command whose scan is scored.")
  var weir = ".build/release/weir"

  @Option(help: "Keep the corpus and its manifest in this folder, which must be empty or new.")
  var keep: String?

  @Option(help: "A floor in percent.")
  var leastRecall: Double = 0

  @Option(help: "A floor in percent.")
  var leastPrecision: Double = 0

  @Option(help: "A floor in percent, of exact spans.")
  var leastExact: Double = 0

  func run() throws {
    let score = try Failure.told { try made() }
    print(ScoreTable(score: score).text, terminator: "")
    let floors = [
      ("recall", score.total.recall, leastRecall),
      ("precision", score.total.precision, leastPrecision),
      ("exact spans", score.total.exactRate, leastExact),
    ]
    // Nothing planted, or nothing found, reaches no floor.
    let missed = floors.filter { $0.2 > 0 && ($0.1 ?? 0) * 100 < $0.2 }
    for (name, _, floor) in missed { print("\nBelow the floor: \(name), \(floor) %") }
    if !missed.isEmpty { throw ExitCode(1) }
  }

  private func made() throws -> Score {
    let path =
      keep
      ?? FileManager.default.temporaryDirectory.appending(path: "corpus-\(UUID())").path()
    defer { if keep == nil { try? FileManager.default.removeItem(atPath: path) } }
    var folder = try CorpusFolder(path: path)
    try order.corpus(try order.definitions()).write(to: &folder)
    try folder.close()
    print("\(folder.byteCount) bytes in \(folder.fileCount) files, seed \(order.seed)\n")
    let manifest = try Data(contentsOf: URL(filePath: "\(path)/\(CorpusFolder.manifestName)"))
    let scan = ScanOfCorpus(command: weir, minConfidence: order.minConfidence.rawValue)
    return Score(
      planted: try Planted.all(in: manifest),
      findings: try scan.findings(in: path, except: CorpusFolder.manifestName))
  }
}
