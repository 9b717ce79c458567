internal import WeirCore
internal import WeirIO

/// What a run came to in figures, for `--stats`.
struct Statistics {
  private let stopwatch = Stopwatch()

  /// - Parameter others: what else was counted, in words.
  func lines(
    of account: Account, _ counts: FindingCounts, of catalogue: Catalogue, others: [String] = []
  ) -> [String] {
    let nanoseconds = max(stopwatch.nanoseconds, 1)
    let milliseconds = (nanoseconds + 500_000) / 1_000_000
    let thousandths = String(1000 + milliseconds % 1000).dropFirst()
    let bytes = account.receipt.readBytes
    let rate = UInt64(Double(bytes) / Double(nanoseconds) * 1e9)
    let summary = FindingSummary(counts, of: catalogue)
    let findings =
      [
        "\(counts.total) \(counts.total == 1 ? "finding" : "findings")"
          + (counts.total > 0 ? ": \(summary.byPower)" : "")
      ]
      + counts.byRule(of: catalogue).map { "\($0.rule.id) \($0.count)" }
    let memory = ResidentMemory.mostBytes.map { ["\($0) bytes of memory at most"] } ?? []
    return [
      "\(account.inputCount) \(account.inputCount == 1 ? "input" : "inputs"), \(bytes) bytes",
      "\(milliseconds / 1000).\(thousandths) s, \(rate) bytes/s",
    ] + findings + others + memory
  }
}
