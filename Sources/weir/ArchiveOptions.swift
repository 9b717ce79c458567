internal import ArgumentParser
internal import WeirIO

/// Whether archives are opened, and how far.
struct ArchiveOptions: ParsableArguments {
  @Flag(help: "Open no archives and compressed files: scan their bytes as they are.")
  var noArchives = false

  @Option(
    help: ArgumentHelp("Open archives in archives, so many in each other.", valueName: "n"))
  var archiveDepth = ArchiveLimits().depth

  @Option(
    help: ArgumentHelp(
      "Stop unpacking what is more times its size; below 256 MiB it may be.", valueName: "n"))
  var maxArchiveRatio = ArchiveLimits().mostRatio

  @Option(
    help: ArgumentHelp(
      "Stop unpacking behind so many bytes of one file; 10M, 64G.", valueName: "size"))
  var maxArchiveSize = ByteSize(bytes: ArchiveLimits().mostBytes)

  var limits: ArchiveLimits {
    var limits = ArchiveLimits()
    limits.depth = archiveDepth
    limits.mostRatio = maxArchiveRatio
    limits.mostBytes = maxArchiveSize.bytes
    return limits
  }

  func validate() throws {
    guard archiveDepth >= 1 else {
      throw ValidationError("--archive-depth: expected 1 or more; --no-archives opens none")
    }
    guard maxArchiveRatio >= 1 else {
      throw ValidationError("--max-archive-ratio: expected 1 or more")
    }
  }
}
