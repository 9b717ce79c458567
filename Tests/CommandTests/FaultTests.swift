import Foundation
import Glibc
import Testing

/// The n-th call of the system fails, for every n: what is transient changes nothing, what is not is an error with a
/// name and a place, and what left before is right.
@Suite struct FaultTests {
  /// What is run, and where its bytes come from and go to.
  enum Way: String, CaseIterable, CustomTestStringConvertible {
    case redact = "redact a stream"
    case redactStars = "redact a stream with stars"
    case scanText = "scan for people"
    case scanLines = "scan for programs"

    var testDescription: String { rawValue }

    var arguments: [String] {
      switch self {
      case .redact: ["redact", "--receipt", "--quiet"]
      case .redactStars: ["redact", "--receipt", "--quiet", "--mask", "stars"]
      case .scanText: ["scan", "--receipt", "--quiet"]
      case .scanLines: ["scan", "--receipt", "--quiet", "--format", "jsonl"]
      }
    }
  }

  static let transient: [(outcome: Fault.Outcome, isLasting: Bool)] = [
    (.fails(EINTR), false), (.fails(EAGAIN), false), (.takes(1), false), (.takesHalf, false),
    (.takes(777), true),
  ]

  @Test(
    "a read or write that is interrupted or falls short changes nothing", arguments: Way.allCases)
  func transient(way: Way) throws {
    let log = try LongLog.shared.get()
    let right = try Command.run(way.arguments, input: log.bytes)
    #expect(log.leaks(right.output) == false)
    for (call, descriptor) in [("read", Int32(0)), ("writev", 1)] {
      for (outcome, isLasting) in Self.transient {
        let count = try everyNumber { number in
          let fault = Fault(
            call: call, descriptor: descriptor, number: number, outcome: outcome,
            isLasting: isLasting)
          let (faulted, isReached) = try Command.run(
            way.arguments, input: log.bytes, fault: fault)
          #expect(faulted.code == right.code, "\(fault)")
          #expect(faulted.output.difference(from: right.output) == nil, "\(fault)")
          #expect(faulted.errors == right.errors, "\(fault)")
          return isReached
        }
        #expect(count >= 5, "\(call) was not hurt often enough")
      }
    }
  }

  @Test(
    "a read that fails is said with its place, and what came before is right",
    arguments: Way.allCases)
  func read(way: Way) throws {
    let log = try LongLog.shared.get()
    let right = try Command.run(way.arguments, input: log.bytes)
    for code in [EIO, ENOMEM, EBADF, ECONNRESET] {
      for isLasting in [false, true] {
        let count = try everyNumber { number in
          let fault = Fault(
            call: "read", descriptor: 0, number: number, outcome: .fails(code),
            isLasting: isLasting)
          let (faulted, isReached) = try Command.run(
            way.arguments, input: log.bytes, fault: fault)
          guard isReached else { return false }
          let receipt = try SaidReceipt(ofFailed: faulted, fault)
          #expect(receipt.read == min((number - 1) * LongLog.chunkBytes, log.bytes.count))
          expectOneLine(faulted, "<stdin>", behind: receipt.read, code)
          expectRight(way, faulted, of: right, log: log)
          return true
        }
        #expect(count >= 5)
      }
    }
  }

