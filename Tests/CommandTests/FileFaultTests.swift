import Foundation
import Glibc
import Testing

/// Files that are not what they seem, or do not stay it while they are read.
@Suite struct FileFaultTests {
  // MARK: Names

  @Test(
    "a path that leads nowhere is one line with its reason and advice",
    arguments: ["redact", "scan"])
  func nowhere(command: String) throws {
    let folder = try TemporaryFolder()
    let file = try folder.add("file", Array("text\n".utf8))
    let loop = "\(folder.path)/loop"
    try FileManager.default.createSymbolicLink(atPath: loop, withDestinationPath: loop)
    let long = "\(folder.path)/" + String(repeating: "n", count: 300)
    let paths: [(path: String, said: String)] = [
      (loop, "\(loop): cannot be opened: Too many levels of symbolic links; check the path"),
      (long, "\(long): cannot be opened: File name too long; check the path"),
      ("\(file)/under", "\(file)/under: cannot be opened: Not a directory; check the path"),
      ("", "'': cannot be opened: No such file or directory; check the path"),
      (
        "\(folder.path)/two\nlines",
        "\(folder.path)/two\\nlines: cannot be opened: No such file or directory; check the path"
      ),
    ]
    for (path, said) in paths {
      let outcome = try Command.run([command, "--quiet", path, file])
      #expect(outcome.code == 2)
      #expect(outcome.errors == "weir: \(said)\n")
      #expect(outcome.text == (command == "redact" ? "text\n" : ""))
    }
  }

  @Test("a loop of links in a tree is passed over and counted")
  func loopInTree() throws {
    let folder = try TemporaryFolder()
    for (name, target) in [("loop", "loop"), ("up", ".."), ("none", "gone")] {
      try FileManager.default.createSymbolicLink(
        atPath: "\(folder.path)/\(name)", withDestinationPath: target)
    }
    let outcome = try Command.run(["scan", folder.path])
    #expect(outcome.code == 0)
    #expect(outcome.errors.contains("3 skipped"))
  }

  // MARK: Where findings go

