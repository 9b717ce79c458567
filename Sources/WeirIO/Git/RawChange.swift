/// What git's raw diffs say of a name: `:<mode> <mode> <id> <id> <kind>`.
struct RawChange {
  private let mode: [UInt8]
  /// What it has become.
  let id: [UInt8]
  /// `A` for added, `M` for modified, and so on.
  let kind: UInt8

  /// - Returns: nil for what says something else, as the line of a merge.
  init?(_ line: [UInt8]) {
    let words = line.split(separator: UInt8(ascii: " "))
    guard words.count == 5, let kind = words[4].first else { return nil }
    (mode, id, self.kind) = (Array(words[1]), Array(words[3]), kind)
  }

  /// A commit of another repository stands there.
  var isSubmodule: Bool { mode == Submodules.mode }
}
