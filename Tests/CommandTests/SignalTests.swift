import Foundation
import Glibc
import Testing

/// A signal ends a run in order: what was decided is out, nothing undecided is, and both are said.
@Suite struct SignalTests {
  private static let mask = "WEIR_REDACTED_github.personal-token"

  @Test(
    "redact writes what was decided, withholds the rest and counts it",
    arguments: [(SIGINT, "SIGINT"), (SIGTERM, "SIGTERM"), (SIGHUP, "SIGHUP")])
  func redact(signal: Int32, name: String) throws {
    var secrets = try Secrets(seed: 60)
    let token = secrets.token()
    let undecided = Array(token.prefix(30))
    let live = try LiveCommand(["redact", "--receipt", "--fail-on-finding"])
    live.write("saw " + token + "\nsaw " + undecided)
    let expected = Array("saw \(Self.mask)\nsaw ".utf8)
    #expect(live.read(atLeast: expected.count) == expected)
    kill(live.child, signal)
    // The input stays open: only the signal can end it.
    let rest = live.read(atLeast: 1)
    let outcome = live.finish()
    #expect(rest + outcome.output == [])
    #expect(outcome.code == 2)
    #expect(
      outcome.errors.contains(
        "weir: stopped by \(name); what was decided is out, 30 bytes that were read are withheld\n")
    )
    let read = 9 + token.count + 30
    #expect(outcome.errors.contains("receipt: read \(read) = scanned \(read) = clean 9 + masked "))
    #expect(outcome.errors.contains("+ withheld 30; written \(expected.count) = "))
  }

  enum Unfinished: String, CaseIterable, CustomTestStringConvertible {
    case keyBlock = "a key block"
    case openRun = "an open run that is longer than what is held"

    var testDescription: String { rawValue }
  }

  @Test(
    "a secret that a signal cuts is withheld, not masked: its mask never left",
    arguments: Unfinished.allCases)
  func insideSecret(unfinished: Unfinished) throws {
    var secrets = try Secrets(seed: 66)
    let secret: [UInt8] =
      switch unfinished {
      case .keyBlock: secrets.keyBlock().dropLast(200)
      case .openRun: secrets.openRun(count: 20_000)
      }
    let live = try LiveCommand(["redact", "--receipt"])
    live.write(secret)
    #expect(Waiting.until { isRead(secret.count, by: live) })
    kill(live.child, SIGTERM)
    let output = live.read(atLeast: .max)
    let outcome = live.finish()
    #expect(outcome.code == 2)
    let receipt = try SaidReceipt(outcome.errors)
    #expect(receipt.addsUp, "\(outcome.errors)")
    #expect(receipt.read == secret.count)
    #expect(receipt.masked == 0)
    #expect(receipt.withheld == secret.count - output.count)
    #expect(receipt.withheld > secret.count / 2)
    #expect(output == Array(secret.prefix(output.count)))
    #expect(outcome.errors.contains("\(receipt.withheld) bytes that were read are withheld"))
  }

  /// Its receipt so far counts these bytes.
  private func isRead(_ count: Int, by live: LiveCommand) -> Bool {
    guard Waiting.untilHeeding(live.child) else { return false }
    kill(live.child, SIGUSR1)
    usleep(5000)
    return live.said.contains("receipt so far: read \(count) = ")
  }

  @Test("scan reports what was decided, and makes no finding of what a signal cut")
  func scan() throws {
    var secrets = try Secrets(seed: 61)
    let token = secrets.token()
    let live = try LiveCommand(["scan", "--receipt"])
    live.write(token + "\n" + token)
    let line = live.read(atLeast: 20)
    #expect(line.last == 0x0A)
    kill(live.child, SIGTERM)
    let rest = live.read(atLeast: 1)
    let outcome = live.finish()
    #expect(rest == [])
    #expect(outcome.code == 2)
    #expect(outcome.errors.contains("stopped by SIGTERM"))
    #expect(outcome.errors.contains("+ withheld \(token.count)\n"))
    #expect(outcome.errors.contains("1 finding in 1 input\n"))
  }

  @Test("a signal is not lost, whatever the command is about to do")
  func noRace() throws {
    for round in 0..<60 {
      let live = try LiveCommand(["redact", "--quiet"])
      live.write(Array("one\n".utf8))
      #expect(live.read(atLeast: 4) == Array("one\n".utf8))
      live.write(Array("two\n".utf8))
      for _ in 0..<round * 200 { sched_yield() }
      kill(live.child, SIGTERM)
      let rest = live.read(atLeast: 5)
      let code = Waiting.end(of: live.child)
      #expect(code == 2)
      #expect(rest.isEmpty || rest == Array("two\n".utf8))
    }
  }

  @Test("a signal that comes twice in a row, as from timeout, is one")
  func twice() throws {
    let live = try LiveCommand(["redact"])
    live.write(Array("line\n".utf8))
    #expect(live.read(atLeast: 5).count == 5)
    kill(live.child, SIGTERM)
    kill(live.child, SIGHUP)
    kill(live.child, SIGTERM)
    #expect(live.read(atLeast: 1) == [])
    let outcome = live.finish()
    #expect(outcome.code == 2)
    #expect(outcome.errors.contains("0 bytes that were read are withheld"))
  }

  @Test("while the reader stalls, what is decided waits for it; a second signal does not")
  func stalledReader() throws {
    let text = Array(repeating: Array("a clean line of no importance\n".utf8), count: 200_000)
      .joined()
    let input = try TemporaryFile(holding: Array(text))
    for isReaderBack in [true, false] {
      lseek(input.descriptor, 0, SEEK_SET)
      let errors = try TemporaryFile()
      let (reading, writing) = Command.pipe()
      let child = try Command.spawn(
        [Array("redact".utf8), Array("--receipt".utf8)],
        descriptors: [input.descriptor, writing, errors.descriptor])
      close(writing)
      #expect(Waiting.until { isStalled(child, before: reading) })
      kill(child, SIGTERM)
      usleep(500_000)
      if isReaderBack {
        let output = FileHandle(fileDescriptor: reading).readDataToEndOfFile()
        #expect(Waiting.end(of: child) == 2)
        let said = String(decoding: errors.contents(), as: UTF8.self)
        #expect(output.count > 0 && output.count < text.count)
        #expect(output.elementsEqual(text.prefix(output.count)))
        #expect(said.contains("written \(output.count) = clean \(output.count)"))
      } else {
        kill(child, SIGTERM)
        #expect(Waiting.end(of: child) == 128 + SIGTERM)
      }
      close(reading)
    }
  }

  /// It has written much and sleeps: its input is a file, so it waits for the reader.
  private func isStalled(_ child: pid_t, before pipe: Int32) -> Bool {
    var waiting: Int32 = 0
    let status = try? String(contentsOfFile: "/proc/\(child)/stat", encoding: .utf8)
    return ioctl(pipe, UInt(FIONREAD), &waiting) == 0 && waiting >= 1 << 16
      && status?.contains(") S ") == true
  }

  @Test("a signal ends waiting for a FIFO's writer", arguments: ["redact", "scan"])
  func fifo(command: String) throws {
    let folder = try TemporaryFolder()
    let fifo = "\(folder.path)/fifo"
    #expect(mkfifo(fifo, 0o600) == 0)
    let live = try LiveCommand([command, fifo])
    #expect(Waiting.untilHeeding(live.child))
    usleep(20_000)
    kill(live.child, SIGINT)
    let code = Waiting.end(of: live.child)
    #expect(code == 2)
    #expect(live.said.contains("stopped by SIGINT"))
  }

  @Test("a signal ends waiting for a non-blocking pipe")
  func nonBlocking() throws {
    let (reading, writing) = Command.pipe()
    _ = fcntl(reading, F_SETFL, O_NONBLOCK)
    let (output, errors) = (try TemporaryFile(), try TemporaryFile())
    let child = try Command.spawn(
      [Array("redact".utf8)], descriptors: [reading, output.descriptor, errors.descriptor])
    #expect(Waiting.untilHeeding(child))
    _ = write(writing, "line\n", 5)
    #expect(Waiting.until { output.contents().count == 5 })
    kill(child, SIGTERM)
    #expect(Waiting.end(of: child) == 2)
    close(reading)
    close(writing)
  }

  @Test("no input follows the one that a signal ended")
  func betweenInputs() throws {
    let folder = try TemporaryFolder()
    let first = try folder.add("first", Array("first\n".utf8))
    let last = try folder.add("last", Array("last\n".utf8))
    let live = try LiveCommand(["redact", "--receipt", first, "-", last])
    #expect(live.read(atLeast: 6) == Array("first\n".utf8))
    live.write(Array("middle\n".utf8))
    #expect(live.read(atLeast: 7) == Array("middle\n".utf8))
    kill(live.child, SIGTERM)
    #expect(live.read(atLeast: 1) == [])
    let outcome = live.finish()
    #expect(outcome.code == 2)
    #expect(outcome.errors.contains("receipt: read 13 = "))
  }

  @Test("a walk through a directory ends where the signal came")
  func walk() throws {
    var secrets = try Secrets(seed: 62)
    let folder = try TemporaryFolder()
    let token = secrets.token()
    // So many and so long that the reports fill the pipe, and the walk stands still.
    let name = String(repeating: "long", count: 60)
    let count = 6000
    for number in 0..<count { try folder.add("\(number)\(name)", token) }
    let live = try LiveCommand(["scan", folder.path])
    #expect(live.read(atLeast: 1).count > 0)
    kill(live.child, SIGTERM)
    usleep(50_000)
    let outcome = live.finish()
    #expect(outcome.code == 2)
    let said = try #require(outcome.errors.firstMatch(of: /(\d+) findings? in (\d+) inputs?/))
    // The last may have been opened and not read.
    let findings = try #require(Int(said.1))
    #expect(try [findings, findings + 1].contains(#require(Int(said.2))))
    // The first were read above.
    #expect(findings > outcome.lines.count)
    #expect(outcome.lines.count < count)
  }

  @Test("a signal that the parent had ignored stays ignored")
  func ignored() throws {
    let live = try LiveCommand(
      ["redact"], through: "trap '' TERM HUP USR1; exec \"$@\"")
    live.write(Array("one\n".utf8))
    #expect(live.read(atLeast: 4).count == 4)
    for signal in [SIGTERM, SIGHUP, SIGUSR1] { kill(live.child, signal) }
    live.write(Array("two\n".utf8))
    #expect(live.read(atLeast: 4).count == 4)
    let outcome = live.finish()
    #expect(outcome.code == 0)
    #expect(outcome.errors == "")
  }

  @Test("SIGUSR1 shows the receipt while the command waits, and it goes on")
  func receiptSoFar() throws {
    let live = try LiveCommand(["redact", "--receipt"])
    live.write(Array("line\n".utf8))
    #expect(live.read(atLeast: 5).count == 5)
    let sums =
      "read 5 = scanned 5 = clean 5 + masked 0 + withheld 0; written 5 = clean 5 + mask text 0\n"
    // The line may be here before the step that brought it has ended.
    let isShown = Waiting.until {
      kill(live.child, SIGUSR1)
      usleep(5000)
      return live.said.hasSuffix("weir: receipt so far: " + sums)
    }
    #expect(isShown)
    live.write(Array("more\n".utf8))
    #expect(live.read(atLeast: 5).count == 5)
    let outcome = live.finish()
    #expect(outcome.code == 0)
    #expect(outcome.errors.hasSuffix(sums.replacing("5", with: "10")))
  }

  @Test("SIGUSR1 counts the inputs before, and also works while a scan waits for its FIFO")
  func receiptOfSeveral() throws {
    let folder = try TemporaryFolder()
    let file = try folder.add("file", Array("text\n".utf8))
    let fifo = "\(folder.path)/fifo"
    #expect(mkfifo(fifo, 0o600) == 0)
    let live = try LiveCommand(["scan", file, fifo])
    #expect(Waiting.untilHeeding(live.child))
    let isShown = Waiting.until {
      kill(live.child, SIGUSR1)
      usleep(5000)
      return live.said.hasSuffix("read 5 = scanned 5 = clean 5 + masked 0 + withheld 0\n")
    }
    #expect(isShown)
    let writer = open(fifo, O_WRONLY | O_CLOEXEC)
    close(writer)
    #expect(live.finish().code == 0)
  }
}
