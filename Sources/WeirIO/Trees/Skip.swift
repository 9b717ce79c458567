/// Why something in a tree or a history was not read. What is below a directory that was not read is not counted.
public enum Skip: Int, CountedReason {
  case ignoredFile, ignoredDirectory
  case hiddenFile, hiddenDirectory
  case fileOutsideGlobs, directoryOutsideGlobs
  /// Longer than asked for.
  case longFile
  /// It has a zero, and binary files were not asked for.
  case binaryFile
  /// History is an input of its own.
  case repository
  case linkToDirectory
  case linkToNothing
  /// A FIFO, socket or device: not opened, for a read might never end.
  case special
  /// Of a history: another repository.
  case submodule

  public static let outcome = "skipped"

  public func counted(_ count: UInt64) -> String {
    let (one, many) =
      switch self {
      case .ignoredFile: ("ignored file", "ignored files")
      case .ignoredDirectory: ("ignored directory", "ignored directories")
      case .hiddenFile: ("hidden file", "hidden files")
      case .hiddenDirectory: ("hidden directory", "hidden directories")
      case .fileOutsideGlobs: ("file left out by --glob", "files left out by --glob")
      case .directoryOutsideGlobs:
        ("directory left out by --glob", "directories left out by --glob")
      case .longFile: ("file over --max-filesize", "files over --max-filesize")
      case .binaryFile: ("binary file", "binary files")
      case .repository: (".git", ".git")
      case .linkToDirectory: ("link to a directory", "links to directories")
      case .linkToNothing: ("link to nothing", "links to nothing")
      case .special: ("FIFO, socket or device", "FIFOs, sockets or devices")
      case .submodule: ("submodule", "submodules")
      }
    return "\(count) \(count == 1 ? one : many)"
  }

  /// What is said of one, by its path.
  public var reason: String {
    switch self {
    case .ignoredFile, .ignoredDirectory: "an ignore file names it (--no-ignore)"
    case .hiddenFile, .hiddenDirectory: "is hidden (--no-hidden)"
    case .fileOutsideGlobs, .directoryOutsideGlobs: "is left out by --glob"
    case .longFile: "is longer than --max-filesize"
    case .binaryFile: "is binary (--no-binary)"
    case .repository: "is a repository; name it to read it"
    case .linkToDirectory: "is a link to a directory; name it to read it"
    case .linkToNothing: "is a link to nothing"
    case .special: "is no file (a FIFO, socket or device)"
    case .submodule: "is a submodule, whose history is its own"
    }
  }
}

/// What was not read, counted by its reason.
public typealias Skips = ReasonCounts<Skip>
