import Foundation
import Glibc
import Testing

/// What is packed is scanned as what it is: members of archives, and what compressed files hold.
@Suite struct ArchiveTests {
  /// A tree with one secret, `app/.env`, and what a scan says of that file.
  private struct Planted {
    let packer: Packer
    let finding: [String: String]

    init(seed: UInt64) throws {
      var secrets = try Secrets(seed: seed)
      packer = try Packer()
      try packer.folder.addFolder("app")
      try packer.folder.add(
        "app/.env", "# settings\nPORT=80\nTOKEN=" + secrets.token() + "\nLAST=1\n")
      let plain = try ArchiveTests.findings(in: ["\(packer.path)/app/.env"]).findings
      finding = try #require(plain.first)
      #expect(plain.count == 1)
      #expect(finding["line"] == "3" && finding["column"] == "7")
    }

    /// What is to be found where the file has this name.
    func finding(at path: String) -> [String: String] {
      finding.merging(["path": path]) { $1 }
    }

    func path(_ name: String) -> String { "\(packer.path)/\(name)" }
  }

  private static func findings(
    in arguments: [String], input: [UInt8] = []
  ) throws -> (findings: [[String: String]], outcome: Command.Outcome) {
    let outcome = try Command.run(["scan", "--format", "jsonl"] + arguments, input: input)
    let findings = try outcome.output.split(separator: 0x0A).map { line in
      let object = try JSONSerialization.jsonObject(with: Data(line)) as? [String: Any]
      return try #require(object).mapValues { "\($0)" }
    }
    return (findings, outcome)
  }

  // MARK: Kinds

  @Test(
    "of every kind of container, what is in it is found with path, place and all",
    arguments: Packer.compressions + Packer.archives)
  func kinds(kind: Packer.Kind) throws {
    let planted = try Planted(seed: 101)
    try planted.packer.run(kind.script)
    let path = planted.path(kind.name)
    let named = try Self.findings(in: [path])
    #expect(named.findings == [planted.finding(at: path + kind.member)])
    #expect(named.outcome.code == 1, "\(named.outcome.errors)")
    #expect(named.outcome.errors.contains("opened"))
    // From standard input too, where nothing can be sought.
    let piped = try Self.findings(in: [], input: planted.packer.bytes(kind.name))
    #expect(piped.findings == [planted.finding(at: "<stdin>" + kind.member)])
    let closed = try Command.run(["scan", "--no-archives", "--threads", "1", path])
    #expect(closed.errors.contains(" in 1 input\n"), "\(closed.errors)")
  }

  @Test("a container image that was saved is read layer by layer, of both layouts")
  func images() throws {
    let planted = try Planted(seed: 102)
    let layer = "b1/layer.tar"
    try planted.packer.run(
      """
      mkdir b1 && tar -cf \(layer) app
      printf '[{"Config":"c.json","RepoTags":["a:1"],"Layers":["\(layer)"]}]' > manifest.json
      printf '{"config":{"Env":["A=1"]}}' > c.json
      tar -cf image.tar manifest.json c.json \(layer)
      mkdir -p oci/blobs/sha256 && gzip -c \(layer) > oci/blobs/sha256/0a1b
      printf '{"imageLayoutVersion":"1.0.0"}' > oci/oci-layout
      printf '{"manifests":[{"digest":"sha256:0a1b"}]}' > oci/index.json
      tar -cf oci.tar -C oci . 
      """)
    for (name, member) in [
      ("image.tar", "!b1/layer.tar!app/.env"), ("oci.tar", "!./blobs/sha256/0a1b!app/.env"),
    ] {
      let found = try Self.findings(in: [planted.path(name)])
      #expect(found.findings == [planted.finding(at: planted.path(name) + member)])
      #expect(found.outcome.code == 1)
    }
  }

