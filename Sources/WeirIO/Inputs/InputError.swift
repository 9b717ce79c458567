internal import Glibc

/// Why an input was not read, or not to its end.
public enum InputError: Error, Equatable, Sendable {
  case cannotOpen(Path, SystemError)
  case isDirectory(Path)
  /// The input is the very file that the output goes to.
  case isOutput(Path)
  /// Only files grow.
  case cannotFollow(Path)
  /// A read failed behind this many bytes.
  case cannotRead(Path, offset: UInt64, SystemError)
  case cannotList(Path, SystemError)
  /// It is longer than what is read at once where all of it must be at hand.
  case tooLong(Path, mostBytes: Int)
  /// It is an ignore file longer than what is heeded.
  case tooLongIgnoreFile(Path, mostBytes: Int)
  /// A line of it is longer than what is held.
  case tooLongLine(Path, mostBytes: Int)
  /// It is packed, and cannot be unpacked, or not to its end.
  case packed(Path, PackedError)
  /// A signal asked to stop (`Interruption`).
  case interrupted(Path)

  public var isInterruption: Bool {
    if case .interrupted = self { true } else { false }
  }

  public var path: Path {
    switch self {
    case .cannotOpen(let path, _), .isDirectory(let path), .isOutput(let path),
      .cannotFollow(let path),
      .cannotRead(let path, _, _), .cannotList(let path, _), .tooLong(let path, _),
      .tooLongIgnoreFile(let path, _), .tooLongLine(let path, _), .packed(let path, _),
      .interrupted(let path):
      path
    }
  }
}

extension InputError: CustomStringConvertible {
  public var description: String {
    "\(path.text): \(reason)"
  }

  private var reason: String {
    switch self {
    case .cannotOpen(_, let error): "cannot be opened: \(error); \(Self.advice(for: error))"
    case .isDirectory(let path) where path.isStandardInput:
      "is a directory; name it: `weir scan DIRECTORY`"
    case .isDirectory:
      "is a directory; redact takes files and standard input, `weir scan` takes directories"
    case .tooLong(_, let mostBytes):
      "is longer than \(mostBytes >> 20) MiB, which is all that is explained; give the part in question"
    case .tooLongIgnoreFile(_, let mostBytes):
      "is longer than \(mostBytes >> 20) MiB, and not heeded: what it names is read; make it shorter, or give --no-ignore"
    case .tooLongLine(_, let mostBytes):
      "has a line longer than \(mostBytes >> 20) MiB, which is all that is held; let the daemon send shorter messages"
    case .isOutput: "is also where the output goes; write to another file"
    case .cannotFollow: "is no file, and cannot be followed; without --follow it is read to its end"
    case .cannotRead(_, let offset, let error) where offset == 0 && error.code == EBADF:
      "is not open for reading (\(error)); give a file, or redirect it"
    case .cannotRead(_, let offset, let error):
      "cannot be read behind byte \(offset): \(error); what came before was looked at"
    case .packed(_, let error): "\(error)"
    case .interrupted: "was not read to its end, for a signal came"
    case .cannotList(_, let error):
      "cannot be listed: \(error); \(Self.advice(for: error))"
    }
  }

  private static func advice(for error: SystemError) -> String {
    switch error.code {
    case ENOENT, ENOTDIR, ELOOP, ENAMETOOLONG: "check the path"
    case EACCES, EPERM: "check its permissions"
    case EMFILE, ENFILE: "raise the limit of open files (ulimit -n)"
    default: "it was not looked at"
    }
  }
}
