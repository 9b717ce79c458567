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

/// A number of bytes, as `500`, `500K`, `10M` or `64G`: the letters stand for 2^10, 2^20 and 2^30.
struct ByteSize: ExpressibleByArgument, CustomStringConvertible {
  let bytes: UInt64

  init(bytes: UInt64) { self.bytes = bytes }

  init?(argument: String) {
    let shifts: [Character: UInt64] = ["K": 10, "M": 20, "G": 30]
    let shift = argument.last.flatMap { shifts[$0] }
    guard let count = UInt64(shift == nil ? argument[...] : argument.dropLast()) else { return nil }
    let (bytes, overflow) = count.multipliedReportingOverflow(by: 1 << (shift ?? 0))
    guard !overflow else { return nil }
    self.bytes = bytes
  }

  var description: String {
    switch bytes.trailingZeroBitCount {
    case 30..<64: "\(bytes >> 30)G"
    case 20..<30: "\(bytes >> 20)M"
    case 10..<20: "\(bytes >> 10)K"
    default: "\(bytes)"
    }
  }
}
