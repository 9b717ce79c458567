/// Why git did not give what was asked of it.
public enum GitError: Error, Equatable, Sendable {
  /// There is no git on PATH.
  case notFound
  case cannotStart(SystemError)
  /// The command, such as `rev-list`, ended with an error and its words.
  case failed(Path, command: String, words: String)
  /// It was ended by a signal, or said less than it must.
  case ended(Path, command: String, signal: Int32)
  /// What it said is not what git says.
  case notUnderstood(Path, command: String)
  /// What was asked for is not there.
  case noBranch(Path, name: String)
  /// So many objects of the history are not in this copy.
  case missing(Path, count: Int)
  /// A signal asked to stop (`Interruption`).
  case interrupted(Path)
}

extension GitError {
  /// Another try can fare no better.
  var isFinal: Bool {
    switch self {
    case .notFound, .cannotStart, .interrupted: true
    default: false
    }
  }
}

extension GitError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .notFound:
      "git is not on PATH, and history is read through it; install git, or scan the files themselves"
    case .cannotStart(let error): "git cannot be started: \(error); history was not looked at"
    case .failed(let path, let command, let words):
      "\(path.text): git \(command) failed: \(words); not all was looked at"
    case .ended(let path, let command, let signal):
      "\(path.text): git \(command) ended in the midst"
        + (signal == 0 ? "" : ", by signal \(signal)") + "; not all was looked at, run it again"
    case .notUnderstood(let path, let command):
      "\(path.text): git \(command) said what Weir does not understand; not all was looked at"
    case .noBranch(let path, let name):
      "\(path.text): has no branch \(name); `git branch --all` lists them"
    case .missing(let path, let count):
      "\(path.text): lacks \(count) \(count == 1 ? "object" : "objects") of its history, as partial clones do, which "
        + "\(count == 1 ? "was" : "were") not looked at; `git fetch --refetch --no-filter` brings all"
    case .interrupted(let path): "\(path.text): was not read to its end, for a signal came"
    }
  }
}

extension Passage.Failure {
  /// Of a run that git ended.
  public init(_ error: GitError) {
    if case .interrupted(let path) = error {
      self = .input(.interrupted(path))
    } else {
      self = .git(error)
    }
  }
}