  @Test("findings go to a file of their own, or nowhere")
  func findings() throws {
    let folder = try TemporaryFolder()
    let output = try folder.add("output", Array("kept\n".utf8))
    for (path, said) in [
      (folder.path, "\(folder.path): cannot be opened for writing: Is a directory"),
      ("-", "-: findings would run into the stream; name a file"),
      ("/dev/stdout", "/dev/stdout: findings would run into the stream; name a file"),
      ("\(folder.path)/no/file", "cannot be opened for writing: No such file or directory"),
      ("", "'': cannot be opened for writing: No such file or directory"),
    ] {
      let outcome = try Command.run(
        ["redact", "--findings", path], input: Array("text\n".utf8))
      #expect(outcome.code == 2, "\(path)")
      #expect(outcome.output == [])
      #expect(outcome.errors.contains(said), "\(outcome.errors)")
      #expect(outcome.errors.split(separator: "\n").count == 1)
    }
    let end = open(output, O_WRONLY | O_APPEND | O_CLOEXEC)
    defer { close(end) }
    let live = try LiveCommand(["redact", "--findings", output], standardOutput: end)
    live.write(Array("text\n".utf8))
    let outcome = live.finish()
    #expect(outcome.code == 2)
    #expect(outcome.errors.contains("findings would run into the stream"))
    #expect(try String(contentsOfFile: output, encoding: .utf8) == "kept\n")
    // The same device is not the same file.
    let null = open("/dev/null", O_WRONLY | O_CLOEXEC)
    defer { close(null) }
    #expect(
      try LiveCommand(["redact", "--findings", "/dev/null"], standardOutput: null).finish().code
        == 0)
  }

  // MARK: FIFOs

  @Test(
    "a FIFO that is named is waited for, like any pipe", arguments: ["input", "key", "findings"])
  func fifo(role: String) throws {
    var secrets = try Secrets(seed: 72)
    let folder = try TemporaryFolder()
    let fifo = "\(folder.path)/fifo"
    try #require(mkfifo(fifo, 0o600) == 0)
    let arguments: [String] =
      switch role {
      case "input": ["redact", fifo]
      case "key": ["redact", "--key", fifo]
      default: ["redact", "--findings", fifo]
      }
    let input = try TemporaryFile(holding: secrets.token())
    let (output, errors) = (try TemporaryFile(), try TemporaryFile())
    let child = try Command.spawn(
      arguments.map { Array($0.utf8) },
      descriptors: [input.descriptor, output.descriptor, errors.descriptor])
    usleep(50_000)
    #expect(waitpid(child, nil, WNOHANG) == 0, "it waits")
    #expect(output.contents() == [])
    if role == "findings" {
      let end = open(fifo, O_RDONLY | O_CLOEXEC)
      #expect(String(decoding: Pipes.drain(end), as: UTF8.self).hasPrefix("{\"rule\":"))
      close(end)
    } else {
      let end = open(fifo, O_WRONLY | O_CLOEXEC)
      Pipes.write(
        role == "key" ? Array(repeating: 0x6B, count: 16) : secrets.token(), to: end)
      close(end)
    }
    let outcome = Command.outcome(of: child, output: output, errors: errors)
    #expect(outcome.code == 0, "\(outcome.errors)")
    let mask = /WEIR_REDACTED_github\.personal-token(_[0-9a-f]{16})?/
    let match = try #require(try mask.wholeMatch(in: outcome.text))
    #expect((match.1 != nil) == (role == "key"))
  }

  // MARK: Files that change

  /// A file that is being read: the command has begun, and waits for a reader.
  private func whileRead(
    _ bytes: [UInt8], _ change: (_ path: String, _ descriptor: Int32) throws -> Void
  ) throws -> Command.Outcome {
    let folder = try TemporaryFolder()
    let path = try folder.add("file", bytes)
    let descriptor = open(path, O_RDWR | O_APPEND | O_CLOEXEC)
    defer { close(descriptor) }
    let (reading, writing) = Command.pipe()
    let errors = try TemporaryFile()
    let child = try Command.spawn(
      ["redact", "--receipt", "--quiet", path].map { Array($0.utf8) },
      descriptors: [nil, writing, errors.descriptor])
    close(writing)
    let first = Pipes.drain(reading, upTo: 1)
    try change(path, descriptor)
    let rest = Pipes.drain(reading)
    close(reading)
    var outcome = Command.outcome(of: child, output: errors, errors: errors)
    outcome.output = first + rest
    #expect(try SaidReceipt(outcome.errors).addsUp)
    return outcome
  }

  /// More than the command and a pipe of 1 MiB hold.
  private func long() throws -> (bytes: [UInt8], redacted: [UInt8]) {
    let log = try LongLog.shared.get()
    return (
      Array(repeatElement(log.bytes, count: 5).joined()),
      Array(repeatElement(log.redacted, count: 5).joined())
    )
  }

  @Test("a file that shrinks while it is read ends where it ends")
  func shrinks() throws {
    let long = try long()
    let outcome = try whileRead(long.bytes) { _, descriptor in
      #expect(ftruncate(descriptor, 0) == 0)
    }
    #expect(outcome.code == 0)
    let read = try SaidReceipt(outcome.errors).read
    #expect(read > 0 && read < long.bytes.count)
    let expected = try Command.run(["redact"], input: Array(long.bytes.prefix(read)))
    #expect(outcome.output.difference(from: expected.output) == nil)
  }

  @Test("a file that grows while it is read is read to its new end")
  func grows() throws {
    let (long, log) = (try long(), try LongLog.shared.get())
    let outcome = try whileRead(long.bytes) { Pipes.write(log.bytes, to: $1) }
    #expect(outcome.code == 0)
    #expect(outcome.output.difference(from: long.redacted + log.redacted) == nil)
  }

  @Test("a file that is removed, or replaced, while it is read is read to its end")
  func vanishes() throws {
    let long = try long()
    let removed = try whileRead(long.bytes) { path, _ in unlink(path) }
    #expect(removed.code == 0)
    #expect(removed.output.difference(from: long.redacted) == nil)
    let replaced = try whileRead(long.bytes) { path, _ in
      unlink(path)
      #expect(mkfifo(path, 0o600) == 0)
    }
    #expect(replaced.code == 0)
    #expect(replaced.output.difference(from: long.redacted) == nil)
  }

  @Test(
    "a tree that changes while it is walked: what is gone is said, what is no file any more is skipped"
  )
  func treeChanges() throws {
    var secrets = try Secrets(seed: 73)
    let folder = try TemporaryFolder()
    // More findings than a pipe holds: the command waits in the first file.
    let tokens = Array((0..<50).map { _ in secrets.token() + "\n" }.joined())
    try folder.add("a", Array(repeatElement(tokens, count: 150).joined()))
    for name in ["gone", "fifo", "now-folder", "stays"] {
      try folder.add(name, secrets.token() + "\n")
    }
    let (reading, writing) = Command.pipe()
    let errors = try TemporaryFile()
    let child = try Command.spawn(
      // More threads would have read the others by then.
      ["scan", "--format", "jsonl", "--threads", "1", folder.path].map { Array($0.utf8) },
      descriptors: [nil, writing, errors.descriptor])
    close(writing)
    _ = Pipes.drain(reading, upTo: 1)
    for name in ["gone", "fifo", "now-folder"] { unlink("\(folder.path)/\(name)") }
    #expect(mkfifo("\(folder.path)/fifo", 0o600) == 0)
    try folder.addFolder("now-folder")
    try folder.add("now-folder/new", secrets.token())
    let lines = Pipes.drain(reading).split(separator: 0x0A)
    close(reading)
    let outcome = Command.outcome(of: child, output: errors, errors: errors)
    #expect(outcome.code == 2)
    #expect(lines.count == 50 * 150 + 2)
    let said = outcome.errors.split(separator: "\n")
    #expect(
      said == [
        "weir: \(folder.path)/fifo: is no file (a FIFO, socket or device); skipped",
        "weir: \(folder.path)/gone: cannot be opened: No such file or directory; check the path",
        "weir: 7502 findings in 3 inputs; 1 skipped: 1 FIFO, socket or device",
      ])
  }

  // MARK: Keys

  @Test("a key file that is none is one line that says what a key is")
  func keys() throws {
    let folder = try TemporaryFolder()
    let key = try folder.add("key", Array(repeating: 0x6B, count: 16))
    chmod(key, 0)
    let unreadable = try Command.runUnprivileged(["redact", "--key=\(key)", "/dev/null"])
    #expect(unreadable.code == 2)
    #expect(
      unreadable.errors
        == "weir: \(key): cannot be opened: Permission denied; check its permissions\n")
    for (path, said) in [
      (folder.path, "is a directory; a key is in a file"),
      ("/dev/null", "a key has 16 to 64 bytes, this one has 0; make one with"),
      ("/dev/zero", "a key has 16 to 64 bytes, this one has more; make one with"),
      (key + "/x", "cannot be opened: Not a directory; check the path"),
      ("", "'': cannot be opened: No such file or directory; check the path"),
    ] {
      for command in ["redact", "scan"] {
        let outcome = try Command.run([command, "--key", path], input: Array("text\n".utf8))
        #expect(outcome.code == 2)
        #expect(outcome.output == [])
        #expect(outcome.errors.split(separator: "\n").count == 1)
        #expect(outcome.errors.contains(said), "\(outcome.errors)")
      }
    }
  }

  @Test("a key may be any bytes; two that differ give two fingerprints")
  func binaryKey() throws {
    var secrets = try Secrets(seed: 74)
    let folder = try TemporaryFolder()
    let token = secrets.token()
    var masks: Set<String> = []
    // Zeros, line feeds and what is no text, also at the end: one line feed there does not count.
    for (last, isSame) in [(UInt8(0xFF), false), (0x00, false), (0x0A, false)] {
      let bytes =
        [0x00, 0x0A, 0xC3, 0x28] + (0..<59).map { UInt8(truncatingIfNeeded: $0 &* 7) } + [last]
      let file = try folder.add("key", bytes)
      let outcome = try Command.run(["redact", "--mask", "hash", "--key", file], input: token)
      #expect(outcome.code == 0)
      #expect(outcome.text.wholeMatch(of: /WEIR_REDACTED_[0-9a-f]{16}/) != nil)
      #expect(masks.insert(outcome.text).inserted != isSame)
    }
  }

  @Test(
    "WEIR_KEY that is none is refused by its name, and never shown",
    arguments: [0, 1, 15, 65, 5000])
  func environment(count: Int) throws {
    for command in ["redact", "scan"] {
      let outcome = try Command.run(
        [command], input: Array("text\n".utf8),
        environment: ["WEIR_KEY": String(repeating: "q", count: count)])
      #expect(outcome.code == 2)
      #expect(outcome.output == [])
      let said = count > 65 ? "more" : "\(count)"
      #expect(
        outcome.errors
          == "weir: WEIR_KEY: a key has 16 to 64 bytes, this one has \(said); "
          + "make one with `openssl rand -hex 16`\n")
    }
  }
}
