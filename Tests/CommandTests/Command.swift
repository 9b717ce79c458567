import Foundation
import Glibc

/// The built command, run as a person or a pipeline runs it.
enum Command {
  /// How a run ended and what it said.
  struct Outcome {
    /// The exit code; for a signal its number and 128, as shells say it.
    var code: Int32
    var output: [UInt8]
    var errors: String
    /// The time of a processor that it took, its own and the system's; nil where nobody asked.
    var processorTime: Duration?

    var text: String { String(decoding: output, as: UTF8.self) }
    var lines: [String] { text.split(separator: "\n").map(String.init) }
  }

  struct Missing: Error, CustomStringConvertible {
    let path: String
    var description: String {
      "no command at \(path); build it (swift build --product weir) or set WEIR_COMMAND"
    }
  }

  /// Spawning and making descriptors happen one at a time, so that no child inherits another's
  /// pipe.
  private static let lock = NSLock()

  /// What is run: the command, a tool built beside it, or one that is built with the tests only.
  enum Tool: String {
    case weir, sample, corpus
    case allocationFaults = "AllocationFaults"
    case memoryGrowth = "MemoryGrowth"

    var isBuiltWithTests: Bool { self != .weir && self != .sample }
  }

  /// `WEIR_COMMAND`, or what was built beside the tests. Missing, it fails the test that asks.
  static func path(of tool: Tool = .weir) throws -> String {
    let tests = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    let command = ProcessInfo.processInfo.environment["WEIR_COMMAND"]
    let neighbour = tool.isBuiltWithTests ? tests : command ?? tests
    let folder = URL(filePath: neighbour).deletingLastPathComponent()
    let path = folder.appending(path: tool.rawValue).path()
    guard access(path, X_OK) == 0 else { throw Missing(path: path) }
    return path
  }

  /// Whether what runs is optimised: figures of speed and size mean nothing else.
  static func isOptimised() throws -> Bool {
    let real = URL(filePath: try path()).resolvingSymlinksInPath().path()
    return !real.contains("/debug/")
  }

  /// Runs to the end with `input` in a file as standard input.
  static func run(
    _ arguments: [String], of tool: Tool = .weir, through script: String? = nil,
    input: [UInt8] = [], environment: [String: String] = [:]
  ) throws -> Outcome {
    let output = try TemporaryFile()
    let errors = try TemporaryFile()
    let input = try TemporaryFile(holding: input)
    let child = try spawn(
      arguments.map { Array($0.utf8) }, of: tool, through: script,
      descriptors: [input.descriptor, output.descriptor, errors.descriptor],
      environment: environment)
    return outcome(of: child, output: output, errors: errors)
  }

  /// Runs as somebody who may not read all: as root, a copy of the command under another user's id.
  ///
  /// - Parameter limits: of `prlimit`, that the command has to bear.
  static func runUnprivileged(
    _ arguments: [String], limits: [String] = []
  ) throws -> Outcome {
    if getuid() != 0, limits.isEmpty { return try run(arguments) }
    let folder = try TemporaryFolder()
    let copy = folder.path + "/weir"
    // By a program of its own: a copy that this process writes is busy while another test spawns.
    let copier = try Process.run(
      URL(filePath: "/bin/cp"), arguments: ["-L", path(), copy])
    copier.waitUntilExit()
    for path in [folder.path, copy] + arguments.filter({ $0.hasPrefix("/") }) { chmod(path, 0o755) }
    let child = Process()
    child.executableURL = URL(filePath: "/usr/bin/setpriv")
    child.arguments =
      (getuid() == 0 ? ["--reuid=65533", "--regid=65533", "--clear-groups"] : [])
      + (limits.isEmpty ? [] : ["prlimit"] + limits) + [copy] + arguments
    let (output, errors) = (Pipe(), Pipe())
    child.standardOutput = output
    child.standardError = errors
    try child.run()
    let written = try output.fileHandleForReading.readToEnd() ?? Data()
    let said = try errors.fileHandleForReading.readToEnd() ?? Data()
    child.waitUntilExit()
    return Outcome(
      code: child.terminationStatus, output: Array(written),
      errors: String(decoding: said, as: UTF8.self))
  }

