import Foundation
import Glibc
import Testing

/// Whatever fails while a file is rewritten, and whenever the command is killed, there is the old file or the new one.
@Suite struct InPlaceFaultTests {
  /// What is called on the way from the old file to the new one.
  private static let calls = [
    "open", "openat", "fstat", "read", "faccessat", "writev", "flistxattr", "fgetxattr",
    "fsetxattr", "fchmod", "futimens", "fsync", "fstatat", "linkat", "renameat", "close",
  ]

  private static func folder(seed: UInt64) throws -> RewrittenFolder {
    let folder = try RewrittenFolder(seed: seed)
    let value = Array("value".utf8)
    try #require(ExtendedAttribute.set("user.weir.test", of: folder.file, to: value))
    return folder
  }

  /// - Returns: how often the call was come to.
  private func everyNumber(_ body: (Int) throws -> Bool) throws -> Int {
    for number in 1...200 where try !body(number) { return number - 1 }
    return 200
  }

  @Test(
    "kill -9 before any call leaves the old file or the new one, never a part", arguments: calls)
  func killed(call: String) throws {
    let count = try everyNumber { number in
      let folder = try Self.folder(seed: 430)
      let outcome = try folder.run(
        "--keep-times", fault: Fault(call: call, number: number, outcome: .signal(SIGKILL)))
      guard outcome.code != 0 else { return false }
      #expect(outcome.code == 128 + SIGKILL)
      let isOld = folder.bytes() == folder.old
      #expect(isOld || folder.bytes() == folder.new, "\(call) \(number)")
      // Between its name and its place the new file has a name of its own.
      let others = folder.names.filter { $0 != "file" }
      #expect(others.count <= (call == "renameat" || call == "fstat" || call == "fstatat" ? 1 : 0))
      for name in others { #expect(folder.bytes(of: name) == folder.new) }
      return true
    }
    #expect(count >= 1, "\(call) is not called")
  }

  @Test(
    "a call that fails leaves the old file and nothing beside it, and is one line", arguments: calls
  )
  func fails(call: String) throws {
    let count = try everyNumber { number in
      let folder = try Self.folder(seed: 431)
      let mark = try TemporaryFile()
      let fault = Fault(call: call, number: number, outcome: .fails(EIO))
      let outcome = try Command.run(
        ["redact", "-i", "--quiet", "--keep-times", folder.file],
        environment: fault.environment(mark: mark))
      guard !mark.contents().isEmpty else { return false }
      // Of the folder, behind the rename; of descriptors that only were read.
      let isNew = folder.bytes() == folder.new
      if isNew {
        #expect(
          ["fsync", "close", "open", "read", "fstat", "fgetxattr"].contains(call), "\(fault)")
        #expect(folder.names == ["file"])
        #expect((outcome.code == 2) == (call == "fsync"), "\(fault)")
      } else {
        folder.expectUntouched("\(fault)")
        #expect(outcome.code == 2, "\(fault)")
        #expect(outcome.errors.hasPrefix("weir: \(folder.file): "), "\(outcome.errors)")
      }
      #expect(outcome.errors.split(separator: "\n").count == (outcome.code == 2 ? 1 : 0))
      return true
    }
    #expect(count >= 1, "\(call) is not called")
  }

