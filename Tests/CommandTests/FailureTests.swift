import Foundation
import Glibc
import Testing

/// What goes wrong is said once, with a name and a place, and shows in the exit code.
@Suite struct FailureTests {
  @Test("exit codes: nothing, findings, and what was asked to change")
  func exitCodes() throws {
    var secrets = try Secrets(seed: 50)
    let token = secrets.token()
    let clean = Array("clean\n".utf8)
    #expect(try Command.run(["scan"], input: clean).code == 0)
    #expect(try Command.run(["scan"], input: token).code == 1)
    #expect(try Command.run(["scan", "--exit-zero"], input: token).code == 0)
    #expect(try Command.run(["redact"], input: token).code == 0)
    #expect(try Command.run(["redact", "--fail-on-finding"], input: token).code == 1)
    #expect(try Command.run(["redact", "--fail-on-finding"], input: clean).code == 0)
    let usages = [
      ["scan", "--bogus"], ["bogus"], ["rules", "show"], ["scan", "--format", "xml"],
    ]
    for usage in usages {
      let outcome = try Command.run(usage)
      #expect(outcome.code == 2)
      #expect(outcome.errors.hasPrefix("weir: "))
    }
    #expect(try Command.run(["--help"]).code == 0)
  }

  @Test("a missing file among others is said, the others are read, and 2 beats 1")
  func missingAmongOthers() throws {
    var secrets = try Secrets(seed: 51)
    let folder = try TemporaryFolder()
    let file = try folder.add("file", secrets.token())
    let missing = "\(folder.path)/missing"
    let scan = try Command.run(["scan", missing, file, "--exit-zero"])
    #expect(scan.code == 2)
    #expect(scan.lines.count == 1)
    #expect(
      scan.errors.hasPrefix(
        "weir: \(missing): cannot be opened: No such file or directory; check the path\n"))
    let redact = try Command.run(["redact", missing, file])
    #expect(redact.code == 2)
    #expect(redact.text == "WEIR_REDACTED_github.personal-token")
  }

  @Test("an unreadable file is said, and the others are scanned")
  func unreadable() throws {
    var secrets = try Secrets(seed: 27)
    let folder = try TemporaryFolder()
    let file = try folder.add("file", Array("text".utf8))
    _ = try folder.add("other", secrets.token())
    chmod(file, 0)
    let outcome = try Command.runUnprivileged(["scan", folder.path])
    #expect(outcome.code == 2)
    #expect(outcome.errors.contains("\(file): cannot be opened: Permission denied"))
    #expect(outcome.lines.count == 1)
  }

  @Test("redact refuses a directory and says what to do")
  func directory() throws {
    let folder = try TemporaryFolder()
    let outcome = try Command.run(["redact", folder.path])
    #expect(outcome.code == 2)
    #expect(outcome.errors.contains("is a directory"))
    #expect(outcome.errors.contains("weir scan"))
  }

  @Test("a file that is input and output at once is refused, and keeps what it has")
  func feedback() throws {
    let folder = try TemporaryFolder()
    let file = try folder.add("file", Array("text\n".utf8))
    let end = open(file, O_WRONLY | O_APPEND | O_CLOEXEC)
    defer { close(end) }
    let live = try LiveCommand(["redact", file], standardOutput: end)
    let outcome = live.finish()
    #expect(outcome.code == 2)
    #expect(outcome.errors.contains("is also where the output goes"))
    let findings = try Command.run(["redact", "--findings", file, file])
    #expect(findings.code == 2)
    #expect(findings.errors.contains("is an input as well"))
    #expect(try Command.run(["redact", file]).text == "text\n")
  }

  @Test("findings do not take the place of the key, by whatever name", arguments: ["key", "link"])
  func findingsInKey(name: String) throws {
    var secrets = try Secrets(seed: 75)
    let folder = try TemporaryFolder()
    let bytes = Array(repeating: UInt8(0x6B), count: 32)
    let key = try folder.add("key", bytes)
    let findings = "\(folder.path)/\(name)"
    if findings != key {
      try FileManager.default.createSymbolicLink(atPath: findings, withDestinationPath: key)
    }
    let outcome = try Command.run(
      ["redact", "--key", key, "--findings", findings], input: secrets.token())
    #expect(outcome.code == 2)
    #expect(outcome.output == [])
    #expect(outcome.errors == "weir: \(findings): is an input as well; write to another file\n")
    #expect(try Array(Data(contentsOf: URL(filePath: key))) == bytes)
  }

  @Test("closed descriptors are named; no file takes their place")
  func closedDescriptors() throws {
    let folder = try TemporaryFolder()
    let output = try TemporaryFile()
    let errors = try TemporaryFile()
    let inputless = try Command.spawn(
      [Array("redact".utf8)], descriptors: [nil, output.descriptor, errors.descriptor])
    let noInput = Command.outcome(of: inputless, output: output, errors: errors)
    #expect(noInput.code == 2)
    #expect(noInput.errors.contains("<stdin>: is not open for reading"))
    let input = try TemporaryFile(holding: Array("text\n".utf8))
    let findings = "\(folder.path)/findings"
    let child = try Command.spawn(
      ["redact", "--findings", findings].map { Array($0.utf8) },
      descriptors: [input.descriptor, nil, errors.descriptor])
    let noOutput = Command.outcome(of: child, output: output, errors: errors)
    #expect(noOutput.code == 2)
    #expect(noOutput.errors.contains("<stdout>: is not open for writing"))
    #expect(try Command.run(["redact", findings]).output == [])
  }

  @Test(
    "a reader that goes away ends it as SIGPIPE does, without a word",
    arguments: ["redact", "scan"])
  func closedPipe(command: String) throws {
    var secrets = try Secrets(seed: 52)
    let line = secrets.token() + "\n"
    let live = try LiveCommand([command, "--quiet"])
    live.write(line)
    #expect(live.read(atLeast: 10).count >= 10)
    live.closeOutput()
    for _ in 0..<1000 where !live.write(line) { break }
    let outcome = live.finish()
    #expect(outcome.code == 128 + SIGPIPE)
    #expect(outcome.errors == "")
  }

  @Test("a full disk is an error of findings and of lists too")
  func fullDisk() throws {
    var secrets = try Secrets(seed: 53)
    let token = secrets.token()
    let findings = try Command.run(["redact", "--findings", "/dev/full"], input: token)
    #expect(findings.code == 2)
    #expect(findings.errors.contains("/dev/full: cannot be written"))
    let full = open("/dev/full", O_WRONLY | O_CLOEXEC)
    defer { close(full) }
    for words in [["rules", "list"], ["--version"], ["--help"]] {
      let outcome = try LiveCommand(words, standardOutput: full).finish()
      #expect(outcome.code == 2)
      #expect(outcome.errors.contains("No space left on device"))
    }
  }

  @Test("non-blocking pipes are waited for")
  func nonBlocking() throws {
    let (reading, writing) = Command.pipe()
    _ = fcntl(reading, F_SETFL, O_NONBLOCK)
    let output = try TemporaryFile()
    let errors = try TemporaryFile()
    let child = try Command.spawn(
      [Array("redact".utf8)], descriptors: [reading, output.descriptor, errors.descriptor])
    usleep(50_000)
    _ = write(writing, "late\n", 5)
    usleep(50_000)
    close(writing)
    close(reading)
    let outcome = Command.outcome(of: child, output: output, errors: errors)
    #expect(outcome.code == 0)
    #expect(outcome.text == "late\n")
  }
}
