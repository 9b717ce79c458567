/// Why a hook was not looked at, written or removed.
public enum HookError: Error, Equatable, Sendable {
  case git(GitError)
  /// Git does not say where its hooks are: it is older than 2.31.
  case oldGit
  /// The file of a hook, or its folder.
  case cannotChange(Path, SystemError)
  case cannotRead(InputError)
  case cannotWrite(OutputError)
  /// A hook that Weir has not written; `call` is what it would have to run.
  case isForeign(Path, call: String)
  /// There is one already that was moved aside.
  case isAside(Path)
  /// Nothing is committed in a bare repository.
  case isBare(Path)
}

extension HookError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .git(.notFound): "git is not on PATH, and hooks are git's; install it"
    case .git(.cannotStart(let error)): "git cannot be started: \(error)"
    case .git(.failed(let path, _, let words)): "\(path.text): git says: \(words)"
    case .git(let error): "\(error)"
    case .oldGit: "this git does not say where hooks are; install git 2.31 or later"
    case .cannotChange(let path, let error):
      "\(path.text): cannot be changed: \(error); check its permissions, and `git config --show-origin core.hooksPath`"
    case .cannotRead(let error): "\(error)"
    case .cannotWrite(let error): "\(error)"
    case .isForeign(let path, let call):
      "\(path.text): is a hook that Weir has not written, and stays; let it run `\(call)`, or give --force, which moves it aside"
    case .isAside(let path):
      "\(path.text): holds a hook that was moved aside before; see which of the two is wanted, and remove the other"
    case .isBare(let path):
      "\(path.text): is bare, and nothing is committed there; install the hook where commits are made, or --pre-push"
    }
  }
}