  static func outcome(of child: pid_t, output: TemporaryFile, errors: TemporaryFile) -> Outcome {
    var status: Int32 = 0
    var usage = rusage()
    while wait4(child, &status, 0, &usage) < 0, errno == EINTR {}
    let signal = status & 0x7F
    return Outcome(
      code: signal == 0 ? (status >> 8) & 0xFF : 128 + signal, output: output.contents(),
      errors: String(decoding: errors.contents(), as: UTF8.self),
      processorTime: Duration(usage.ru_utime) + Duration(usage.ru_stime))
  }

  /// What the command gets of the tests' environment: where its libraries are, and what
  /// `scripts/planted-faults` and `scripts/sanitize` have to say to it.
  private static let inherited = [
    "LD_LIBRARY_PATH", "WEIR_PLANTED_FAULT", "ASAN_OPTIONS", "LSAN_OPTIONS", "TSAN_OPTIONS",
  ]

  /// Starts the command with these as its descriptors 0, 1, 2; nil is a closed one.
  ///
  /// - Parameter script: of the shell, which has the command and its arguments as `"$@"`.
  static func spawn(
    _ arguments: [[UInt8]], of tool: Tool = .weir, through script: String? = nil,
    descriptors: [Int32?], environment: [String: String] = [:]
  ) throws -> pid_t {
    let path = try path(of: tool)
    lock.lock()
    defer { lock.unlock() }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (number, descriptor) in descriptors.enumerated() {
      if let descriptor {
        posix_spawn_file_actions_adddup2(&actions, descriptor, Int32(number))
      } else {
        posix_spawn_file_actions_addclose(&actions, Int32(number))
      }
    }
    var variables = ["PATH": "/usr/bin:/bin"]
    for name in inherited { variables[name] = ProcessInfo.processInfo.environment[name] }
    variables.merge(environment) { $1 }
    let shell = script.map { ["/bin/sh", "-c", $0, "sh"].map { Array($0.utf8) } } ?? []
    let words = (shell + [Array(path.utf8)] + arguments).map(CommandWord.init)
    let pairs = variables.map { CommandWord(Array("\($0)=\($1)".utf8)) }
    defer { for word in words + pairs { word.free() } }
    // Whatever a shell in the background had ignored and a thread of the tests had blocked: the
    // command starts as from a terminal.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var defaults = sigset_t()
    sigemptyset(&defaults)
    for signal in [SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGUSR1, SIGPIPE] {
      sigaddset(&defaults, signal)
    }
    posix_spawnattr_setsigdefault(&attributes, &defaults)
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))
    var child: pid_t = 0
    let status = posix_spawn(
      &child, script == nil ? path : "/bin/sh", &actions, &attributes, words.map(\.pointer) + [nil],
      pairs.map(\.pointer) + [nil])
    guard status == 0 else { throw POSIXError(POSIXErrorCode(rawValue: status) ?? .EINVAL) }
    return child
  }

  /// A pipe that no child inherits: (read end, write end).
  static func pipe() -> (reading: Int32, writing: Int32) {
    lock.lock()
    defer { lock.unlock() }
    var ends: [Int32] = [-1, -1]
    precondition(Glibc.pipe(&ends) == 0)
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return (ends[0], ends[1])
  }
}

extension Duration {
  fileprivate init(_ time: timeval) {
    self = .seconds(time.tv_sec) + .microseconds(time.tv_usec)
  }
}

/// A word of a command line: any bytes, and a zero.
private struct CommandWord {
  let pointer: UnsafeMutablePointer<CChar>?

  init(_ bytes: [UInt8]) {
    let memory = UnsafeMutablePointer<CChar>.allocate(capacity: bytes.count + 1)
    for (index, byte) in bytes.enumerated() { memory[index] = CChar(bitPattern: byte) }
    memory[bytes.count] = 0
    pointer = memory
  }

  func free() { pointer?.deallocate() }
}