  @Test("a signal leaves the old file or the new one, and no file behind it is rewritten")
  func signal() throws {
    let log = try LongLog.shared.get()
    var oldCount = 0
    let count = try everyNumber { number in
      let folder = try RewrittenFolder(holding: log.bytes, new: log.redacted)
      let second = try RewrittenFolder(seed: 432)
      let mark = try TemporaryFile()
      let fault = Fault(call: "read", number: number, outcome: .signal(SIGTERM))
      let outcome = try Command.run(
        ["redact", "-i", folder.file, second.file], environment: fault.environment(mark: mark))
      guard second.bytes() == second.old else { return false }
      #expect(outcome.code == 2)
      #expect(folder.names == ["file"] && second.names == ["file"])
      let isOld = folder.bytes() == folder.old
      #expect(isOld || folder.bytes() == folder.new)
      oldCount += isOld ? 1 : 0
      let said = outcome.errors.split(separator: "\n")
      #expect(
        said.first
          == "weir: stopped by SIGTERM; files that were not rewritten by then are as they were")
      #expect(
        said.count == 2
          && said.last?.hasSuffix("\(isOld ? 0 : 1) file\(isOld ? "s" : "") rewritten") == true)
      return true
    }
    // All reads of the search, and all but the last of the copy.
    #expect(count >= 12 && oldCount >= 11)
  }

  @Test("where files cannot be without a name, a hidden one is made, and taken back at any failure")
  func named() throws {
    let shim = try FaultShim.shared.get().path
    func run(_ folder: RewrittenFolder, limit: String = "") throws -> Command.Outcome {
      // The first is the file itself.
      let fault = "openat:-1:2:\(EOPNOTSUPP):2:/dev/null"
      return try Command.run(
        ["redact", "-i", "--quiet", folder.file], through: "\(limit) exec \"$@\"",
        environment: ["LD_PRELOAD": shim, "WEIR_FAULT": fault])
    }
    let folder = try Self.folder(seed: 433)
    #expect(try run(folder).code == 0)
    #expect(folder.bytes() == folder.new)
    #expect(folder.names == ["file"])
    let log = try LongLog.shared.get()
    let full = try RewrittenFolder(holding: log.bytes, new: log.redacted)
    let outcome = try run(full, limit: "ulimit -f 300;")
    #expect(outcome.code == 2)
    #expect(
      outcome.errors.contains("\(full.file): cannot be written behind byte 153600: File too large"))
    full.expectUntouched()
  }

  @Test(
    "the owner is kept, or the file is refused",
    .enabled(if: getuid() == 0, "only root gives files away"))
  func owner() throws {
    let folder = try Self.folder(seed: 434)
    #expect(chown(folder.file, 4711, 4712) == 0)
    chmod(folder.file, 0o4751)
    let refused = try folder.run(
      "--quiet", fault: Fault(call: "fchown", number: 1, outcome: .fails(EPERM)))
    #expect(refused.code == 2)
    #expect(
      refused.errors
        == "weir: \(folder.file): the new file cannot have its owner and group: Operation not permitted; "
        + "run it as its owner, or as root; the file is as it was\n")
    folder.expectUntouched()
    #expect(try folder.run().code == 0)
    let status = folder.status()
    #expect(status.st_uid == 4711 && status.st_gid == 4712)
    #expect(status.st_mode & 0o7777 == 0o4751)
  }

  @Test(
    "a full disk leaves the old file, says so, and the next file is rewritten",
    .enabled(if: FullDisk.canBeMounted, "no tmpfs can be mounted here"))
  func fullDisk() throws {
    let log = try LongLog.shared.get()
    let source = try RewrittenFolder(holding: log.bytes, new: log.redacted)
    let small = try RewrittenFolder(seed: 435)
    let disk = try TemporaryFolder()
    let outcome = try Command.run(
      ["redact", "-i"],
      through: """
        exec unshare -rm sh -c '
          disk=$1 long=$2 short=$3; shift 3
          mount -t tmpfs -o size=1m tmpfs "$disk" && cp "$long" "$disk/long" && cp "$short" "$disk/short" || exit 99
          "$@" "$disk/long" "$disk/short"; code=$?
          cmp "$disk/long" "$long" && ls -A "$disk" && cat "$disk/short"
          exit $code' sh "\(disk.path)" "\(source.file)" "\(small.file)" "$@"
        """)
    #expect(outcome.code == 2)
    #expect(
      outcome.errors.contains(
        "No space left on device; make room and run it again; the file is as it was"))
    #expect(outcome.errors.contains("1 finding in 2 inputs, masked; 1 file rewritten"))
    #expect(outcome.text == "long\nshort\n" + String(decoding: small.new, as: UTF8.self))
  }

  @Test(
    "a file that somebody writes to, or replaces, while it is read is left to him",
    arguments: ["append", "replace", "touch"])
  func changed(how: String) throws {
    var secrets = try Secrets(seed: 436)
    // More findings than a pipe holds: the command waits for who reads them.
    let tokens = Array((0..<50).map { _ in secrets.token() + "\n" }.joined())
    let old = Array(repeatElement(tokens, count: 150).joined())
    let folder = try RewrittenFolder(holding: old, new: [])
    let reports = try TemporaryFolder()
    let fifo = "\(reports.path)/fifo"
    #expect(mkfifo(fifo, 0o600) == 0)
    let errors = try TemporaryFile()
    let child = try Command.spawn(
      ["redact", "-i", "--quiet", "--findings", fifo, folder.file].map { Array($0.utf8) },
      descriptors: [nil, nil, errors.descriptor])
    let reader = open(fifo, O_RDONLY | O_CLOEXEC)
    _ = Pipes.drain(reader, upTo: 1)
    var expected = old
    switch how {
    case "append":
      let writer = open(folder.file, O_WRONLY | O_APPEND | O_CLOEXEC)
      Pipes.write(Array("late\n".utf8), to: writer)
      close(writer)
      expected += Array("late\n".utf8)
    case "replace":
      try folder.folder.add("other", Array("other\n".utf8))
      #expect(rename("\(folder.folder.path)/other", folder.file) == 0)
      expected = Array("other\n".utf8)
    default:
      #expect(utimensat(AT_FDCWD, folder.file, nil, 0) == 0)
    }
    _ = Pipes.drain(reader)
    close(reader)
    let outcome = Command.outcome(of: child, output: errors, errors: errors)
    #expect(outcome.code == 2)
    #expect(
      outcome.errors
        == "weir: \(folder.file): was changed while it was read; run it again when nobody writes to it; "
        + "the file is as it was\n")
    #expect(folder.bytes()?.difference(from: expected) == nil)
    #expect(folder.names == ["file"])
  }
}

/// A disk of a megabyte, that a shell mounts where nobody else sees it.
enum FullDisk {
  static let canBeMounted: Bool = {
    let shell = Process()
    shell.executableURL = URL(filePath: "/bin/sh")
    shell.arguments = ["-c", "unshare -rm mount -t tmpfs tmpfs /mnt 2>/dev/null"]
    try? shell.run()
    shell.waitUntilExit()
    return shell.terminationStatus == 0
  }()
}