  @Test(
    "of a long file that threads read, whichever part fails, falls short or comes as a signal does is read again, or not at all",
    arguments: Way.allCases)
  func parts(way: Way) throws {
    var secrets = try Secrets(seed: 62)
    var log = secrets.log()
    while log.count < 5 << 20 { log += secrets.log() }
    let file = try TemporaryFile(holding: log)
    let arguments = way.arguments + [file.path, "--threads", "3"]
    let right = try Command.run(arguments)
    #expect(right.output.count > 1 << 14)
    for outcome in [Fault.Outcome.fails(EIO), .fails(EINTR), .takesHalf, .takes(1)] {
      for isLasting in [false, true] {
        let count = try everyNumber { number in
          let fault = Fault(
            call: "pread", number: number, outcome: outcome, isLasting: isLasting)
          let (faulted, isReached) = try Command.run(arguments, fault: fault)
          #expect(
            faulted.output == right.output && faulted.errors == right.errors
              && faulted.code == right.code, "\(fault): \(faulted.errors)")
          return isReached
        }
        #expect(count >= 5, "\(outcome)")
      }
    }
    let count = try everyNumber { number in
      let fault = Fault(call: "pread", number: number, outcome: .signal(SIGTERM))
      let (stopped, isReached) = try Command.run(arguments, fault: fault)
      guard isReached else { return false }
      #expect(stopped.code == 2, "\(fault): \(stopped.errors)")
      #expect(stopped.output.strays(from: right.output) == nil, "\(fault)")
      #expect(try SaidReceipt(stopped.errors).addsUp, "\(fault): \(stopped.errors)")
      return true
    }
    #expect(count >= 5)
  }

  @Test(
    "a write that fails is said with its place, and what came before is right",
    arguments: Way.allCases)
  func write(way: Way) throws {
    let log = try LongLog.shared.get()
    let right = try Command.run(way.arguments, input: log.bytes)
    for code in [EIO, ENOSPC, EFBIG, EBADF, ENOMEM] {
      let count = try everyNumber { number in
        let fault = Fault(
          call: "writev", descriptor: 1, number: number, outcome: .fails(code))
        let (faulted, isReached) = try Command.run(way.arguments, input: log.bytes, fault: fault)
        guard isReached else { return false }
        #expect(faulted.code == 2, "\(fault)")
        #expect(faulted.output.strays(from: right.output) == nil, "\(fault)")
        #expect(faulted.output.count < right.output.count, "\(fault)")
        let receipt = try SaidReceipt(faulted.errors)
        #expect(receipt.addsUp, "\(fault): \(faulted.errors)")
        if let written = receipt.written { #expect(written == faulted.output.count) }
        expectOneLine(faulted, "<stdout>", behind: faulted.output.count, code)
        #expect(log.leaks(Array(faulted.errors.utf8)) == false)
        return true
      }
      #expect(count >= 5)
    }
  }

  @Test(
    "a reader that goes away ends it at whichever write, without a word", arguments: Way.allCases)
  func closedPipe(way: Way) throws {
    let log = try LongLog.shared.get()
    let right = try Command.run(way.arguments, input: log.bytes)
    let count = try everyNumber { number in
      let fault = Fault(call: "writev", descriptor: 1, number: number, outcome: .fails(EPIPE))
      let (faulted, isReached) = try Command.run(way.arguments, input: log.bytes, fault: fault)
      guard isReached else { return false }
      #expect(faulted.code == 128 + SIGPIPE)
      #expect(faulted.errors == "")
      #expect(faulted.output.strays(from: right.output) == nil)
      return true
    }
    #expect(count >= 5)
  }

  // MARK: Trees

  @Test(
    "what vanishes from a tree, or cannot be opened, is said by name; the rest is scanned",
    arguments: ["open", "opendir", "readdir"])
  func tree(call: String) throws {
    var secrets = try Secrets(seed: 61)
    let folder = try TemporaryFolder()
    try folder.addFolder("d")
    for name in ["a", "b", "d/c", "e"] { try folder.add(name, secrets.token() + "\n") }
    let whole = try Command.run(["scan", "--quiet", folder.path])
    #expect(whole.lines.count == 4)
    for code in [ENOENT, EACCES, EIO, EMFILE] {
      let count = try everyNumber { number in
        let fault = Fault(call: call, number: number, outcome: .fails(code))
        let (faulted, isReached) = try Command.run(
          ["scan", "--quiet", folder.path], fault: fault)
        guard isReached else { return false }
        #expect(faulted.code == 2, "\(fault)")
        #expect(faulted.lines.allSatisfy { whole.lines.contains($0) })
        #expect(faulted.lines.count < 4)
        let said = faulted.errors.split(separator: "\n")
        #expect(said.count == 1, "\(fault): \(faulted.errors)")
        #expect(said.first?.hasPrefix("weir: \(folder.path)") == true)
        #expect(said.first?.contains(String(cString: strerror(code))) == true)
        if call == "open" {
          let lost = whole.lines.filter { !faulted.lines.contains($0) }
          #expect(lost.count == 1 || lost.count == 4 || lost.first?.contains("/d/c:") == true)
        }
        return true
      }
      #expect(count >= (call == "opendir" ? 2 : 4))
    }
  }

  // MARK: Pipes

  @Test(
    "a pipe that is fed line by line: the n-th read falls short or fails, and no line before it is lost"
  )
  func pipe() throws {
    var secrets = try Secrets(seed: 62)
    let lines = (0..<14).map { "line \($0) " + secrets.token() + " end\n" }
    let masked = (0..<14).map { Array("line \($0) WEIR_REDACTED_github.personal-token end\n".utf8) }
    let outcomes: [Fault.Outcome] = [
      .fails(EINTR), .fails(EAGAIN), .takes(1), .takesHalf, .fails(EIO), .fails(ENOMEM),
    ]
    for outcome in outcomes {
      for number in 1...12 {
        let mark = try TemporaryFile()
        let fault = Fault(call: "read", descriptor: 0, number: number, outcome: outcome)
        let live = try LiveCommand(
          ["redact", "--receipt", "--quiet"], environment: try fault.environment(mark: mark))
        var output: [UInt8] = []
        var code: Int32 = 0
        if case .fails(let errno) = outcome, errno != EINTR, errno != EAGAIN { code = errno }
        let expected = masked.prefix(code == 0 ? lines.count : number - 1)
        for (line, mask) in zip(lines, expected) {
          live.write(line)
          output += live.read(atLeast: mask.count)
        }
        let end = live.finish()
        #expect(mark.contents().count == 1)
        #expect(output + end.output == Array(expected.joined()), "\(fault)")
        #expect(end.code == (code == 0 ? 0 : 2))
        #expect(try SaidReceipt(end.errors).addsUp)
        let place = lines.prefix(number - 1).joined().count
        if code != 0 { expectOneLine(end, "<stdin>", behind: place, code) }
      }
    }
  }

  @Test("a pipe that cannot be waited for is an error, not a loop", arguments: [ENOMEM, EINVAL])
  func poll(code: Int32) throws {
    for (number, isTransient) in [(1, false), (1, true)] {
      let (reading, writing) = Command.pipe()
      _ = fcntl(reading, F_SETFL, O_NONBLOCK)
      let (output, errors, mark) = (
        try TemporaryFile(), try TemporaryFile(), try TemporaryFile()
      )
      let fault = Fault(
        call: "poll", number: number, outcome: .fails(isTransient ? EINTR : code))
      let child = try Command.spawn(
        [Array("redact".utf8)], descriptors: [reading, output.descriptor, errors.descriptor],
        environment: try fault.environment(mark: mark))
      close(reading)
      #expect(Waiting.until { mark.contents().count == 1 })
      Pipes.write(Array("late\n".utf8), to: writing)
      close(writing)
      let outcome = Command.outcome(of: child, output: output, errors: errors)
      #expect(mark.contents().count == 1)
      #expect(outcome.code == (isTransient ? 0 : 2))
      #expect(outcome.text == (isTransient ? "late\n" : ""))
      if !isTransient { expectOneLine(outcome, "<stdin>", behind: 0, code) }
    }
  }

  // MARK: Lists

  @Test("a list falls short at no write: it is whole, or an error", arguments: ["list", "help"])
  func list(which: String) throws {
    let arguments = which == "list" ? ["rules", "list"] : ["--help"]
    let right = try Command.run(arguments)
    for (outcome, isLasting) in Self.transient {
      let fault = Fault(
        call: "writev", descriptor: 1, number: 1, outcome: outcome, isLasting: isLasting)
      let (faulted, isReached) = try Command.run(arguments, fault: fault)
      #expect(isReached)
      #expect(faulted.code == 0)
      #expect(faulted.output.difference(from: right.output) == nil)
    }
  }

  // MARK: What is expected

  /// Calls `body` with 1, 2, 3 … until it was not reached.
  ///
  /// - Returns: how often it was.
  func everyNumber(_ body: (Int) throws -> Bool) throws -> Int {
    for number in 1...200 where try !body(number) { return number - 1 }
    return 200
  }

  /// Besides receipt and count, standard error is one line, which names what failed, where and why.
  func expectOneLine(
    _ outcome: Command.Outcome, _ name: String, behind byte: Int, _ code: Int32,
    location: SourceLocation = #_sourceLocation
  ) {
    let said = outcome.errors.split(separator: "\n").filter {
      !$0.contains("weir: receipt: ") && !$0.hasSuffix(" bytes that were read are withheld")
    }
    #expect(said.count == 1, "\(outcome.errors)", sourceLocation: location)
    let line = said.first ?? ""
    #expect(line.hasPrefix("weir: \(name): "), sourceLocation: location)
    #expect(line.contains(String(cString: strerror(code))), sourceLocation: location)
    #expect(line.contains("; "), "there is advice", sourceLocation: location)
    if code == EBADF, byte == 0 { return }
    #expect(line.contains(" behind byte \(byte): "), sourceLocation: location)
  }

  /// After a failed read: the stream is a prefix of what it would have been; a scan's lines are, but for the last, which may
  /// tell of a secret that was cut.
  func expectRight(
    _ way: Way, _ outcome: Command.Outcome, of right: Command.Outcome, log: LongLog
  ) {
    #expect(log.leaks(outcome.output) == false)
    #expect(log.leaks(Array(outcome.errors.utf8)) == false)
    switch way {
    case .redact, .redactStars: #expect(outcome.output.strays(from: right.output) == nil)
    case .scanText, .scanLines:
      #expect(right.lines.starts(with: outcome.lines.dropLast()) == true)
    }
  }
}
