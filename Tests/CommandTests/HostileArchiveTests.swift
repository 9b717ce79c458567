import Foundation
import Glibc
import Testing

/// An archive is somebody else's: it may be damaged, or made to do harm.
@Suite struct HostileArchiveTests {
  private func packer(seed: UInt64) throws -> (packer: Packer, token: [UInt8]) {
    var secrets = try Secrets(seed: seed)
    let packer = try Packer()
    let token = secrets.token()
    try packer.folder.addFolder("app")
    try packer.folder.add("app/.env", "TOKEN=" + token + "\n")
    return (packer, token)
  }

  private func scan(_ arguments: [String]) throws -> Command.Outcome {
    try Command.run(["scan", "--format", "jsonl"] + arguments)
  }

  // MARK: Bombs

  @Test("a bomb is stopped by its ratio, by size, and nested ones by the sum of their levels")
  func bombs() throws {
    let (packer, _) = try packer(seed: 111)
    try packer.run(
      """
      head -c 300M /dev/zero > zeros
      zstd -q zeros -o one.zst; zstd -q one.zst -o two.zst
      bsdtar -c --zstd -f three.tar.zst zeros; zip -q9 four.zip zeros
      for i in 1 2 3 4 5 6; do ln four.zip $i.zip; done; rm zeros
      zip -q five.zip 1.zip 2.zip 3.zip 4.zip 5.zip 6.zip; cp app/.env z
      """)
    for (name, member) in [
      ("one.zst", ""), ("two.zst", ""), ("three.tar.zst", "!zeros"), ("five.zip", "!1.zip!zeros"),
    ] {
      let outcome = try scan(["\(packer.path)/\(name)", "\(packer.path)/z"])
      #expect(outcome.code == 2)
      #expect(
        outcome.errors.contains(
          "\(name)\(member): unpacking stopped: the whole is more than 250 times its packed size"),
        "\(name): \(outcome.errors)")
      #expect(outcome.errors.contains("1 beyond a limit"))
      // What comes behind it is scanned nevertheless.
      #expect(outcome.lines.count == 1)
    }
    let small = try scan(["--max-archive-size", "1M", "\(packer.path)/five.zip"])
    #expect(small.code == 2)
    #expect(
      small.errors.contains("unpacking stopped: the whole is more than 1048576 bytes"),
      "\(small.errors)")
    #expect(small.errors.split(separator: "\n").count == 2)
    let allowed = try scan(["--max-archive-ratio", "9000000", "\(packer.path)/two.zst"])
    #expect(allowed.code == 0, "\(allowed.errors)")
  }

  @Test(
    "options that say no limit are refused",
    arguments: [
      ["--archive-depth", "0"], ["--max-archive-ratio", "0"], ["--max-archive-size", "1X"],
      ["--max-archive-size", "99999999999G"], ["--max-archive-size", ""],
    ])
  func options(arguments: [String]) throws {
    let outcome = try Command.run(["scan"] + arguments)
    #expect(outcome.code == 2)
    #expect(outcome.errors.contains(arguments[0]))
  }

  // MARK: Damage

  @Test(
    "cut short anywhere, an archive is said to be damaged, and what came before is looked at",
    arguments: Packer.compressions + Packer.archives)
  func cuts(kind: Packer.Kind) throws {
    let (packer, _) = try packer(seed: 112)
    // Behind the secret, more than is read at once.
    try packer.run("head -c 300K /dev/urandom | base64 >> app/.env")
    try packer.run(kind.script)
    let whole = try packer.bytes(kind.name)
    let right = try Command.run(["scan", "--format", "jsonl"], input: whole)
    #expect(right.code == 1)
    // What has its list at the end, or compresses by the block, gives nothing early.
    let late = ["7z", "bz", "lz4"].contains { kind.name.contains($0) }
    for eighth in 1...15 {
      let cut = Array(whole.prefix(whole.count * eighth / 16))
      let outcome = try Command.run(["scan", "--format", "jsonl"], input: cut)
      // Of an ISO the end may be missing behind the last member.
      guard kind.name != "env.iso" || outcome.output != right.output else { continue }
      #expect(outcome.code == 2, "\(eighth)/16: \(outcome.errors)")
      #expect(outcome.errors.contains("is damaged: "), "\(outcome.errors)")
      if eighth >= 14, !late { #expect(outcome.output == right.output, "\(eighth)/16") }
    }
    for count in [1, 2, 3, 5, 9, 17, 100] {
      let outcome = try Command.run(["scan"], input: Array(whole.prefix(count)))
      #expect(outcome.code == 0 || outcome.code == 2)
    }
  }

  @Test("a small log that was cut is read to its last byte")
  func smallCut() throws {
    let (packer, token) = try packer(seed: 113)
    try packer.folder.add(
      "log", Array(repeating: Array("a line\n".utf8), count: 3000).joined() + token + "\n")
    for tool in ["gzip", "xz"] {
      try packer.run("\(tool) -c log > log.packed")
      let bytes = try packer.bytes("log.packed")
      let outcome = try Command.run(["scan"], input: Array(bytes.dropLast(tool == "xz" ? 24 : 5)))
      #expect(outcome.code == 2)
      #expect(outcome.lines.count == 1, "\(tool): \(outcome.errors)")
    }
  }

  @Test("bytes that were changed do no harm", arguments: Packer.compressions + Packer.archives)
  func changed(kind: Packer.Kind) throws {
    let (packer, _) = try packer(seed: 114)
    try packer.run(kind.script)
    var random = SystemRandomNumberGenerator()
    let whole = try packer.bytes(kind.name)
    for round in 1...6 {
      var bytes = whole
      for _ in 0..<round {
        bytes[Int.random(in: 0..<bytes.count, using: &random)] = .random(
          in: 0...255, using: &random)
      }
      let outcome = try Command.run(["scan", "--receipt"], input: bytes)
      if outcome.code > 2 { try packer.folder.add("harmful", bytes) }
      #expect(outcome.code <= 2, "\(packer.path)/harmful: \(outcome.errors)")
      #expect(try SaidReceipt(outcome.errors).addsUp)
    }
  }

  @Test("a disk that fails under an archive is said once, and what came before is reported")
  func disk() throws {
    let (packer, _) = try packer(seed: 115)
    try packer.run(
      """
      head -c 3M /dev/urandom > noise; tar -cf a.tar app/.env noise; gzip -1c a.tar > b.tar.gz
      zip -q0 c.zip a.tar
      """)
    for name in ["a.tar", "b.tar.gz", "c.zip"] {
      let path = "\(packer.path)/\(name)"
      for number in [2, 5, 9] {
        let fault = Fault(
          call: "read", descriptor: 3, number: number, outcome: .fails(EIO), isLasting: true)
        let (outcome, isReached) = try Command.run(["scan", path], fault: fault)
        #expect(isReached)
        #expect(outcome.code == 2)
        #expect(outcome.lines.count == 1, "\(fault): \(outcome.errors)")
        let said = outcome.errors.split(separator: "\n")
        #expect(said.count == 2, "\(outcome.errors)")
        #expect(said[0].contains("\(name): cannot be read behind byte "))
      }
    }
  }

  // MARK: What cannot be read

  @Test("encrypted members are said and counted, and those beside them are scanned")
  func encrypted() throws {
    let (packer, _) = try packer(seed: 116)
    try packer.run(
      """
      zip -q -P word a.zip app/.env; cp app/.env plain; zip -q a.zip plain
      bsdtar -c --format zip --options zip:encryption=aes256 --passphrase word -f b.zip app/.env
      """)
    for (name, count) in [("a.zip", 1), ("b.zip", 0)] {
      let outcome = try scan(["\(packer.path)/\(name)"])
      #expect(outcome.code == 2)
      #expect(outcome.errors.contains("\(name)!app/.env: is encrypted, and was not looked at"))
      #expect(outcome.errors.contains("1 encrypted"))
      #expect(outcome.lines.count == count)
    }
  }

  @Test("an encrypted member at the end of a zip is said once, and what follows it is no archive")
  func encryptedLast() throws {
    let (packer, _) = try packer(seed: 110)
    try packer.run("zip -q -P word a.zip app/.env")
    let outcome = try scan(["\(packer.path)/a.zip"])
    #expect(outcome.code == 2)
    #expect(outcome.errors.split(separator: "\n").count == 2, "\(outcome.errors)")
    #expect(outcome.errors.contains("; 1 archive opened, 1 encrypted\n"), "\(outcome.errors)")
  }

  @Test("libraries of object files are scanned as they are, also those that other systems make")
  func libraries() throws {
    let (packer, token) = try packer(seed: 120)
    // A head of 60 bytes before each member: name, date, owner, group, mode, size.
    func member(_ name: String, _ bytes: [UInt8]) -> [UInt8] {
      let head = [(name, 16), ("0", 12), ("", 6), ("", 6), ("0", 8), ("\(bytes.count)", 10)].map {
        $0.padding(toLength: $1, withPad: " ", startingAt: 0)
      }
      return head.joined() + Array("`\n".utf8) + bytes + (bytes.count % 2 == 0 ? [] : [0x0A])
    }
    let text = token + "\n"
    for (name, table) in [
      // Two tables of symbols, and names that end with zeros.
      ("windows.lib", member("/", [0, 0, 0, 0]) + member("/", [0, 0]) + member("//", [0x61, 0])),
      ("debian.a", member("/", [0, 0, 0, 0]) + member("//", Array("long-name.o/\n".utf8))),
      ("apple.a", member("__.SYMDEF SORTED", [0, 0, 0, 0])),
    ] {
      let bytes = Array("!<arch>\n".utf8) + table + member("/0", text)
      try packer.folder.add(name, bytes)
      let outcome = try scan(["\(packer.path)/\(name)"])
      #expect(outcome.code == 1, "\(outcome.errors)")
      #expect(outcome.text.contains("\"path\":\"\(packer.path)/\(name)\""), "\(name)")
      #expect(outcome.errors == "weir: 1 finding in 1 input\n")
    }
  }

  @Test("members' names drive no terminal, lead nowhere, and are given back in JSON")
  func names() throws {
    let (packer, _) = try packer(seed: 117)
    let names = ["new\nline", "\u{1B}[31mred", "é😀", "tab\t"]
    for name in names { try packer.folder.add("app/\(name)", packer.bytes("app/.env")) }
    try packer.run(
      """
      cd app; rm .env; tar -cf ../a.tar *; zip -q ../b.zip *; bsdtar -c --format 7zip -f ../c.7z *
      echo x > x; tar -cPf ../d.tar --transform 's,.*tab.*,../../../etc/evil,' tab*
      """)
    for name in ["a.tar", "b.zip", "c.7z"] {
      let outcome = try scan(["\(packer.path)/\(name)"])
      #expect(outcome.code == 1)
      let paths = try outcome.output.split(separator: 0x0A).map { line in
        let object = try JSONSerialization.jsonObject(with: Data(line)) as? [String: Any]
        return try #require(object?["path"] as? String)
      }
      #expect(Set(paths) == Set(names.map { "\(packer.path)/\(name)!\($0)" }), "\(name)")
      let text = try Command.run(["scan", "\(packer.path)/\(name)"])
      #expect(text.lines.count == names.count)
      #expect(!text.output.contains(0x1B))
      #expect(text.text.contains("!new\\nline:1:7: "))
    }
    let outside = try scan(["\(packer.path)/d.tar"])
    #expect(outside.text.contains("d.tar!../../../etc/evil\""))
    #expect(!FileManager.default.fileExists(atPath: "\(packer.path)/../../etc/evil"))
  }

  // MARK: Size

  @Test("100,000 members are scanned in memory that does not grow, and nothing is written")
  func manyMembers() throws {
    let (packer, token) = try packer(seed: 118)
    try packer.folder.add("many.tar", Self.manyMembers(count: 100_000, last: token))
    try packer.run("zstd -q1 --rm many.tar")
    let outcome = try measured(["\(packer.path)/many.tar.zst"])
    #expect(outcome.text.contains("many.tar.zst!member-99999:1:1: "))
    #expect(outcome.text.contains("1 finding in 100000 inputs"), "\(outcome.text)")
    #expect(try mebibytes(outcome) < 64, "\(outcome.text)")
  }

  @Test("a member of 1 GiB is scanned in memory that does not grow, and nothing is written")
  func hugeMember() throws {
    let (packer, _) = try packer(seed: 119)
    try packer.run("truncate -s 1G hole; cat app/.env >> hole; tar -cSf hole.tar hole")
    let outcome = try measured(["--max-archive-ratio", "999999999", "\(packer.path)/hole.tar"])
    #expect(outcome.text.contains("hole.tar!hole:"))
    #expect(try mebibytes(outcome) < 64, "\(outcome.text)")
  }

  /// Members of a line each, and a last one.
  private static func manyMembers(count: Int, last: [UInt8]) -> [UInt8] {
    var tar: [UInt8] = []
    tar.reserveCapacity(count << 10)
    func octal(_ number: Int, digits: Int) -> [UInt8] {
      Array((String(repeating: "0", count: digits) + String(number, radix: 8)).utf8.suffix(digits))
    }
    for number in 0..<count {
      let text = number == count - 1 ? last : Array("a line\n".utf8)
      var block = [UInt8](repeating: 0, count: 1024)
      let name = Array("member-\(String(count + number).dropFirst())".utf8)
      for (place, bytes) in [
        (0, name), (100, octal(0o644, digits: 7)), (108, octal(0, digits: 7)),
        (116, octal(0, digits: 7)), (124, octal(text.count, digits: 11)),
        (136, octal(0, digits: 11)), (148, Array(repeating: 0x20, count: 8)), (156, [0x30]),
        (257, Array("ustar\u{0}00".utf8)), (512, text),
      ] {
        block.replaceSubrange(place..<place + bytes.count, with: bytes)
      }
      let sum = octal(block[..<512].reduce(0) { $0 + Int($1) }, digits: 6) + [0]
      block.replaceSubrange(148..<155, with: sum)
      tar += block
    }
    return tar
  }

  /// With files of no byte allowed, and the most memory it had said last.
  private func measured(_ arguments: [String]) throws -> Command.Outcome {
    try Command.run(
      ["scan"] + arguments,
      through: "command time -f 'peak %M' prlimit --fsize=0 \"$@\" 2>&1 | cat")
  }

  private func mebibytes(_ outcome: Command.Outcome) throws -> Int {
    let match = try #require(outcome.text.firstMatch(of: /peak (\d+)/))
    return try #require(Int(match.1)) >> 10
  }
}
