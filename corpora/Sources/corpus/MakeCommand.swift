import ArgumentParser
import Corpora

/// `corpus make`: files of all dresses, and their manifest.
struct MakeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "make", abstract: "Writes a corpus into a new folder.")

  @OptionGroup var order: OrderOptions

  @Option(help: "The folder, which must be empty or new.")
  var to: String

  func run() throws {
    try Failure.told {
      let corpus = order.corpus(try order.definitions())
      var folder = try CorpusFolder(path: to)
      let time = try ContinuousClock().measure {
        try corpus.write(to: &folder)
        try folder.close()
      }
      let speed = Double(folder.byteCount) / 1e6 / (time / .seconds(1))
      print(
        "\(to): \(folder.byteCount) bytes in \(folder.fileCount) files,",
        "\(folder.labelCount) credentials; \(Int(speed)) MB/s")
    }
  }
}
