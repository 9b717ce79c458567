internal import CSystem
internal import Glibc

/// What git's settings say, told by git itself.
enum GitSettings {
  /// `core.excludesFile`, as it counts in a repository.
  ///
  /// - Returns: nil when it is not set, or git does not run.
  static func excludesFile(in directory: Path) -> [UInt8]? {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return nil }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    let isStarted = start(in: directory, output: ends[1])
    close(ends[1])
    defer { close(ends[0]) }
    guard let child = isStarted else { return nil }
    var answer: [UInt8] = []
    var room = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = read(ends[0], &room, room.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { break }
      answer += room[..<count]
    }
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0, errno == EINTR {}
    return status == 0 ? Array(answer.prefix { $0 != UInt8(ascii: "\n") }) : nil
  }

  private static func start(in directory: Path, output: Int32) -> pid_t? {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
    let words =
      ["git", "-C"].map { Path($0) } + [directory]
      + ["config", "--type=path", "--get", "core.excludesFile"].map { Path($0) }
    let arguments = words.map { $0.withCString { strdup($0) } } + [nil]
    defer { for argument in arguments { free(argument) } }
    var child: pid_t = 0
    return posix_spawnp(&child, "git", &actions, nil, arguments, weir_environment()) == 0
      ? child : nil
  }
}
