internal import CSystem
internal import Glibc

/// A git that runs: what is written to it, and what it says. It ends with its owner.
final class GitProcess {
  /// So much of its complaints is kept.
  private static let mostWordsBytes = 1 << 14

  let repository: Repository
  /// The command, such as `rev-list`.
  let command: String
  /// What it says.
  let output: GitOutput
  private var input: Int32
  private let words: Int32
  private var child: pid_t
  private var status: Int32?

  /// Starts it, without a shell and in a group of its own: what a terminal sends to the command is no end of git's.
  init(
    _ arguments: [String], in repository: Repository, following settings: GitProgram.Settings = .own
  ) throws(GitError) {
    self.repository = repository
    command = arguments[0]
    let program = try GitProgram.path()
    var (reading, writing): (Pipe, Pipe)
    do throws(SystemError) { (writing, reading) = (try Pipe(), try Pipe()) } catch {
      throw .cannotStart(error)
    }
    words = weir_bounded_file(off_t(Self.mostWordsBytes))
    var child: pid_t = 0
    let code = Self.spawn(
      &child, program, GitProgram.words(arguments, in: repository.path, following: settings),
      GitProgram.variables(in: repository.path, following: settings),
      descriptors: [writing.reading, reading.writing, words < 0 ? STDERR_FILENO : words])
    close(writing.reading)
    close(reading.writing)
    self.child = child
    input = writing.writing
    output = GitOutput(reading.reading)
    if code != 0 {
      status = 0
      throw .cannotStart(SystemError(code: code))
    }
    Descriptor.widenPipe(reading.reading)
  }

  private struct Pipe {
    let reading: Int32
    let writing: Int32

    init() throws(SystemError) {
      var ends: [Int32] = [-1, -1]
      guard pipe2(&ends, O_CLOEXEC) == 0 else { throw .last }
      (reading, writing) = (ends[0], ends[1])
    }
  }

  private static func spawn(
    _ child: inout pid_t, _ program: Path, _ words: [[UInt8]], _ variables: [[UInt8]],
    descriptors: [Int32]
  ) -> Int32 {
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
    let texts = (words + variables).map { strdup($0.map { CChar(bitPattern: $0) } + [0]) }
    defer { for text in texts { free(text) } }
    return program.withCString {
      posix_spawn(
        &child, $0, &actions, &attributes, texts[..<words.count] + [nil],
        texts[words.count...] + [nil])
    }
  }

  /// Writes a question. Waits when git does not take it up.
  func write(_ bytes: [UInt8]) throws(GitError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(input, $0.baseAddress, $0.count) }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if errno != EINTR {
        throw failure()
      } else if Interruption.isAsked {
        throw .interrupted(repository.shownPath)
      }
    }
  }

  /// Nothing more will be asked.
  func endInput() {
    guard input >= 0 else { return }
    close(input)
    input = -1
  }

  /// Waits for its end.
  ///
  /// - Throws: when it did not end well.
  func finish() throws(GitError) {
    if Interruption.isAsked { throw .interrupted(repository.shownPath) }
    guard wait() == 0 else { throw failure() }
  }

  /// What is wrong with a git that gave less than was asked. It is over then.
  func failure() -> GitError {
    if Interruption.isAsked { return .interrupted(repository.shownPath) }
    output.close()
    let status = wait()
    let signal = status & 0x7F
    let path = repository.shownPath
    guard signal == 0, status != 0 else {
      return .ended(path, command: command, signal: signal)
    }
    let said = complaint()
    return .failed(path, command: command, words: said.isEmpty ? "it does not say why" : said)
  }

  private func wait() -> Int32 {
    endInput()
    if let status { return status }
    var ended: Int32 = 0
    while waitpid(child, &ended, 0) < 0, errno == EINTR {
      if Interruption.isAsked { kill(child, SIGKILL) }
    }
    status = ended
    return ended
  }

  /// The line that says why, without `fatal: `; else the last one.
  private func complaint() -> String {
    var bytes = [UInt8](repeating: 0, count: Self.mostWordsBytes)
    let count = max(pread(words, &bytes, bytes.count, 0), 0)
    let said = bytes.prefix(count).prefix { $0 != 0 }
    let lines = String(decoding: said, as: UTF8.self).split(separator: "\n")
    for start in ["fatal: ", "error: "] {
      if let line = lines.first(where: { $0.hasPrefix(start) }) {
        return String(line.dropFirst(start.count))
      }
    }
    return lines.last.map(String.init) ?? ""
  }

  deinit {
    if status == nil {
      kill(child, SIGKILL)
      _ = wait()
    }
    endInput()
    if words >= 0 { close(words) }
  }
}
