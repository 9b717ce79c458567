import Foundation
import Glibc
import Testing

/// What may be behind the three descriptors that a program is born with.
@Suite struct DescriptorTests {
  @Test(
    "descriptors 0, 1, 2 closed or not: each case has its end, and no file takes their place",
    arguments: ["redact", "scan"], 0..<8)
  func closed(command: String, which: Int) throws {
    var secrets = try Secrets(seed: 70)
    let folder = try TemporaryFolder()
    let input = try TemporaryFile(holding: secrets.token() + "\n")
    let (output, errors) = (try TemporaryFile(), try TemporaryFile())
    let isOpen = (0..<3).map { which >> $0 & 1 == 0 }
    let findings = "\(folder.path)/findings"
    let words = command == "redact" ? ["redact", "--findings", findings] : ["scan"]
    let child = try Command.spawn(
      words.map { Array($0.utf8) },
      descriptors: [
        isOpen[0] ? input.descriptor : nil, isOpen[1] ? output.descriptor : nil,
        isOpen[2] ? errors.descriptor : nil,
      ])
    let outcome = Command.outcome(of: child, output: output, errors: errors)
    #expect(outcome.code == (!isOpen[0] || !isOpen[1] ? 2 : command == "scan" ? 1 : 0))
    if isOpen[0], isOpen[1] {
      #expect(outcome.text.contains("github.personal-token"))
    } else {
      #expect(outcome.output == [])
    }
    let said = outcome.errors.split(separator: "\n")
    if !isOpen[2] { #expect(said == []) }
    if isOpen[2], !isOpen[0] {
      #expect(said.first?.hasPrefix("weir: <stdin>: is not open for reading") == true)
    } else if isOpen[2], !isOpen[1] {
      #expect(said.first?.hasPrefix("weir: <stdout>: is not open for writing") == true)
    }
    if command == "redact" {
      let lines = try String(contentsOfFile: findings, encoding: .utf8)
      #expect(
        lines.isEmpty || lines.wholeMatch(of: /\{"rule":"github.personal-token",.*\}\n/) != nil)
    }
  }

  @Test("standard input that is open for writing only is named, and so is output for reading only")
  func wrongWay() throws {
    let (output, errors) = (try TemporaryFile(), try TemporaryFile())
    let null = open("/dev/null", O_WRONLY | O_CLOEXEC)
    defer { close(null) }
    let child = try Command.spawn(
      [Array("scan".utf8)], descriptors: [null, output.descriptor, errors.descriptor])
    let outcome = Command.outcome(of: child, output: output, errors: errors)
    #expect(outcome.code == 2)
    #expect(outcome.errors.contains("<stdin>: is not open for reading"))
    let unwritable = open("/dev/null", O_RDONLY | O_CLOEXEC)
    defer { close(unwritable) }
    let list = try LiveCommand(["rules", "list"], standardOutput: unwritable).finish()
    #expect(list.code == 2)
    #expect(list.errors.contains("<stdout>: is not open for writing"))
  }

  @Test("both ends non-blocking, the writer and the reader slow: all arrives")
  func nonBlocking() throws {
    let log = try LongLog.shared.get()
    let (input, fromTest) = Command.pipe()
    let (toTest, output) = Command.pipe()
    for end in [input, output] { _ = fcntl(end, F_SETFL, O_NONBLOCK) }
    let errors = try TemporaryFile()
    let child = try Command.spawn(
      [Array("redact".utf8)], descriptors: [input, output, errors.descriptor])
    close(input)
    close(output)
    let writer = Thread {
      for _ in 0..<4 { Pipes.write(log.bytes, to: fromTest) }
      close(fromTest)
    }
    writer.start()
    // The pipe is full by then, and the command waits.
    usleep(100_000)
    let text = Pipes.drain(toTest)
    close(toTest)
    #expect(text.difference(from: log.redacted + log.redacted + log.redacted + log.redacted) == nil)
    let outcome = Command.outcome(of: child, output: errors, errors: errors)
    #expect(outcome.code == 0)
    #expect(outcome.errors.split(separator: "\n").count == 1)
  }

