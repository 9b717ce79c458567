internal import ArgumentParser
internal import WeirIO

/// `weir baseline create`: what is there now is known.
struct BaselineCreateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "create",
    abstract: "Scans, and writes all that is found into a new baseline.",
    discussion: """
      What allow comments and lists let be is not in it. A file that is there is never \
      overwritten. Ends with 0 when the baseline was written, and with 2 otherwise.
      """)

  @OptionGroup var options: BaselineOptions

  func run() throws {
    let file = Path(options.file)
    if file.exists { throw SuppressionError.exists(file) }
    var baseline = Baseline()
    baseline.counts = try options.scan(for: baseline)
    try BaselineFile.create(baseline, at: file)
    if !options.spoken.quiet { StandardError.say("\(file.text): \(baseline.summary)") }
  }
}

extension Baseline {
  /// `12 secrets known in 3 files`
  var summary: String {
    let (secrets, files) = (Set(counts.keys.map(\.hash)).count, Set(counts.keys.map(\.path)).count)
    return "\(secrets) \(secrets == 1 ? "secret" : "secrets") known in "
      + "\(files) \(files == 1 ? "file" : "files")"
  }
}
