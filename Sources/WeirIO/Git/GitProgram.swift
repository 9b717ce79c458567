internal import Glibc

/// Where git is, and with what it is started: nothing that a repository says is run, asked or fetched.
///
/// Only commands that read objects and the index are ever started, none of which has a pager, an alias, a textconv or a filter. What is set here
/// keeps their lazier habits out (fsmonitor, hooks, fetching what a partial clone lacks), and where that failed, there is
/// no PATH on which they would find a program.
enum GitProgram {
  /// Whose settings git follows.
  enum Settings {
    /// Those here alone.
    case own
    /// Also those of the user and the repository: for questions about them.
    case all
  }

  private static let settings = [
    "core.fsmonitor=false", "core.hooksPath=/dev/null", "core.useReplaceRefs=false",
    // Commits themselves say what their parents are; a file beside them might say otherwise.
    "core.commitGraph=false",
    "protocol.allow=never", "gc.auto=0", "maintenance.auto=false",
    // Whose the files are is of no matter where nothing that they say is run.
    "safe.directory=*", "safe.bareRepository=all",
    // Longer ones are not held in memory, unless they are stored as differences.
    "core.bigFileThreshold=16m",
    "i18n.logOutputEncoding=UTF-8", "advice.graftFileDeprecated=false",
  ]

  private static let environment = [
    "PATH=/nonexistent", "GIT_EXEC_PATH=/nonexistent", "LC_ALL=C", "GIT_PAGER=cat",
    "GIT_ATTR_NOSYSTEM=1", "GIT_NO_LAZY_FETCH=1", "GIT_ALLOW_PROTOCOL=none",
    "GIT_TERMINAL_PROMPT=0",
    "GIT_OPTIONAL_LOCKS=0", "GIT_NO_REPLACE_OBJECTS=1", "GIT_GRAFT_FILE=/dev/null",
  ]

  private static let withoutSettings = ["GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL=/dev/null"]

  /// Where git finds the settings of its user.
  private static let toSettings = [
    "HOME", "XDG_CONFIG_HOME", "GIT_CONFIG_NOSYSTEM", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_GLOBAL",
    "GIT_CONFIG_PARAMETERS",
  ]

  /// Where git says to its hooks what it works on. They hold for the repository here, not for one that was named.
  private static let inherited = [
    "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_CEILING_DIRECTORIES", "GIT_QUARANTINE_PATH",
  ]

  /// The first git on PATH. Folders that are not named from the root on are passed over: they may be the repository's.
  static func path() throws(GitError) -> Path {
    guard let folders = Environment.bytes(of: "PATH") else { throw .notFound }
    for folder in folders.split(separator: UInt8(ascii: ":"))
    where folder.first == UInt8(ascii: "/") {
      let path = Path(Array(folder)).appending(Array("git".utf8))
      var status = stat()
      let isFile = path.withCString { stat($0, &status) } == 0 && status.st_mode & S_IFMT == S_IFREG
      if isFile, path.withCString({ access($0, X_OK) }) == 0 { return path }
    }
    throw .notFound
  }

  /// The words of the command line.
  static func words(
    _ arguments: [String], in repository: Path?, following followed: Settings
  ) -> [[UInt8]] {
    var words = ["git", "--no-pager"]
    if followed == .own { for setting in settings { words += ["-c", setting] } }
    var place = repository.map { [Array("-C".utf8), $0.bytes] } ?? []
    // The work tree that its settings name may be gone, as that of a submodule that was removed.
    if followed == .own, repository?.isGitDirectory == true {
      place += ["--git-dir=.", "--work-tree=."].map { Array($0.utf8) }
    }
    return words.map { Array($0.utf8) } + place + arguments.map { Array($0.utf8) }
  }

  static func variables(in repository: Path?, following followed: Settings) -> [[UInt8]] {
    let fixed = environment + (followed == .own ? withoutSettings : [])
    var variables = fixed.map { Array($0.utf8) }
    let names = (repository == nil ? inherited : []) + (followed == .all ? toSettings : [])
    for name in names {
      guard let value = Environment.bytes(of: name) else { continue }
      variables.append(Array("\(name)=".utf8) + value)
    }
    return variables
  }
}

extension Path {
  /// It has what git knows a directory of its own by. Where there is a `.git`, which comes first, that is made up.
  fileprivate var isGitDirectory: Bool {
    let parts = [(".git", nil), ("HEAD", DT_REG), ("objects", DT_DIR), ("refs", DT_DIR)]
    return parts.allSatisfy { name, kind in
      (try? appending(name.utf8).kind(isFollowed: true)) == kind
    }
  }
}