  @Test("a directory as standard input is said, with what to do", arguments: ["redact", "scan"])
  func directory(command: String) throws {
    let folder = try TemporaryFolder()
    let end = open(folder.path, O_RDONLY | O_CLOEXEC)
    defer { close(end) }
    let outcome = try run([command, "--quiet"], input: end)
    #expect(outcome.code == 2)
    #expect(
      outcome.errors
        == "weir: <stdin>: is a directory; name it: `weir scan DIRECTORY`\n")
  }

  @Test("a socket is read like a pipe, and one that is reset is an error")
  func socket() throws {
    var ends: [Int32] = [-1, -1]
    try #require(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue) | O_CLOEXEC, 0, &ends) == 0)
    Pipes.write(Array("text\n".utf8), to: ends[0])
    shutdown(ends[0], Int32(SHUT_WR))
    let outcome = try run(["redact"], input: ends[1])
    #expect(outcome.code == 0)
    #expect(outcome.text == "text\n")
    close(ends[0])
    close(ends[1])
    try #require(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue) | O_CLOEXEC, 0, &ends) == 0)
    // A peer that goes with bytes unread resets the connection.
    Pipes.write(Array("unread".utf8), to: ends[1])
    close(ends[0])
    let reset = try run(["redact"], input: ends[1])
    close(ends[1])
    #expect(reset.code == 2)
    #expect(
      reset.errors
        == "weir: <stdin>: cannot be read behind byte 0: Connection reset by peer; "
        + "what came before was looked at\n")
  }

  @Test("a terminal is read line by line, up to its end-of-file")
  func terminal() throws {
    var (master, slave) = (Int32(-1), Int32(-1))
    try #require(openpty(&master, &slave, nil, nil, nil) == 0)
    for end in [master, slave] { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    defer { close(master) }
    var secrets = try Secrets(seed: 71)
    let typed = "one\ntwo " + secrets.token() + "\n" + [4]
    let (output, errors) = (try TemporaryFile(), try TemporaryFile())
    let child = try Command.spawn(
      [Array("redact".utf8)], descriptors: [slave, output.descriptor, errors.descriptor])
    Pipes.write(typed, to: master)
    let outcome = Command.outcome(of: child, output: output, errors: errors)
    close(slave)
    #expect(outcome.code == 0)
    #expect(outcome.text == "one\ntwo WEIR_REDACTED_github.personal-token\n")
  }

  @Test("endless zeros flow until the reader has enough")
  func zeros() throws {
    let zeros = open("/dev/zero", O_RDONLY | O_CLOEXEC)
    defer { close(zeros) }
    let (reading, writing) = Command.pipe()
    let errors = try TemporaryFile()
    let child = try Command.spawn(
      [Array("redact".utf8)], descriptors: [zeros, writing, errors.descriptor])
    close(writing)
    var count = 0
    var buffer = [UInt8](repeating: 1, count: 1 << 16)
    while count < 3_000_000 {
      let read = Glibc.read(reading, &buffer, buffer.count)
      try #require(read > 0)
      #expect(buffer.prefix(read).allSatisfy { $0 == 0 })
      count += read
    }
    close(reading)
    let outcome = Command.outcome(of: child, output: errors, errors: errors)
    #expect(outcome.code == 128 + SIGPIPE)
    #expect(outcome.errors == "")
  }

  @Test(
    "without /proc the arguments are not known: it ends with 2, and never takes it for a call for help"
  )
  func noArguments() throws {
    for arguments in [["redact"], ["scan", "--exit-zero"], []] {
      let fault = Fault(call: "fopen", number: 1, outcome: .fails(ENOENT))
      let (outcome, isReached) = try Command.run(
        arguments, input: Array("text\n".utf8), fault: fault)
      #expect(isReached)
      #expect(outcome.code == 2)
      #expect(outcome.output == [])
      #expect(outcome.errors == "weir: cannot read its arguments; is /proc mounted?\n")
    }
  }

  private func run(_ arguments: [String], input: Int32) throws -> Command.Outcome {
    let (output, errors) = (try TemporaryFile(), try TemporaryFile())
    let child = try Command.spawn(
      arguments.map { Array($0.utf8) }, descriptors: [input, output.descriptor, errors.descriptor])
    return Command.outcome(of: child, output: output, errors: errors)
  }
}

/// The test's side of a pipe.
enum Pipes {
  static func write(_ bytes: [UInt8], to descriptor: Int32) {
    signal(SIGPIPE, SIG_IGN)
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }

  /// Reads to the end, or until `count` bytes are there.
  static func drain(_ descriptor: Int32, upTo count: Int = .max) -> [UInt8] {
    var result: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while result.count < count {
      let read = Glibc.read(descriptor, &buffer, min(buffer.count, count - result.count))
      if read < 0, errno == EINTR { continue }
      guard read > 0 else { break }
      result += buffer.prefix(read)
    }
    return result
  }
}
