internal import WeirCore
internal import WeirIO

/// Says on standard error what a run begins with and came to, as far as somebody wants to hear it.
struct RunVoice {
  private let options: SpokenOptions
  private let catalogue: Catalogue
  /// Begins to count with the run.
  private let statistics = Statistics()

  init(_ options: SpokenOptions, of catalogue: Catalogue, _ policy: Policy, threads: Int) {
    self.options = options
    self.catalogue = catalogue
    guard options.verbose else { return }
    let all = catalogue.ruleCount
    let chosen = policy.reported.map { chosen in (0..<all).count { chosen.contains($0) } } ?? all
    StandardError.say(
      "\(chosen) \(chosen < all ? "of \(all) rules" : "rules"), "
        + "\(threads) \(threads == 1 ? "thread" : "threads")")
  }

  /// Behind the last input.
  ///
  /// - Parameters:
  ///   - others: what else was counted, in words.
  ///   - isSummedUp: what was found is told by power and rule.
  ///   - lastLine: nil for none.
  func sayEnd(
    of account: Account, _ counts: FindingCounts, others: [String] = [], isSummedUp: Bool = false,
    lastLine: String?
  ) {
    if options.receipt { account.sayReceipt() }
    sayStatistics(of: account, counts, others: others)
    if options.quiet {
      if options.receipt { for line in others { StandardError.say(line) } }
      return
    }
    // One finding says all of itself.
    if isSummedUp, counts.total > 1 {
      for line in FindingSummary(counts, of: catalogue).lines { StandardError.say(line) }
    }
    if let lastLine { StandardError.say(lastLine) }
  }

  /// If they are asked for.
  func sayStatistics(of account: Account, _ counts: FindingCounts, others: [String] = []) {
    guard options.stats else { return }
    for line in statistics.lines(of: account, counts, of: catalogue, others: others) {
      StandardError.say("stats: \(line)")
    }
  }
}
