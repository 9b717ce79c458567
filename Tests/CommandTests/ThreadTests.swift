import Foundation
import Glibc
import Testing

/// However many threads share the work, the result is one thread's.
@Suite struct ThreadTests {
  private static let counts = ["1", "2", "3", "9"]
  /// More than one thread is used for, in lines.
  private static let harmless = Array(
    repeatElement(Array("a line of a log\n".utf8), count: 1 << 17).joined())

  /// Some megabytes with credentials of every rule, and a few that are longer than a block.
  private func log(seed: UInt64) throws -> [UInt8] {
    var secrets = try Secrets(seed: seed)
    var text = secrets.log() + "token=" + secrets.openRun(count: 400_000) + "\n"
    while text.count < 8 << 20 { text += secrets.log() }
    return text
  }

  @Test("of a file and of a pipe, redacted and scanned")
  func same() throws {
    let log = try log(seed: 61)
    let file = try TemporaryFile(holding: log)
    let alone = try Command.run(["redact", "--threads", "1", "--receipt"], input: log)
    #expect(alone.code == 0 && alone.output != log)
    let findings = try Command.run(["scan", "--threads", "1", "--format", "jsonl"], input: log)
    #expect(findings.code == 1)
    for count in Self.counts.dropFirst() {
      let threads = ["--threads", count]
      let redacted = try Command.run(["redact", "--receipt"] + threads, input: log)
      #expect(redacted.output == alone.output && redacted.errors == alone.errors, "\(count)")
      let piped = try Command.run(
        ["redact", "--receipt"] + threads, through: "cat \(file.path) | \"$@\"")
      #expect(piped.output == alone.output && piped.errors == alone.errors, "\(count)")
      let scanned = try Command.run(["scan", "--format", "jsonl"] + threads, input: log)
      #expect(scanned.output == findings.output && scanned.code == 1, "\(count)")
    }
  }

  /// Files of a few lines, some with a credential, one with hundreds, a long one, and things that are no files.
  private func tree(seed: UInt64) throws -> TemporaryFolder {
    var secrets = try Secrets(seed: seed)
    let folder = try TemporaryFolder()
    for number in 0..<300 {
      let token = number % 7 == 0 ? Array("token ".utf8) + secrets.token() : []
      try folder.add("file\(1000 + number)", Array("a line\n".utf8) + token)
    }
    let many = (0..<600).flatMap { _ in secrets.token() + Array("\n".utf8) }
    try folder.add("file1100-many", many)
    let quiet = Array(repeatElement(Array("nothing of note\n".utf8), count: 1 << 18).joined())
    try folder.add("file1200-long", quiet + secrets.token() + "\n" + quiet + secrets.token())
    try folder.add("file1201-empty")
    mkfifo(folder.path + "/file1202-fifo", 0o600)
    try folder.addFolder("file1203-folder")
    try folder.add("file1203-folder/inside", secrets.token())
    return folder
  }

  @Test("of a tree: the findings in the order of the files, the sums, and what is said")
  func trees() throws {
    let folder = try tree(seed: 65)
    for options in [[], ["--max-findings", "400"], ["--format", "jsonl", "--exit-zero"]] {
      let arguments = ["scan", folder.path, "--receipt"] + options
      let alone = try Command.run(arguments + ["--threads", "1"])
      #expect(alone.lines.count == (options.first == "--max-findings" ? 400 : 646), "\(options)")
      for count in Self.counts.dropFirst() {
        let shared = try Command.run(arguments + ["--threads", count])
        #expect(shared.output == alone.output, "\(options) \(count)")
        #expect(shared.errors == alone.errors && shared.code == alone.code, "\(options) \(count)")
      }
    }
  }

  @Test("of a tree whose report nobody takes, the rest is not read")
  func treeWithoutReader() throws {
    let folder = try tree(seed: 66)
    for count in Self.counts {
      let outcome = try Command.run(
        ["scan", folder.path, "--threads", count], through: "\"$@\" > /dev/full")
      #expect(outcome.code == 2)
      #expect(outcome.errors.contains("cannot be written"), "\(outcome.errors)")
    }
  }

