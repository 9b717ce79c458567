internal import CSystem
internal import Glibc

/// A program that was started, without a shell and in a group of its own: what a terminal sends to the command is no end of the program's.
struct ChildProcess {
  /// Both ends of a pipe that is not handed on by itself.
  struct Pipe {
    let reading: Int32
    let writing: Int32

    init() throws(SystemError) {
      var ends: [Int32] = [-1, -1]
      guard pipe2(&ends, O_CLOEXEC) == 0 else { throw .last }
      (reading, writing) = (ends[0], ends[1])
    }
  }

  private let id: pid_t

  /// - Parameters:
  ///   - words: the command line, from the program's name on.
  ///   - variables: its environment, `NAME=value`; nil for the one here.
  ///   - descriptors: what it has as 0, 1 and 2.
  init(
    _ program: Path, words: [[UInt8]], variables: [[UInt8]]?, descriptors: [Int32]
  ) throws(SystemError) {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (number, descriptor) in descriptors.enumerated() {
      posix_spawn_file_actions_adddup2(&actions, descriptor, Int32(number))
    }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // Signals that are ignored or blocked here are not so there: it is to end when nobody reads.
    var all = sigset_t()
    var none = sigset_t()
    sigfillset(&all)
    sigemptyset(&none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(
      &attributes,
      Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP))
    let texts = (words + (variables ?? [])).map { strdup($0.map { CChar(bitPattern: $0) } + [0]) }
    defer { for text in texts { free(text) } }
    let arguments = texts[..<words.count] + [nil]
    let environment = texts[words.count...] + [nil]
    var child: pid_t = 0
    let code = program.withCString { program in
      variables == nil
        ? posix_spawn(&child, program, &actions, &attributes, Array(arguments), weir_environment())
        : posix_spawn(
          &child, program, &actions, &attributes, Array(arguments), Array(environment))
    }
    guard code == 0 else { throw SystemError(code: code) }
    id = child
  }

  func kill() { _ = Glibc.kill(id, SIGKILL) }

  /// Waits for its end. Called once.
  ///
  /// A signal that asks this process to stop ends the other.
  ///
  /// - Returns: as `waitpid` tells it.
  func wait() -> Int32 {
    var ended: Int32 = 0
    while waitpid(id, &ended, 0) < 0, errno == EINTR {
      if Interruption.isAsked { kill() }
    }
    return ended
  }
}
