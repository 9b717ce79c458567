internal import ArgumentParser
internal import WeirIO

/// What of a repository is scanned in the place of its files.
struct GitOptions: ParsableArguments {
  @Flag(
    help: "Scan the history of repositories: each content once, where it appeared first.")
  var git = false

  @Option(
    help: ArgumentHelp(
      "Only these commits, as git names them: main..topic.",
      valueName: "range"))
  var range: String?

  @Option(
    help: ArgumentHelp("Only what this branch leads to; may be repeated.", valueName: "name"),
    completion: .shellCommand(
      "git for-each-ref --format='%(refname:lstrip=2)' refs/heads refs/remotes 2>/dev/null"))
  var branch: [String] = []

  @Option(
    help: ArgumentHelp(
      "Only commits since 2026-01-31, or '2 weeks ago'.",
      valueName: "date"))
  var since: String?

  @Flag(help: "Also commits that only the logs of refs remember.")
  var reflog = false

  @Flag(help: "Scan what is staged for the next commit; for hooks.")
  var staged = false

  /// Git takes every word for a date, and one that it does not know for now.
  nonisolated(unsafe) private static let date =
    /@?\d{9,}|\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:?\d\d)?)?|\d+[. ](second|minute|hour|day|week|month|year)s?[. ]ago|yesterday/

  func validate() throws {
    let narrowing = [
      ("--range", range != nil), ("--branch", !branch.isEmpty), ("--since", since != nil),
      ("--reflog", reflog),
    ].filter(\.1).map(\.0)
    if let option = narrowing.first, !git { throw ValidationError("\(option): needs --git") }
    if git, staged { throw ValidationError("--staged: is no part of --git; run it by itself") }
    if range != nil, !branch.isEmpty {
      throw ValidationError("--branch: say it in the range: main..topic")
    }
    if reflog, let option = narrowing.first, option == "--range" || option == "--branch" {
      throw ValidationError("--reflog: belongs to all of the history; leave \(option) out")
    }
    if let since, since.wholeMatch(of: Self.date) == nil {
      throw ValidationError("--since: expected 2026-01-31, 2026-01-31T12:00:00Z or '2 weeks ago'")
    }
    for (option, name) in [("--range", range ?? "x")] + branch.map({ ("--branch", $0) })
    where name.isEmpty || name.hasPrefix("-") || name.contains(where: \.isNewline) {
      throw ValidationError("\(option): expected what git names commits by")
    }
  }

  var isAsked: Bool { git || staged }

  var scope: HistoryScope {
    HistoryScope(range: range, branches: branch, since: since, withReflogs: reflog)
  }
}