  @Test("others are started for long inputs only, and as many as were asked for")
  func started() throws {
    for (arguments, bytes, expected) in [
      (["--threads", "3"], Self.harmless.count, 3), (["--threads", "1"], Self.harmless.count, 1),
      (["--threads", "3"], 4096, 1),
    ] {
      let output = try TemporaryFile()
      let live = try LiveCommand(["redact"] + arguments, standardOutput: output.descriptor)
      live.write(Array(Self.harmless.prefix(bytes)))
      #expect(Waiting.until { output.contents().count >= bytes - 200 })
      func tasks() throws -> Int {
        try FileManager.default.contentsOfDirectory(atPath: "/proc/\(live.child)/task").count
      }
      // Dispatch may have one of its own.
      let isRight = try expected == 1 ? tasks() == 1 : Waiting.until { try tasks() >= expected }
      let count = try tasks()
      #expect(isRight, "\(arguments) \(bytes): \(count)")
      #expect(live.finish().code == 0)
      #expect(output.contents() == Array(Self.harmless.prefix(bytes)))
    }
  }

  @Test("where the system has no more threads to give, one does it all")
  func noThreads() throws {
    let log = try log(seed: 67)
    let folder = try TemporaryFolder()
    let path = try folder.add("log", log)
    chmod(folder.path, 0o755)
    let alone = try Command.run(["redact", path, "--threads", "1"])
    let refused = try Command.runUnprivileged(
      ["redact", path, "--threads", "4"], limits: ["--nproc=1"])
    #expect(refused.code == 0 && refused.output == alone.output, "\(refused.errors)")
  }

  @Test("a line leaves at once, also when others wait for work")
  func latency() throws {
    let output = try TemporaryFile()
    let live = try LiveCommand(["redact", "--threads", "3"], standardOutput: output.descriptor)
    live.write(Self.harmless)
    var expected = Self.harmless.count
    for number in 0..<20 {
      let line = Array("line \(number)\n".utf8)
      live.write(line)
      expected += line.count
      #expect(Waiting.until { output.contents().count == expected })
    }
    #expect(live.finish().code == 0)
  }

  @Test("a full disk withholds what was read ahead, and the receipt knows")
  func fullDisk() throws {
    let log = try log(seed: 62)
    let outcome = try Command.run(
      ["redact", "--receipt", "--threads", "4"], through: "\"$@\" > /dev/full", input: log)
    #expect(outcome.code == 2)
    #expect(outcome.errors.contains("withheld"))
    #expect(!outcome.errors.contains("differ"))
  }

  @Test("a call that fails, or falls short, at any place: what left is right, and the sums agree")
  func faults() throws {
    let log = Array(try log(seed: 68).prefix(6 << 20))
    let alone = try Command.run(["redact", "--threads", "1", "--quiet"], input: log)
    for (call, descriptor) in [("read", Int32(0)), ("writev", 1), ("poll", -1)] {
      var reached = 0
      for number in stride(from: 1, through: 19, by: 3) {
        for outcome in [Fault.Outcome.fails(EIO), .fails(EINTR), .fails(EAGAIN), .takesHalf] {
          let fault = Fault(call: call, descriptor: descriptor, number: number, outcome: outcome)
          let (faulted, isReached) = try Command.run(
            ["redact", "--threads", "3", "--quiet", "--receipt"], input: log, fault: fault)
          if isReached { reached += 1 }
          #expect([0, 2].contains(faulted.code), "\(fault)")
          #expect(alone.output.starts(with: faulted.output), "\(fault)")
          #expect(faulted.code == 2 || faulted.output == alone.output, "\(fault)")
          #expect(!faulted.errors.contains("differ"), "\(fault): \(faulted.errors)")
        }
      }
      #expect(reached > 10, "\(call) was not hurt often enough")
    }
  }

  @Test("a reader that goes away ends it without a word")
  func closedPipe() throws {
    let log = try log(seed: 63)
    let outcome = try Command.run(
      ["redact", "--threads", "4"],
      through: "{ \"$@\"; echo $? >&2; } | head -c 3000000 > /dev/null", input: log)
    #expect(outcome.errors.hasSuffix("141\n"), "\(outcome.errors)")
  }

  @Test("a signal ends all of them, and what was decided is out")
  func signal() throws {
    let log = try log(seed: 64)
    let whole = try Command.run(["redact"], input: log).output
    let output = try TemporaryFile()
    let live = try LiveCommand(
      ["redact", "--threads", "4", "--receipt"], standardOutput: output.descriptor)
    live.write(log)
    #expect(Waiting.until { output.contents().count > 2 << 20 })
    kill(live.child, SIGTERM)
    let outcome = live.finish()
    #expect(outcome.code == 2)
    #expect(outcome.errors.contains("stopped by SIGTERM"))
    #expect(!outcome.errors.contains("differ"))
    let written = output.contents()
    #expect(written == Array(whole.prefix(written.count)))
  }
}
