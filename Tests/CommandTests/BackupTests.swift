import Foundation
import Glibc
import Testing

/// `--backup-suffix`: the old file stays under another name, and nothing is lost for it.
@Suite struct BackupTests {
  @Test("the backup is the old file itself, and it is said what it holds")
  func backup() throws {
    let folder = try RewrittenFolder(seed: 420)
    chmod(folder.file, 0o604)
    let before = folder.status()
    let outcome = try folder.run("--backup-suffix", ".bak")
    #expect(outcome.code == 0)
    #expect(folder.bytes() == folder.new)
    #expect(folder.bytes(of: "file.bak") == folder.old)
    #expect(folder.names == ["file", "file.bak"])
    let backup = folder.status(of: "file.bak")
    #expect(backup.st_ino == before.st_ino && backup.st_mode == before.st_mode)
    #expect(folder.status().st_mode == before.st_mode)
    #expect(
      outcome.errors
        == "weir: 1 finding in 1 input, masked; 1 file rewritten; backups (.bak) hold what was masked\n"
    )
    // Nothing is left to be masked, so the backup stays.
    #expect(try folder.run("--backup-suffix", ".bak").code == 0)
    #expect(folder.bytes(of: "file.bak") == folder.old)
  }

  @Test("a backup that is there already is not lost, nor the file")
  func present() throws {
    let folder = try RewrittenFolder(seed: 421)
    try folder.folder.add("file.bak", Array("older\n".utf8))
    let outcome = try folder.run("--quiet", "--backup-suffix", ".bak")
    #expect(outcome.code == 2)
    #expect(
      outcome.errors
        == "weir: \(folder.file): its backup would be file.bak, which is there; move that, or give "
        + "another suffix; the file is as it was\n")
    #expect(folder.bytes() == folder.old)
    #expect(folder.bytes(of: "file.bak") == Array("older\n".utf8))
    #expect(folder.names == ["file", "file.bak"])
  }

  @Test("a backup whose name is too long is refused, and leaves nothing behind")
  func tooLong() throws {
    let folder = try RewrittenFolder(seed: 422)
    let outcome = try folder.run("--backup-suffix", String(repeating: "b", count: 255))
    #expect(outcome.code == 2)
    #expect(outcome.errors.contains("can be made: File name too long; check its directory"))
    folder.expectUntouched()
  }

  @Test("a backup that a killed run left behind is that of the next run")
  func leftBehind() throws {
    let folder = try RewrittenFolder(seed: 423)
    let killed = try folder.run(
      "--backup-suffix", ".bak",
      fault: Fault(call: "renameat", number: 1, outcome: .signal(SIGKILL)))
    #expect(killed.code == 128 + SIGKILL)
    #expect(folder.bytes() == folder.old && folder.bytes(of: "file.bak") == folder.old)
    let hidden = folder.names.filter { $0.hasPrefix(".weir-") }
    #expect(hidden.count == 1)
    #expect(hidden.allSatisfy { folder.bytes(of: $0) == folder.new }, "no secret is in it")
    #expect(try folder.run("--backup-suffix", ".bak").code == 0)
    #expect(folder.bytes() == folder.new && folder.bytes(of: "file.bak") == folder.old)
  }
}
