internal import ArgumentParser
internal import WeirIO

/// `weir baseline update`: what has come is known too, what has gone is forgotten.
struct BaselineUpdateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "update",
    abstract: "Scans again, and says and writes what has come and what has gone.",
    discussion: """
      What is known outside of the paths stays known. A line for each change: how many more or \
      fewer, the rule and the path. Ends with 0, also when nothing has changed, and with 2 when the \
      baseline could not be written; then it is as it was.
      """)

  @OptionGroup var options: BaselineOptions

  func run() throws {
    let file = Path(options.file)
    let old = try BaselineFile.read(file)
    var new = old
    new.counts = try options.scan(for: old)
    let scope = BaselineScope(options.paths, isHistory: options.git)
    new.counts.merge(old.counts.filter { !scope.contains($0.key) }) { found, _ in found }
    let changes =
      new.surplus(over: old).map { "+\($0.count)  \($0.entry.shown)" }
      + old.surplus(over: new).map { "-\($0.count)  \($0.entry.shown)" }
    if !changes.isEmpty {
      try BaselineFile.replace(new, at: file)
      try ExitStatus.show(changes.joined(separator: "\n"))
    }
    if options.spoken.quiet { return }
    StandardError.say("\(file.text): \(new.summary)" + (changes.isEmpty ? "; no change" : ""))
  }
}

extension Baseline.Entry {
  /// `github.personal-token  src/app.py`
  var shown: String { "\(rule)  \(ShownText.escaped(path))" }
}
