import Foundation
import Glibc
import Testing

/// What log daemons start: a message in, an answer out.
@Suite struct ShipperTests {
  private static let mask = "WEIR_REDACTED_github.personal-token"

  // MARK: omprog

  @Test("a message is confirmed when its line is in the file, masked")
  func confirmed() throws {
    var secrets = try Secrets(seed: 300)
    let folder = try TemporaryFolder()
    let file = "\(folder.path)/clean.log"
    let live = try LiveCommand(["shipper", "omprog", "--output", file])
    #expect(live.read(atLeast: 3) == Array("OK\n".utf8), "it is ready")
    var expected: [UInt8] = []
    for turn in 0..<50 {
      let token = secrets.token()
      live.write("turn \(turn): " + token + "\n")
      #expect(live.read(atLeast: 3) == Array("OK\n".utf8))
      expected += Array("turn \(turn): \(Self.mask)\n".utf8)
      #expect(try contents(of: file) == expected)
    }
    let outcome = live.finish()
    #expect(outcome.code == 0)
    #expect(outcome.errors == "weir: 50 findings in 50 messages, masked\n")
    #expect(try mode(of: file) == 0o600)
  }

  @Test("messages are what they are: empty, long, of any bytes; many may come at once")
  func anyBytes() throws {
    let folder = try TemporaryFolder()
    let file = "\(folder.path)/clean.log"
    let long = [UInt8](repeating: UInt8(ascii: "x"), count: 3_000_000)
    let lines: [[UInt8]] = [[], [0], [0xFF, 0x1B, 0x0D], Array("plain".utf8), long, []]
    let input = Array(lines.joined(separator: [0x0A])) + [0x0A]
    let outcome = try Command.run(["shipper", "omprog", "-q", "--output", file], input: input)
    #expect(outcome.code == 0)
    #expect(outcome.errors == "")
    #expect(outcome.output == Array(String(repeating: "OK\n", count: lines.count + 1).utf8))
    #expect(try contents(of: file) == input)
  }

  @Test("a message without its end is not taken: the daemon sends it again")
  func cutMessage() throws {
    let folder = try TemporaryFolder()
    let file = "\(folder.path)/clean.log"
    let outcome = try Command.run(
      ["shipper", "omprog", "--output", file], input: Array("whole\npart".utf8))
    #expect(outcome.code == 0)
    #expect(outcome.output == Array("OK\nOK\n".utf8))
    #expect(try contents(of: file) == Array("whole\n".utf8))
    #expect(outcome.errors.contains("the last message has no end, and was dropped: 4 bytes;"))
    #expect(outcome.errors.contains("weir: 0 findings in 1 message, masked\n"))
  }

  @Test("it appends; behind a line that a kill cut short it begins a new one")
  func appends() throws {
    let folder = try TemporaryFolder()
    for (before, expected) in [
      ("", "new\n"), ("old\n", "old\nnew\n"), ("old\ncut", "old\ncut\nnew\n"),
    ] {
      let file = try folder.add("clean.log", Array(before.utf8))
      let outcome = try Command.run(
        ["shipper", "omprog", "--output", file], input: Array("new\n".utf8))
      #expect(outcome.code == 0)
      #expect(try contents(of: file) == Array(expected.utf8))
    }
  }

  @Test("of a line that finds no room nothing stays, it is not confirmed, and it may be sent again")
  func fullDisk() throws {
    let folder = try TemporaryFolder()
    let file = "\(folder.path)/clean.log"
    // A limit of four blocks of 512 bytes stands for a full disk: the write that meets it is cut.
    let live = try LiveCommand(
      ["shipper", "omprog", "--output", file], through: "ulimit -f 4; exec \"$@\"")
    _ = live.read(atLeast: 3)
    let line = Array(String(repeating: "0123456789", count: 30).utf8) + "\n"
    var taken: [UInt8] = []
    var answer: [UInt8] = []
    for _ in 0..<10 where answer.isEmpty {
      live.write(line)
      let reply = live.read(atLeast: 3)
      if reply == Array("OK\n".utf8) { taken += line } else { answer = reply }
    }
    let said = String(decoding: answer, as: UTF8.self)
    #expect(!taken.isEmpty && said.hasPrefix("weir: \(file): cannot be written behind byte"))
    #expect(said.hasSuffix("\n") && said.utf8.count < 4096)
    #expect(try contents(of: file) == taken, "nothing of the refused line")
    // Somebody makes room.
    truncate(file, 0)
    live.write(line)
    #expect(live.read(atLeast: 3) == Array("OK\n".utf8))
    #expect(live.finish().code == 0)
    #expect(try contents(of: file) == line)
  }

