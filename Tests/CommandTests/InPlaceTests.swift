import Foundation
import Glibc
import Testing

/// `weir redact --in-place`: files are rewritten, or as they were.
@Suite struct InPlaceTests {
  @Test(
    "a secret is masked where it stands, and nothing else of the file is another",
    arguments: ["-i", "--in-place"])
  func rewrites(option: String) throws {
    let folder = try RewrittenFolder(seed: 400)
    chmod(folder.file, 0o640)
    let value = Array("value".utf8)
    #expect(ExtendedAttribute.set("user.weir.test", of: folder.file, to: value))
    let before = folder.status()
    let outcome = try Command.run(["redact", option, "--receipt", folder.file])
    #expect(outcome.code == 0)
    #expect(outcome.output == [])
    #expect(folder.bytes() == folder.new)
    #expect(folder.names == ["file"])
    let after = folder.status()
    #expect(after.st_ino != before.st_ino)
    #expect(after.st_mode == before.st_mode && after.st_uid == before.st_uid)
    #expect(after.st_gid == before.st_gid && after.st_nlink == 1)
    #expect(after.st_mtim.tv_sec + after.st_mtim.tv_nsec > 0)
    #expect(ExtendedAttribute.value(of: "user.weir.test", of: folder.file) == value)
    let said = outcome.errors.split(separator: "\n")
    #expect(said.count == 3)
    #expect(said.first?.hasPrefix("weir: receipt: read \(folder.old.count) = ") == true)
    #expect(try SaidReceipt(outcome.errors).addsUp)
    #expect(try SaidReceipt(ofRewritten: outcome.errors).addsUp)
    #expect(try SaidReceipt(ofRewritten: outcome.errors).written == folder.new.count)
    #expect(said.last == "weir: 1 finding in 1 input, masked; 1 file rewritten")
  }

