internal import Glibc

/// Where git is, and with what it is started: nothing that a repository says is run, asked or fetched.
///
/// Only commands that read objects and the index are ever started, none of which has a pager, an alias, a textconv or a filter. What is set here
/// keeps their lazier habits out (fsmonitor, hooks, fetching what a partial clone lacks), and where that failed, there is
/// no PATH on which they would find a program.
enum GitProgram {
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
    "GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL=/dev/null", "GIT_ATTR_NOSYSTEM=1",
    "GIT_NO_LAZY_FETCH=1", "GIT_ALLOW_PROTOCOL=none", "GIT_TERMINAL_PROMPT=0",
    "GIT_OPTIONAL_LOCKS=0", "GIT_NO_REPLACE_OBJECTS=1", "GIT_GRAFT_FILE=/dev/null",
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
  static func words(_ arguments: [String], in repository: Path?) -> [[UInt8]] {
    var words = ["git", "--no-pager"]
    for setting in settings { words += ["-c", setting] }
    let place = repository.map { [Array("-C".utf8), $0.bytes] } ?? []
    return words.map { Array($0.utf8) } + place + arguments.map { Array($0.utf8) }
  }

  static func variables(in repository: Path?) -> [[UInt8]] {
    var variables = environment.map { Array($0.utf8) }
    guard repository == nil else { return variables }
    for name in inherited {
      guard let value = Environment.bytes(of: name) else { continue }
      variables.append(Array("\(name)=".utf8) + value)
    }
    return variables
  }
}