  @Test("archives of different kinds lie in each other, down to the depth asked for")
  func depth() throws {
    let planted = try Planted(seed: 103)
    try planted.packer.run(
      """
      zip -q0r a.jar app; tar -c --zstd -f b.tar.zst a.jar; bsdtar -c --format 7zip -f c.7z b.tar.zst
      bsdtar -c --format iso9660 -f d.iso c.7z; tar -cJf e.tar.xz d.iso; tar -cf f.tar e.tar.xz
      """)
    let members = "!d.iso!c.7z!b.tar.zst!a.jar!app/.env"
    let found = try Self.findings(in: [planted.path("e.tar.xz")])
    #expect(found.findings == [planted.finding(at: planted.path("e.tar.xz") + members)])
    #expect(found.outcome.code == 1, "\(found.outcome.errors)")
    // One more is too deep: it is scanned as it is, which is in vain, and said.
    let deep = try Self.findings(in: [planted.path("f.tar")])
    #expect(deep.outcome.code == 2)
    #expect(
      deep.outcome.errors.contains(
        "f.tar!e.tar.xz!d.iso!c.7z!b.tar.zst!a.jar: was not opened, only scanned as it is"))
    #expect(deep.outcome.errors.contains("1 beyond a limit"))
    let deeper = try Self.findings(in: ["--archive-depth", "6", planted.path("f.tar")])
    #expect(
      deeper.findings == [planted.finding(at: planted.path("f.tar") + "!e.tar.xz" + members)])
    #expect(deeper.outcome.code == 1)
  }

  @Test("in a tree archives stand among files in the order of names, whatever the threads")
  func tree() throws {
    let planted = try Planted(seed: 104)
    try planted.packer.run(
      "tar -czf app/b.tgz app/.env; cp app/.env app/c; zip -q app/d.zip app/.env; gzip -c app/c > app/e.log.gz"
    )
    let expected = ["/.env", "/b.tgz!app/.env", "/c", "/d.zip!app/.env", "/e.log.gz"]
    for threads in ["1", "2", "7"] {
      let found = try Self.findings(in: ["--threads", threads, planted.path("app")])
      #expect(found.findings == expected.map { planted.finding(at: planted.path("app") + $0) })
      #expect(found.outcome.errors.contains("3 archives opened"), "\(found.outcome.errors)")
    }
  }

  @Test("an archive that comes through a pipe in small pieces is known as one")
  func pieces() throws {
    let planted = try Planted(seed: 105)
    try planted.packer.run("tar -cf a.tar app; gzip -c app/.env > a.gz")
    // The first piece of a tar ends in the zeros behind a name.
    for (name, member, ends) in [("a.tar", "!app/.env", [0, 116]), ("a.gz", "", [0, 1, 3, 9])] {
      let live = try LiveCommand(["scan", "--format", "jsonl"])
      let bytes = try planted.packer.bytes(name)
      for (start, end) in zip(ends, ends.dropFirst() + [bytes.count]) {
        live.write(Array(bytes[start..<end]))
        usleep(20_000)
      }
      live.endInput()
      let outcome = live.finish()
      #expect(outcome.code == 1)
      #expect(outcome.text.contains("\"path\":\"<stdin>\(member)\""))
    }
  }

  @Test("a member's receipt is that of its bytes, and what stands behind the members is scanned")
  func receipt() throws {
    let planted = try Planted(seed: 106)
    try planted.packer.run(
      "zip -qr a.zip app; tar -cf b.tar app; cat b.tar app/.env > c.tar; cat b.tar b.tar > d.tar")
    for name in ["a.zip", "b.tar"] {
      let outcome = try Command.run(["scan", "--receipt", planted.path(name)])
      #expect(try SaidReceipt(outcome.errors).addsUp)
    }
    let behind = try Self.findings(in: [planted.path("c.tar")])
    #expect(
      behind.findings.map { $0["path"] } == [
        planted.path("c.tar!app/.env"), planted.path("c.tar!<rest>"),
      ])
    let twice = try Self.findings(in: [planted.path("d.tar")])
    #expect(
      twice.findings.map { $0["path"] } == [
        planted.path("d.tar!app/.env"), planted.path("d.tar!<rest>!app/.env"),
      ])
    // A comment of a zip.
    let token = try planted.packer.bytes("app/.env").dropFirst(25).prefix(40)
    try planted.packer.folder.add("comment", Array(token))
    try planted.packer.run("zip -qz a.zip < comment")
    #expect(try Self.findings(in: [planted.path("a.zip")]).findings.count == 2)
  }

  // MARK: Compressed logs

  @Test(
    "redact --decompress writes what is in a compressed log, masked; without, all passes and it is said"
  )
  func redacts() throws {
    let planted = try Planted(seed: 107)
    let right = try Command.run(["redact", planted.path("app/.env")])
    for kind in Packer.compressions {
      try planted.packer.run(kind.script)
      let path = planted.path(kind.name)
      let bytes = try planted.packer.bytes(kind.name)
      for arguments in [["--decompress", path], ["-z", "--threads", "3", "-"]] {
        let outcome = try Command.run(["redact", "--receipt"] + arguments, input: bytes)
        #expect(outcome.code == 0, "\(outcome.errors)")
        #expect(outcome.output == right.output)
        #expect(try SaidReceipt(outcome.errors).addsUp)
      }
      // Half of it, and nothing of what might be a secret's beginning.
      let cut = try Command.run(["redact", "-z"], input: Array(bytes.dropLast(9)))
      #expect(cut.code == 2)
      #expect(cut.errors.contains("is damaged: "), "\(cut.errors)")
      #expect(right.output.starts(with: cut.output))
    }
    // Without it nothing is unpacked, and that is said.
    try planted.packer.folder.add(
      "app/.env", Array(repeatElement("a line\n", count: 99).joined().utf8))
    for kind in Packer.compressions {
      try planted.packer.run(kind.script)
      let passed = try Command.run(["redact", planted.path(kind.name)])
      #expect(passed.code == 0)
      #expect(try passed.output == planted.packer.bytes(kind.name))
      #expect(passed.errors.contains("\(kind.name): is packed ("), "\(passed.errors)")
    }
    // What is not compressed passes as without it.
    let plain = try planted.packer.bytes("app/.env")
    let passed = try Command.run(["redact", "-z"], input: plain)
    #expect(passed.code == 0)
    #expect(passed.output == plain)
    #expect(try Command.run(["redact", "-z", "--follow", "x"]).code == 2)
  }

  @Test("redact --decompress lets a line through at once where the input is not compressed")
  func decompressWaitsForNothing() throws {
    let live = try LiveCommand(["redact", "-z"])
    live.write(Array("a line\n".utf8))
    #expect(live.read(atLeast: 7) == Array("a line\n".utf8))
    live.endInput()
    #expect(live.finish().code == 0)
  }

  @Test("streams that follow each other in a file are one; padding is none; anything else is said")
  func streams() throws {
    let planted = try Planted(seed: 108)
    for kind in Packer.compressions {
      try planted.packer.run(kind.script)
      let bytes = try planted.packer.bytes(kind.name)
      let twice = try Self.findings(in: [], input: bytes + bytes)
      #expect(twice.findings.map { $0["line"] } == ["3", "7"], "\(kind)")
      #expect(twice.outcome.code == 1)
      let padded = try Self.findings(in: [], input: bytes + Array(repeating: 0, count: 512))
      #expect(padded.outcome.code == 1, "\(kind): \(padded.outcome.errors)")
      let plain = try planted.packer.bytes("app/.env")
      let followed = try Self.findings(in: [], input: bytes + plain)
      #expect(followed.outcome.code == 2)
      #expect(followed.findings.map { $0["line"] } == ["3", "7"], "\(kind)")
      #expect(followed.outcome.errors.contains("data is something else"))
    }
  }
}
