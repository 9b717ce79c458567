/// Where in a history a blob appeared first.
public struct Appearance: Sendable, Equatable {
  /// In hex digits.
  public var commit: String
  /// `Name <mail>`, as the commit says it.
  public var author: String
  /// When it was written: `2026-11-22T05:50:33+00:00`.
  public var date: String
  public var path: Path

  /// `0123456789ab:`, for `git show 0123456789ab:path`.
  var shortCommit: String { commit.prefix(12) + ":" }
}
