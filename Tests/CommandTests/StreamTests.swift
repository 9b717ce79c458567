import Testing

/// The stream flows on: what `redact` promises of bytes and of time.
@Suite struct StreamTests {
  private static let harmless: [(name: String, bytes: [UInt8])] = [
    ("empty", []), ("one byte", [0x0A]), ("no last newline", Array("one\ntwo".utf8)),
    ("CRLF", Array("one\r\ntwo\r\n".utf8)), ("NUL", [0, 0, 0x61, 0, 0x0A, 0]),
    ("invalid UTF-8", [0xC3, 0x28, 0xFF, 0xFE, 0x0A, 0xED, 0xA0, 0x80]),
    ("all bytes", (0..<70_000).map { UInt8(truncatingIfNeeded: $0 &* 167 &+ $0 >> 8) }),
  ]

  @Test("harmless bytes pass unchanged", arguments: harmless.indices)
  func unchanged(index: Int) throws {
    let (name, bytes) = Self.harmless[index]
    let outcome = try Command.run(["redact"], input: bytes)
    #expect(outcome.output == bytes, "\(name)")
    #expect(outcome.code == 0)
    #expect(outcome.errors == "")
  }

  @Test("a line is readable behind the pipe before another byte arrives")
  func latency() throws {
    var secrets = try Secrets(seed: 1)
    let live = try LiveCommand(["redact"])
    for number in 0..<20 {
      let line = Array("line \(number) GET /index.html 200\n".utf8)
      live.write(line)
      #expect(live.read(atLeast: line.count) == line)
    }
    live.write("token " + secrets.token() + "\n")
    let expected = Array("token WEIR_REDACTED_github.personal-token\n".utf8)
    #expect(live.read(atLeast: expected.count) == expected)
    #expect(live.finish().code == 0)
  }

  @Test("one byte at a time gives what one read gives")
  func slowPipe() throws {
    var secrets = try Secrets(seed: 2)
    let log = secrets.log() + secrets.keyBlock() + " and the end"
    let whole = try Command.run(["redact"], input: log)
    let output = try TemporaryFile()
    let live = try LiveCommand(["redact"], standardOutput: output.descriptor)
    for byte in log { live.write([byte]) }
    let outcome = live.finish()
    #expect(outcome.code == 0)
    #expect(output.contents() == whole.output)
    #expect(whole.output != log)
  }

  @Test("redacting twice changes nothing, and nothing is left to find")
  func fixedPoint() throws {
    var secrets = try Secrets(seed: 3)
    let once = try Command.run(["redact"], input: secrets.log())
    let twice = try Command.run(["redact"], input: once.output)
    #expect(twice.output == once.output)
    let scan = try Command.run(["scan"], input: once.output)
    #expect(scan.code == 0)
    #expect(scan.text == "")
  }

  @Test("files come out in order, and each is an input of its own")
  func files() throws {
    var secrets = try Secrets(seed: 4)
    let folder = try TemporaryFolder()
    let token = secrets.token()
    // Neither half is a secret, and the two files together are none either.
    let first = try folder.add("first", "one " + Array(token.prefix(20)))
    let second = try folder.add("second", Array(token.dropFirst(20)))
    let outcome = try Command.run(["redact", first, "-", second], input: Array("|".utf8))
    #expect(outcome.output == "one " + Array(token.prefix(20)) + "|" + Array(token.dropFirst(20)))
    #expect(outcome.code == 0)
  }
}
