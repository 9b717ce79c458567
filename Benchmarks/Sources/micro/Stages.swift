internal import WeirCore

/// The way of a byte in two halves: blocks of 128 KiB are searched by Hyperscan, and then taken through what is behind it.
///
/// Of line feeds the second half is the window, the frontier and the way out alone.
final class Stages {
  private(set) var prefilter: Measure
  private(set) var behind: Measure
  private let text: Text
  private let catalogue: Catalogue
  private let search: BlockSearch
  private var scanner: Scanner
  private let block = Block(byteCount: Text.blockBytes)

  init(_ text: Text, behindIs name: String, catalogue: Catalogue) throws {
    self.text = text
    self.catalogue = catalogue
    prefilter = Measure(
      "prefilter", on: text.name, each: .kilobyte, amount: text.bytes.count / 1000)
    behind = Measure(name, on: text.name, each: .kilobyte, amount: text.bytes.count / 1000)
    search = try BlockSearch(catalogue: catalogue)
    scanner = try Scanner(catalogue: catalogue, policy: .redact)
  }

  func run() throws {
    var (searched, verified) = (Sample(), Sample())
    var sink = CountingSink()
    try text.forEachPiece(of: Text.blockBytes) { piece in
      var seam = scanner.seam()
      block.room().copyMemory(from: piece)
      block.fill(count: piece.count, behind: &seam)
      searched.time {
        search.search(block)
        return 1
      }
      try verified.time {
        try scanner.advance(over: block, into: &sink)
        return 0
      }
    }
    try scanner.finish(into: &sink)
    scanner.restart()
    verified.count = sink.findings
    prefilter.add(searched)
    behind.add(verified)
  }
}
