internal import Glibc

/// Why an output did not take what was written.
public enum OutputError: Error, Equatable, Sendable {
  case cannotOpen(Path, SystemError)
  /// The file is one of the inputs.
  case isInput(Path)
  /// It is standard output, which carries the stream.
  case isStream(name: String)
  /// `name` is the output's, `offset` what it took before.
  case cannotWrite(name: String, offset: UInt64, SystemError)
  /// It took all, and told at its end that it does not have it.
  case cannotClose(name: String, SystemError)

  /// What the system said; for a file that is to be another one, that it is there.
  var system: SystemError {
    switch self {
    case .cannotOpen(_, let error), .cannotWrite(_, _, let error), .cannotClose(_, let error): error
    case .isInput, .isStream: SystemError(code: EEXIST)
    }
  }

  /// The reader went away: the end is to be that of SIGPIPE.
  public var isClosedPipe: Bool {
    if case .cannotWrite(_, _, let error) = self { error.code == EPIPE } else { false }
  }
}

extension OutputError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .cannotOpen(let path, let error):
      "\(path.text): cannot be opened for writing: \(error); check the path and its permissions"
    case .isInput(let path): "\(path.text): is an input as well; write to another file"
    case .isStream(let name): "\(name): findings would run into the stream; name a file"
    case .cannotWrite(let name, let offset, let error) where offset == 0 && error.code == EBADF:
      "\(name): is not open for writing (\(error)); redirect it to a file or pipe"
    case .cannotWrite(let name, let offset, let error):
      "\(name): cannot be written behind byte \(offset): \(error); make room and run it again"
    case .cannotClose(let name, let error):
      "\(name): may lack what was written: \(error); make room and run it again"
    }
  }
}