  @Test("SIGHUP opens the file anew, as logrotate wants it")
  func rotation() throws {
    let folder = try TemporaryFolder()
    let file = "\(folder.path)/clean.log"
    let live = try LiveCommand(["shipper", "omprog", "--output", file])
    func confirm(_ text: String) {
      live.write(Array("\(text)\n".utf8))
      #expect(live.read(atLeast: 3) == Array("OK\n".utf8))
    }
    _ = live.read(atLeast: 3)
    confirm("one")
    #expect(rename(file, file + ".1") == 0)
    confirm("two")
    kill(live.child, SIGHUP)
    #expect(
      Waiting.until {
        confirm("more")
        return FileManager.default.fileExists(atPath: file)
      })
    #expect(live.finish().code == 0)
    let old = try contents(of: file + ".1")
    #expect(old.starts(with: Array("one\ntwo\n".utf8)))
    #expect(try contents(of: file) == Array("more\n".utf8))
  }

  @Test("SIGTERM ends it in order between two messages", arguments: ["omprog", "mmexternal"])
  func terminated(protocol name: String) throws {
    let folder = try TemporaryFolder()
    let file = "\(folder.path)/clean.log"
    let live = try LiveCommand(
      ["shipper", name] + (name == "omprog" ? ["--output", file] : []))
    live.write(Array("one\n".utf8))
    #expect(live.read(atLeast: 3).count >= 3)
    #expect(Waiting.untilHeeding(live.child))
    kill(live.child, SIGTERM)
    #expect(Waiting.end(of: live.child) == 0)
  }

  @Test("what keeps it from beginning is told to the daemon too, without a secret in it")
  func cannotBegin() throws {
    var secrets = try Secrets(seed: 301)
    let token = String(decoding: secrets.token(), as: UTF8.self)
    for arguments in [
      ["--output", "/nowhere/\(token)/clean.log"], ["--output", "/tmp/x", "--mask", "hash"],
      ["--output", "/tmp/x", "--rule", "no.such-rule"],
    ] {
      let outcome = try Command.run(["shipper", "omprog"] + arguments, input: Array("a\n".utf8))
      #expect(outcome.code == 2)
      let reply = String(decoding: outcome.output, as: UTF8.self)
      #expect(reply.hasPrefix("weir: ") && reply.filter(\.isNewline).count == 1)
      #expect(outcome.errors.hasPrefix("weir: "))
      #expect(!reply.contains(token) && !outcome.errors.contains(token))
    }
  }

  @Test("a daemon that is gone is no error to speak of")
  func daemonGone() throws {
    let folder = try TemporaryFolder()
    let live = try LiveCommand(["shipper", "omprog", "--output", "\(folder.path)/clean.log"])
    _ = live.read(atLeast: 3)
    live.closeOutput()
    live.write(Array("one\n".utf8))
    #expect(Waiting.end(of: live.child) == 128 + SIGPIPE)
    #expect(live.said == "")
  }

  // MARK: mmexternal

  @Test(
    "each message has one answer: {} when it stays, and else the masked one, whatever its bytes")
  func answers() throws {
    var secrets = try Secrets(seed: 302)
    let clean: [[UInt8]] = [[], Array("plain \"text\"".utf8), [0, 0xFF], Array("{}".utf8)]
    let before: [[UInt8]] = [
      [], Array(" said \"".utf8), Array("\\\\ \t\u{1B}[1m ".utf8), Array("é ".utf8),
      [1, 0x7F, 0x20],
    ]
    var messages = clean
    for text in before { messages.append(text + secrets.token() + [0x20]) }
    let input = Array(messages.joined(separator: [0x0A])) + [0x0A]
    let outcome = try Command.run(["shipper", "mmexternal"], input: input)
    #expect(outcome.code == 0)
    let lines = outcome.output.split(separator: 0x0A).map(Array.init)
    #expect(lines.count == clean.count + before.count)
    for line in lines.prefix(clean.count) { #expect(line == Array("{}".utf8)) }
    for (line, text) in zip(lines.dropFirst(clean.count), before) {
      let object = try JSONSerialization.jsonObject(with: Data(line)) as? [String: String]
      #expect(object == ["msg": String(decoding: text, as: UTF8.self) + "\(Self.mask) "])
    }
    // What is no UTF-8 goes through as it came.
    let raw = try Command.run(
      ["shipper", "mmexternal"], input: [0xFF, 0x20] + secrets.token() + [0x0A])
    #expect(
      raw.output == Array("{\"msg\":\"".utf8) + [0xFF, 0x20] + Array("\(Self.mask)\"}\n".utf8))
  }

  private func contents(of file: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(filePath: file)))
  }

  private func mode(of file: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
  }
}
