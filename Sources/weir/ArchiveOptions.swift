internal import ArgumentParser
internal import WeirIO

/// Whether archives are opened, and how far.
struct ArchiveOptions: ParsableArguments {
  @Flag(
    inversion: .prefixedNo,
    help: """
      Open archives and compressed files, or scan their bytes as they are; opened if not given.
      """)
  var archives: Bool?

  @Option(
    help: ArgumentHelp(
      "Open archives in archives, so many in each other; if not given, \(ArchiveLimits().depth).",
      valueName: "n"))
  var archiveDepth: Int?

  @Option(
    help: ArgumentHelp(
      """
      Stop unpacking what is more times its size, if not given \(ArchiveLimits().mostRatio); \
      below 256 MiB it may be.
      """, valueName: "n"))
  var maxArchiveRatio: UInt64?

  @Option(
    help: ArgumentHelp(
      """
      Stop unpacking behind so many bytes of one file; 10M; if not given, \
      \(ByteSize(bytes: ArchiveLimits().mostBytes)).
      """, valueName: "size"))
  var maxArchiveSize: ByteSize?

  /// nil for archives that are not opened.
  var limits: ArchiveLimits? { archives ?? true ? askedLimits : nil }

  /// How far, if they are.
  var askedLimits: ArchiveLimits {
    var limits = ArchiveLimits()
    if let archiveDepth { limits.depth = archiveDepth }
    if let maxArchiveRatio { limits.mostRatio = maxArchiveRatio }
    if let maxArchiveSize { limits.mostBytes = maxArchiveSize.bytes }
    return limits
  }

  func validate() throws {
    guard archiveDepth.map({ $0 >= 1 }) ?? true else {
      throw ValidationError("--archive-depth: expected 1 or more; --no-archives opens none")
    }
    guard maxArchiveRatio.map({ $0 >= 1 }) ?? true else {
      throw ValidationError("--max-archive-ratio: expected 1 or more")
    }
  }
}
