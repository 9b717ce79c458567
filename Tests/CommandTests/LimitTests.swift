import Foundation
import Glibc
import Testing

/// Where the system's limits end a run: what left before is right, and the exit code does not say that all is well.
@Suite struct LimitTests {
  /// Either all went well, or it ended with neither 0 nor 1 and what left is right as far as it goes.
  ///
  /// - Returns: whether all went well.
  @discardableResult
  private func expectWholeOrFailed(
    _ outcome: Command.Outcome, _ log: LongLog, _ name: String
  ) -> Bool {
    #expect(log.leaks(outcome.output) == false, "\(name)")
    #expect(log.leaks(Array(outcome.errors.utf8)) == false, "\(name)")
    if outcome.code == 0 {
      #expect(outcome.output.difference(from: log.redacted) == nil, "\(name)")
      return true
    }
    #expect(outcome.code != 1, "\(name)")
    #expect(outcome.output.strays(from: log.redacted) == nil, "\(name)")
    return false
  }

  // MARK: Room

  @Test(
    "a file at its limit is an error with a place, not the end by a signal", arguments: [0, 4, 300])
  func fileSize(blocks: Int) throws {
    let log = try LongLog.shared.get()
    // Of 512 bytes each.
    let (reading, writing) = Command.pipe()
    defer { close(reading) }
    let (input, output) = (try TemporaryFile(holding: log.bytes), try TemporaryFile())
    let child = try Command.spawn(
      ["redact", "--receipt", "--quiet"].map { Array($0.utf8) },
      through: "ulimit -f \(blocks); exec \"$@\"",
      descriptors: [input.descriptor, output.descriptor, writing])
    close(writing)
    let errors = String(decoding: Pipes.drain(reading), as: UTF8.self)
    let outcome = Command.outcome(of: child, output: output, errors: output)
    #expect(outcome.code == 2)
    #expect(outcome.output.difference(from: Array(log.redacted.prefix(blocks * 512))) == nil)
    #expect(
      errors.contains(
        "weir: <stdout>: cannot be written behind byte \(blocks * 512): File too large; make room"))
    #expect(try SaidReceipt(errors).addsUp)
  }

  @Test("findings at their limit are an error with a place")
  func findingsSize() throws {
    let log = try LongLog.shared.get()
    let folder = try TemporaryFolder()
    let findings = "\(folder.path)/findings"
    let (input, errors) = (try TemporaryFile(holding: log.bytes), Command.pipe())
    defer { close(errors.reading) }
    let null = open("/dev/null", O_WRONLY | O_CLOEXEC)
    defer { close(null) }
    let child = try Command.spawn(
      ["redact", "--findings", findings].map { Array($0.utf8) },
      through: "ulimit -f 2; exec \"$@\"",
      descriptors: [input.descriptor, null, errors.writing])
    close(errors.writing)
    let said = String(decoding: Pipes.drain(errors.reading), as: UTF8.self)
    #expect(Command.outcome(of: child, output: input, errors: input).code == 2)
    #expect(said.contains("\(findings): cannot be written behind byte 1024: File too large"))
  }

  /// A file system of one's own needs a privilege, or user namespaces.
  private static let mayMount: Bool = {
    let outcome = try? Command.run([], through: "\(mounting) true \"$@\"")
    return outcome?.code == 0
  }()

  private static let mounting = """
    folder=$(mktemp -d); exec unshare --mount --map-root-user sh -c '
      mount -t tmpfs -o size=256k none "$0" || exit 77
      "$@"; code=$?; cat "$0"/* 2>/dev/null; umount "$0"; rmdir "$0"; exit $code' "$folder"
    """

  @Test("a full file system keeps what it took, which is right", .enabled(if: mayMount))
  func fullFileSystem() throws {
    let log = try LongLog.shared.get()
    let outcome = try Command.run(
      ["redact", "--receipt", "--quiet"],
      through: "\(Self.mounting) sh -c '\"$@\" > \"$folder/out\"' sh \"$@\""
        .replacing("folder=$(mktemp -d); exec", with: "export folder=$(mktemp -d); exec"),
      input: log.bytes)
    #expect(outcome.code == 2)
    #expect(outcome.output.difference(from: Array(log.redacted.prefix(256 << 10))) == nil)
    #expect(
      outcome.errors.contains(
        "weir: <stdout>: cannot be written behind byte 262144: No space left on device; make room"))
    #expect(try SaidReceipt(outcome.errors).addsUp)
  }

  // MARK: Open files

  @Test("with too few open files it says which limit to raise, or works", arguments: 3...6)
  func openFiles(limit: Int) throws {
    let log = try LongLog.shared.get()
    let folder = try TemporaryFolder()
    let file = try folder.add("file", log.bytes)
    let limited = "ulimit -n \(limit); exec \"$@\""
    let stream = try Command.run(["redact"], through: limited, input: log.bytes)
    // Below that the system's loader has no descriptor to open a library with.
    if limit > 3 { #expect(stream.code == 0) }
    expectWholeOrFailed(stream, log, "stream")
    let findings = ["redact", "--findings", "\(folder.path)/findings", file]
    for arguments in [["redact", file], findings] {
      let outcome = try Command.run(arguments, through: limited)
      if !expectWholeOrFailed(outcome, log, "\(arguments)"), limit > 3 {
        #expect(
          outcome.errors.contains("Too many open files; raise the limit of open files (ulimit -n)"))
      }
    }
    let tree = try Command.run(["scan", folder.path], through: limited)
    #expect(tree.code == 1 || tree.code == 2 || limit == 3)
    if tree.code == 2 { #expect(tree.errors.contains("raise the limit of open files")) }
  }

  // MARK: Memory

  @Test(
    "with a stack that is too small it ends, and lets nothing out", arguments: [8, 16, 32, 64, 128])
  func stack(kibibytes: Int) throws {
    let log = try LongLog.shared.get()
    let outcome = try Command.run(
      ["redact"], through: "ulimit -s \(kibibytes); exec \"$@\"", input: log.bytes,
      environment: ["SWIFT_BACKTRACE": "enable=no"])
    let isWhole = expectWholeOrFailed(outcome, log, "\(kibibytes) KiB")
    if kibibytes >= 128 { #expect(isWhole) }
  }

  @Test("with less memory than it needs it ends, and lets nothing wrong out")
  func memory() throws {
    let log = try LongLog.shared.get()
    var kibibytes = 2000
    var failedCount = 0
    while kibibytes < 4_000_000 {
      let outcome = try Command.run(
        ["redact"], through: "ulimit -v \(kibibytes); exec \"$@\"", input: log.bytes,
        environment: ["SWIFT_BACKTRACE": "enable=no"])
      if expectWholeOrFailed(outcome, log, "\(kibibytes) KiB") { break }
      failedCount += 1
      kibibytes += kibibytes / 12
    }
    #expect(kibibytes < 1_000_000)
    #expect(failedCount > 5)
  }

  @Test(
    "the n-th allocation of the process fails: all went well, or it ends and lets nothing wrong out",
    arguments: ["redact", "scan"], [false, true])
  func allocation(command: String, isLasting: Bool) throws {
    let log = try LongLog.shared.get()
    let right = try Command.run([command, "--quiet"], input: log.bytes)
    var (number, endedCount) = (1, 0)
    while number < 100_000 {
      let fault = Fault(
        call: "malloc", number: number, outcome: .fails(ENOMEM), isLasting: isLasting)
      let (outcome, isReached) = try Command.run(
        [command, "--quiet"], input: log.bytes, fault: fault)
      guard isReached else { break }
      if outcome.code == right.code {
        #expect(outcome.output.difference(from: right.output) == nil, "\(fault)")
      } else {
        endedCount += 1
        #expect(outcome.code > 1, "\(fault)")
        #expect(outcome.output.strays(from: right.output) == nil, "\(fault)")
      }
      #expect(log.leaks(Array(outcome.errors.utf8)) == false, "\(fault)")
      // All of the first, where the arguments are read; then some.
      number += number < 40 ? 1 : 23
    }
    #expect(number > 1000 && number < 100_000)
    #expect(endedCount > 50)
  }

  // MARK: The end at any moment

  @Test(
    "killed in the middle of a write, what left is a beginning of the redacted stream",
    arguments: [1, 70_000, 200_000, 600_000, 1_100_000, 2_000_000])
  func killed(after count: Int) throws {
    let log = try LongLog.shared.get()
    let long = Array(repeatElement(log.bytes, count: 6).joined())
    let redacted = Array(repeatElement(log.redacted, count: 6).joined())
    let folder = try TemporaryFolder()
    let findings = "\(folder.path)/findings"
    let input = try TemporaryFile(holding: long)
    let (reading, writing) = Command.pipe()
    let errors = try TemporaryFile()
    let child = try Command.spawn(
      ["redact", "--findings", findings].map { Array($0.utf8) },
      descriptors: [input.descriptor, writing, errors.descriptor])
    close(writing)
    let first = Pipes.drain(reading, upTo: count)
    kill(child, SIGKILL)
    let output = first + Pipes.drain(reading)
    close(reading)
    let outcome = Command.outcome(of: child, output: errors, errors: errors)
    #expect(outcome.code == 128 + SIGKILL)
    #expect(output.count >= count && output.count < redacted.count)
    #expect(output.strays(from: redacted) == nil)
    #expect(outcome.errors == "")
    let lines = try Data(contentsOf: URL(filePath: findings)).split(separator: 0x0A)
    #expect(lines.allSatisfy { !log.leaks(Array($0)) })
  }
}