  @Test("access lists and the bits of groups are kept, whatever the folder gives to new files")
  func accessList() throws {
    /// Version 2; for the owner, a user, the group, the mask and others.
    func list(user: UInt32, permissions: UInt8) -> [UInt8] {
      func entry(_ tag: UInt8, _ permissions: UInt8, _ id: UInt32 = .max) -> [UInt8] {
        [tag, 0, permissions, 0] + withUnsafeBytes(of: id.littleEndian) { Array($0) }
      }
      return [2, 0, 0, 0] + entry(1, 6) + entry(2, permissions, user) + entry(4, 4)
        + entry(16, 7) + entry(32, 0)
    }
    func value(of path: String) -> [UInt8]? {
      ExtendedAttribute.value(of: "system.posix_acl_access", of: path)
    }
    let own = list(user: 4711, permissions: 4)
    let folders = list(user: 4712, permissions: 6)
    let listed = try RewrittenFolder(seed: 401)
    try #require(ExtendedAttribute.set("system.posix_acl_access", of: listed.file, to: own))
    let plain = try RewrittenFolder(seed: 402)
    for folder in [listed, plain] {
      #expect(
        ExtendedAttribute.set("system.posix_acl_default", of: folder.folder.path, to: folders))
      let before = (value(of: folder.file), folder.status().st_mode)
      #expect(try folder.run().code == 0)
      #expect(folder.bytes() == folder.new)
      #expect(value(of: folder.file) == before.0)
      #expect(folder.status().st_mode == before.1)
    }
    #expect(value(of: listed.file) == own)
    #expect(value(of: plain.file) == nil)
  }

  @Test("times are those of the rewriting, or with --keep-times the old ones")
  func times() throws {
    for keeps in [false, true] {
      let folder = try RewrittenFolder(seed: 403)
      let old = [timespec(tv_sec: 1_000_000, tv_nsec: 5), timespec(tv_sec: 2_000_000, tv_nsec: 7)]
      #expect(utimensat(AT_FDCWD, folder.file, old, 0) == 0)
      #expect(try (keeps ? folder.run("--keep-times") : folder.run()).code == 0)
      let time = folder.status().st_mtim
      #expect((time.tv_sec == 2_000_000 && time.tv_nsec == 7) == keeps)
    }
  }

  @Test("a file with nothing to mask is not touched, though it could not be rewritten")
  func clean() throws {
    let clean = Array("nothing here\n".utf8)
    let folder = try RewrittenFolder(holding: clean, new: clean)
    let other = "\(folder.folder.path)/other"
    #expect(link(folder.file, other) == 0)
    chmod(folder.file, 0o444)
    let before = folder.status()
    let outcome = try folder.run("--backup-suffix", ".bak")
    #expect(outcome.code == 0)
    #expect(outcome.errors == "weir: 0 findings in 1 input; 0 files rewritten\n")
    let after = folder.status()
    #expect(after.st_ino == before.st_ino && after.st_ctim.tv_nsec == before.st_ctim.tv_nsec)
    #expect(folder.names == ["file", "other"])
  }

  @Test("of a link the file that it leads to is rewritten, wherever it is, and the link stays")
  func symbolicLink() throws {
    let folder = try RewrittenFolder(seed: 404)
    let elsewhere = try TemporaryFolder()
    let first = "\(elsewhere.path)/first"
    let second = "\(elsewhere.path)/second"
    #expect(symlink(folder.file, first) == 0 && symlink("first", second) == 0)
    #expect(try Command.run(["redact", "-i", second]).code == 0)
    #expect(folder.bytes() == folder.new)
    #expect(folder.names == ["file"])
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: second) == "first")
    #expect(try FileManager.default.contentsOfDirectory(atPath: elsewhere.path).count == 2)
  }

  @Test("a file of several names is refused, or rewritten under the one that is given")
  func hardLink() throws {
    let folder = try RewrittenFolder(seed: 405)
    let other = "\(folder.folder.path)/other"
    #expect(link(folder.file, other) == 0)
    let refused = try folder.run("--quiet")
    #expect(refused.code == 2)
    #expect(
      refused.errors
        == "weir: \(folder.file): has 2 names (hard links), and would keep what is masked under the others; "
        + "--break-links rewrites it under this one alone; the file is as it was\n")
    #expect(folder.bytes() == folder.old)
    #expect(try folder.run("--break-links").code == 0)
    #expect(folder.bytes() == folder.new)
    #expect(folder.bytes(of: "other") == folder.old)
    #expect(folder.status().st_nlink == 1)
  }

  @Test("what is no file, is packed or not there is refused by name, and the others are rewritten")
  func refused() throws {
    let folder = try RewrittenFolder(seed: 406)
    let path = folder.folder.path
    try folder.folder.addFolder("folder")
    #expect(mkfifo("\(path)/fifo", 0o600) == 0)
    let packer = try Packer()
    try packer.folder.add("env", folder.old)
    try packer.run("gzip -c env > packed")
    let packed = try packer.bytes("packed")
    try folder.folder.add("packed", packed)
    let names = ["folder", "fifo", "packed", "missing"].map { "\(path)/\($0)" }
    let outcome = try Command.run(
      ["redact", "-i", "--quiet"] + names + ["/dev/null", "-", folder.file])
    #expect(outcome.code == 2)
    #expect(folder.bytes() == folder.new)
    #expect(folder.bytes(of: "packed") == packed)
    let said = outcome.errors.split(separator: "\n")
    let reasons = [
      "\(names[0]): is a directory; name files, as `find` and `xargs` do; the file is as it was",
      "\(names[1]): is a FIFO, socket or device; redact it as a stream, without --in-place",
      "\(names[2]): is packed (gzip), and masks would damage it; unpack it first",
      "\(names[3]): cannot be opened: No such file or directory; check the path",
      "/dev/null: is a FIFO, socket or device;", "<stdin>: is no file that could be rewritten",
    ]
    #expect(said.count == reasons.count)
    for (line, reason) in zip(said, reasons) { #expect(line.hasPrefix("weir: " + reason)) }
  }

  @Test("a file that may not be written is refused, though its folder would let it be replaced")
  func readOnly() throws {
    let folder = try RewrittenFolder(seed: 407)
    chmod(folder.folder.path, 0o777)
    let outcome = try Command.runUnprivileged(["redact", "-i", folder.file])
    // As an ordinary user the file is ours: its mode says no.
    if getuid() == 0 {
      #expect(outcome.code == 2)
      #expect(outcome.errors.contains("\(folder.file): is not to be written: Permission denied"))
      folder.expectUntouched()
    }
  }

  @Test("what is asked for in vain, or in part, is refused before anything is read")
  func usage() throws {
    let folder = try RewrittenFolder(seed: 408)
    let usages: [(arguments: [String], said: String)] = [
      (["-i"], "--in-place: name the files to rewrite"),
      (["-i", "--follow", folder.file], "leave --follow out"),
      (["-i", "-z", folder.file], "leave --decompress out"),
      (["-i.bak", folder.file], "Unknown option"),
      (["--in-place=.bak", folder.file], "does not take any value"),
      (["-i", "--backup-suffix", "", folder.file], "expected an ending of names"),
      (["-i", "--backup-suffix", "/tmp", folder.file], "expected an ending of names"),
      (["--backup-suffix", ".bak", folder.file], "--backup-suffix: needs --in-place"),
      (["--keep-times", folder.file], "--keep-times: needs --in-place"),
      (["--break-links", folder.file], "--break-links: needs --in-place"),
    ]
    for (arguments, said) in usages {
      let outcome = try Command.run(["redact"] + arguments)
      #expect(outcome.code == 2)
      #expect(outcome.errors.contains(said), "\(outcome.errors)")
      folder.expectUntouched()
    }
  }

  @Test("exit codes, findings and masks are those of redact")
  func asRedact() throws {
    let folder = try RewrittenFolder(seed: 409)
    let findings = try TemporaryFolder()
    let report = "\(findings.path)/found"
    let outcome = try folder.run("--fail-on-finding", "--mask", "stars", "--findings", report)
    #expect(outcome.code == 1)
    #expect(folder.bytes()?.count == folder.old.count)
    #expect(folder.bytes()?.contains(UInt8(ascii: "*")) == true)
    let line = try String(contentsOfFile: report, encoding: .utf8)
    #expect(line.contains(#""rule":"github.personal-token""#) && line.contains(#""line":2"#))
    #expect(try folder.run("--fail-on-finding").code == 0)
  }

  @Test("a long file is what the stream would be, whatever the threads", arguments: ["1", "3"])
  func long(threads: String) throws {
    let log = try LongLog.shared.get()
    let old = Array(repeatElement(log.bytes, count: 4).joined())
    let folder = try RewrittenFolder(
      holding: old, new: Array(repeatElement(log.redacted, count: 4).joined()))
    let outcome = try folder.run("--threads", threads, "--receipt")
    #expect(outcome.code == 0)
    #expect(folder.bytes()?.difference(from: folder.new) == nil)
    #expect(try SaidReceipt(ofRewritten: outcome.errors).written == folder.new.count)
  }

  @Test("a name of any bytes and of the greatest length is rewritten")
  func names() throws {
    let folder = try RewrittenFolder(seed: 410)
    for name in [String(repeating: "n", count: 255), "two\nlines \u{1B}[31m", "-i", " "] {
      let path = "\(folder.folder.path)/\(name)"
      try folder.folder.add(name, folder.old)
      let outcome = try Command.run(["redact", "-i", path])
      #expect(outcome.code == 0)
      #expect(folder.bytes(of: name) == folder.new)
      unlink(path)
      folder.expectUntouched()
    }
  }
}
