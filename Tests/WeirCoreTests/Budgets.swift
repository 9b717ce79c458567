import Foundation
import WeirCore

/// What looking for the rules may cost on the generated texts: `Benchmarks/budgets.tsv`.
struct Budgets: Equatable {
  /// One line: hits, candidates and bytes per MB.
  struct Line: Equatable {
    var text: String
    var row: String
    var counts: [PerMB]
  }

  static let totalRow = "(total)"
  /// So many rows of each text have a budget of their own.
  static let ownRows = 12
  private static let columns = ["hits", "candidates", "bytes"]
  private static let slackPercent: UInt64 = 5

  var lines: [Line] = []

  static let path: String = {
    let folder = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    return "/\(folder)/Benchmarks/budgets.tsv"
  }()

  init() {}

  init(reading path: String) throws {
    self.init(try String(contentsOfFile: path, encoding: .utf8))
  }

  init(_ file: String) {
    for line in file.split(separator: "\n") where !line.hasPrefix("#") {
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      guard fields.count == 5 else { continue }
      lines.append(
        Line(text: fields[0], row: fields[1], counts: fields[2...].map { PerMB(reading: $0) }))
    }
  }

  /// The file as it is written.
  var file: String {
    let head = [
      "# What looking for the rules costs on generated text, counted per MB; written by `make budgets`.",
      "# `make test` fails when a count is more than 5 % above the one here. Of each text: all rows together, and the dearest.",
      "# text\trow\thits\tcandidates\tbytes",
    ]
    let rows = lines.map { ([$0.text, $0.row] + $0.counts.map(\.text)).joined(separator: "\t") }
    return (head + rows).joined(separator: "\n") + "\n"
  }

  mutating func record(_ meter: borrowing Meter, on text: String) {
    let rows = meter.rows
    let byteCount = meter.byteCount
    func line(_ row: String, _ costs: Costs) -> Line {
      Line(
        text: text, row: row,
        counts: [costs.hits, costs.candidates, costs.bytes].map { PerMB($0, of: byteCount) })
    }
    lines.append(line(Self.totalRow, meter.total))
    lines += rows.prefix(Self.ownRows).map { line($0.name, $0.costs) }
  }

  /// What costs more than it may, a sentence each.
  ///
  /// - Parameter measured: with all rows, not only the dearest.
  func complaints(about measured: borrowing Meter, on text: String) -> [String] {
    var all = Budgets()
    let byteCount = measured.byteCount
    func rates(_ costs: Costs) -> [PerMB] {
      [costs.hits, costs.candidates, costs.bytes].map { PerMB($0, of: byteCount) }
    }
    let rows = measured.rows
    all.lines = rows.map { Line(text: text, row: $0.name, counts: rates($0.costs)) }
    let budgets = lines.filter { $0.text == text }
    guard let total = budgets.first(where: { $0.row == Self.totalRow }) else {
      return ["\(text): no budget is recorded; `make budgets` records it"]
    }
    var complaints: [String] = []
    // A row without a budget of its own was not among the dearest: it may cost as much as the last of them.
    let least = budgets.last.map { Self.weight($0.counts) } ?? 0
    for line in all.lines {
      if let own = budgets.first(where: { $0.row == line.row }) {
        complaints += Self.complaints(about: line, budget: own.counts)
      } else if Self.weight(line.counts) * 100 > least * (100 + Int(Self.slackPercent)) + 100 {
        let counts = zip(line.counts, Self.columns).map { "\($0.text) \($1)" }
        complaints.append(
          "\(text): \(line.row) has no budget of its own, for it was not among the dearest; now it "
            + "comes to \(counts.joined(separator: ", ")) a MB; if that is meant, `make budgets` "
            + "records it")
      }
    }
    let sum = Line(text: text, row: Self.totalRow, counts: rates(measured.total))
    for complaint in Self.complaints(about: sum, budget: total.counts) {
      complaints.append(complaint + "; most grew " + all.growth(since: budgets))
    }
    return complaints
  }

  private static func complaints(about line: Line, budget: [PerMB]) -> [String] {
    columns.indices.compactMap { column in
      let (count, limit) = (line.counts[column], budget[column])
      // A tenth is lost in writing it down.
      guard count.tenths * 100 > limit.tenths * (100 + slackPercent) + 100 else { return nil }
      return "\(line.text): \(line.row) has a budget of \(limit.text) \(columns[column]) a MB, and "
        + "comes to \(count.text); if that is meant, `make budgets` records it"
    }
  }

  /// As `Costs.weight`, of what was written down.
  private static func weight(_ counts: [PerMB]) -> Int {
    Int(counts[2].tenths + 4 * counts[0].tenths + 16 * counts[1].tenths)
  }

  /// The row that grew most.
  private func growth(since budgets: [Line]) -> String {
    let grown = lines.map { line in
      let before = budgets.first { $0.row == line.row }.map { Self.weight($0.counts) } ?? 0
      return (row: line.row, growth: Self.weight(line.counts) - before)
    }
    return grown.max { $0.growth < $1.growth }?.row ?? "nothing"
  }
}

extension PerMB {
  fileprivate init(reading text: String) {
    let parts = text.split(separator: ".")
    let tenths = (parts.first.flatMap { UInt64($0) } ?? 0) * 10
    self.init(tenths: tenths + (parts.count > 1 ? UInt64(parts[1]) ?? 0 : 0))
  }
}
