import Foundation
import Glibc
import Testing

/// When the command fails by a fault of its own, no secret leaves by way of the failure.
@Suite struct CrashTests {
  private static let sentence =
    "weir: failed by a fault of its own; what was written before is right, nothing undecided was "
    + "written; please report it\n"
  /// Lets cores be as big as they like, in a folder.
  private static func coresAllowed(in folder: TemporaryFolder, _ limits: String = "") -> String {
    "cd '\(folder.path)'; ulimit -c unlimited; \(limits) exec \"$@\""
  }
  private static let backtrace = [
    "SWIFT_BACKTRACE": "enable=yes,color=no", "SWIFT_BACKTRACE_MEMORY": "yes",
  ]

  /// What is freed goes back to the system: the next must be asked for.
  private static let noMemoryKept = ["MALLOC_MMAP_THRESHOLD_": "4096", "MALLOC_TOP_PAD_": "0"]

  /// A command that has the secret in its window: it could go on.
  private func commandHolding(
    _ secret: [UInt8], in folder: TemporaryFolder, environment: [String: String] = [:]
  ) throws -> LiveCommand {
    let live = try LiveCommand(
      ["redact"], environment: Self.backtrace.merging(environment) { $1 },
      through: Self.coresAllowed(in: folder))
    live.write("line\n" + secret)
    #expect(live.read(atLeast: 5) == Array("line\n".utf8))
    return live
  }

  /// The run said nothing of the secret, and left no file.
  private func expectNothing(
    of secret: [UInt8], in outcome: Command.Outcome, at folder: TemporaryFolder
  ) throws {
    expectNothing(of: secret, in: outcome)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
  }

  private func expectNothing(of secret: [UInt8], in outcome: Command.Outcome) {
    // Not even a part that a register would hold, as text or as hex.
    for start in stride(from: 4, to: secret.count - 8, by: 4) {
      let part = Array(secret[start..<start + 8])
      #expect(!Array(outcome.errors.utf8).holds(part))
      let hex = part.map { String(format: "%02x", $0) }
      #expect(!outcome.errors.contains(hex.joined()))
      #expect(!outcome.errors.contains(hex.reversed().joined()))
      #expect(!outcome.errors.contains(hex.joined(separator: " ")))
    }
    #expect(!outcome.output.holds(secret))
  }

  @Test(
    "a fault ends with one sentence and with 2: no core, no backtrace, no register",
    arguments: [SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGFPE, SIGABRT, SIGSYS, SIGQUIT, SIGXCPU])
  func fault(signal: Int32) throws {
    var secrets = try Secrets(seed: 70)
    let folder = try TemporaryFolder()
    let token = secrets.token()
    let live = try commandHolding(token, in: folder)
    let limits = try String(contentsOfFile: "/proc/\(live.child)/limits", encoding: .utf8)
    #expect(limits.contains(/Max core file size\s+0\s+0\s/))
    kill(live.child, signal)
    let rest = live.read(atLeast: 1)
    let outcome = live.finish()
    #expect(rest == [])
    #expect(outcome.code == 2)
    if signal == SIGQUIT || signal == SIGXCPU {
      #expect(outcome.errors.contains("ended at once by a signal"))
    } else {
      #expect(outcome.errors.hasSuffix(Self.sentence))
    }
    try expectNothing(of: token, in: outcome, at: folder)
  }

  @Test("memory that is not there is a fault as well, with a secret at hand")
  func noMemory() throws {
    var secrets = try Secrets(seed: 71)
    let folder = try TemporaryFolder()
    let token = secrets.token()
    let live = try commandHolding(token, in: folder, environment: Self.noMemoryKept)
    let status = try String(contentsOfFile: "/proc/\(live.child)/statm", encoding: .utf8)
    let pages = try #require(status.split(separator: " ").first.flatMap { Int($0) })
    let limiter = Process()
    limiter.executableURL = URL(filePath: "/usr/bin/prlimit")
    limiter.arguments = ["--pid", "\(live.child)", "--as=\(pages * Int(getpagesize()))"]
    try limiter.run()
    limiter.waitUntilExit()
    #expect(limiter.terminationStatus == 0)
    let block = Array(repeating: token + "\n", count: 20_000).joined()
    _ = live.write(Array(block))
    let outcome = live.finish()
    #expect(outcome.code == 2)
    #expect(outcome.errors.hasSuffix(Self.sentence))
    try expectNothing(of: token, in: outcome, at: folder)
  }

  @Test("a stack that is too small is a fault, or is enough")
  func smallStack() throws {
    var secrets = try Secrets(seed: 72)
    let folder = try TemporaryFolder()
    let token = secrets.token()
    var codes: Set<Int32> = []
    for kibibytes in [32, 64, 256] {
      let live = try LiveCommand(
        ["redact"], environment: Self.backtrace,
        through: Self.coresAllowed(in: folder, "ulimit -s \(kibibytes);"))
      live.write(token + "\n")
      let outcome = live.finish()
      codes.insert(outcome.code)
      if outcome.code == 2 {
        #expect(outcome.errors.hasSuffix(Self.sentence))
        #expect(outcome.output == [])
      } else {
        #expect(outcome.code == 0)
        #expect(outcome.text == "WEIR_REDACTED_github.personal-token\n")
      }
      expectNothing(of: token, in: outcome)
    }
    #expect(codes.contains(0))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
  }

  @Test("a file that may not grow is a failed write, not the end by a signal")
  func fileSizeLimit() throws {
    let output = try TemporaryFile()
    let live = try LiveCommand(
      ["redact"], standardOutput: output.descriptor,
      through: "ulimit -f 8; exec \"$@\"")
    _ = live.write(Array(repeating: Array("a line of text\n".utf8), count: 4000).flatMap { $0 })
    let outcome = live.finish()
    #expect(outcome.code == 2)
    #expect(outcome.errors.contains("<stdout>: cannot be written behind byte "))
    #expect(outcome.errors.contains("File too large"))
  }
}
