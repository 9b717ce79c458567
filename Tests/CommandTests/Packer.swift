import Foundation
import Glibc

/// Real archives, made by real tools at run time.
struct Packer {
  struct Missing: Error, CustomStringConvertible {
    let description: String
  }

  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  var path: String { folder.path }

  /// Runs a script of the shell in the folder. A tool that is missing, or fails, fails the test that asks.
  func run(_ script: String) throws {
    let errors = Pipe()
    let shell = Process()
    shell.executableURL = URL(filePath: "/bin/sh")
    shell.arguments = ["-ec", script]
    shell.currentDirectoryURL = URL(filePath: folder.path)
    shell.environment = ["PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"]
    shell.standardOutput = FileHandle.nullDevice
    shell.standardError = errors
    try shell.run()
    let said = try errors.fileHandleForReading.readToEnd() ?? Data()
    shell.waitUntilExit()
    guard shell.terminationStatus == 0 else {
      throw Missing(
        description: "`\(script)`: \(String(decoding: said, as: UTF8.self)); "
          + "scripts/bootstrap installs the tools")
    }
  }

  func bytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(filePath: "\(folder.path)/\(name)")))
  }

  /// A kind of archive: how it is made of `app/.env`, and what findings in it are called.
  struct Kind: Sendable, CustomStringConvertible {
    let name: String
    let script: String
    /// Behind the archive's name.
    var member = ""

    var description: String { name }
  }

  static let compressions = [
    Kind(name: "env.gz", script: "gzip -c app/.env > env.gz"),
    Kind(name: "env.xz", script: "xz -c app/.env > env.xz"),
    Kind(name: "env.zst", script: "zstd -qc app/.env > env.zst"),
    Kind(name: "env.bz2", script: "bzip2 -c app/.env > env.bz2"),
    Kind(name: "env.lz4", script: "lz4 -qc app/.env > env.lz4"),
  ]

  static let archives =
    [("ustar", "ustar"), ("v7", "v7"), ("posix", "pax"), ("gnu", "gnu")].map { format, name in
      Kind(
        name: "\(name).tar", script: "tar -c --format=\(format) -f \(name).tar app",
        member: "!app/.env")
    }
    + ["gzip", "xz", "zstd", "bzip2", "lz4"].map { tool in
      Kind(
        name: "env.tar.\(tool)", script: "tar -c -I \(tool) -f env.tar.\(tool) app",
        member: "!app/.env")
    }
    + [
      Kind(name: "env.zip", script: "zip -qr env.zip app", member: "!app/.env"),
      Kind(name: "stored.zip", script: "zip -q0r stored.zip app", member: "!app/.env"),
      Kind(name: "piped.zip", script: "zip -qr - app | cat > piped.zip", member: "!app/.env"),
      Kind(name: "env.jar", script: "zip -qr env.jar app", member: "!app/.env"),
      Kind(
        name: "env.whl", script: "python3 -m zipfile -c env.whl app/.env", member: "!.env"),
      Kind(name: "env.7z", script: "bsdtar -c --format 7zip -f env.7z app", member: "!app/.env"),
      Kind(
        name: "env.iso", script: "bsdtar -c --format iso9660 -f env.iso app", member: "!app/.env"),
      Kind(
        name: "newc.cpio", script: "bsdtar -c --format newc -f newc.cpio app", member: "!app/.env"),
      Kind(
        name: "odc.cpio", script: "bsdtar -c --format cpio -f odc.cpio app", member: "!app/.env"),
      Kind(
        name: "env.deb",
        script: """
          mkdir -p deb/DEBIAN deb/etc && cp app/.env deb/etc/env
          printf 'Package: env\\nVersion: 1\\nArchitecture: all\\nMaintainer: a <a@b.example>\\nDescription: d\\n' \
            > deb/DEBIAN/control
          dpkg-deb --build --root-owner-group -Zxz deb env.deb
          """, member: "!data.tar.xz!./etc/env"),
      // A lead, a signature and a header that say nothing, and the packed files.
      Kind(
        name: "env.rpm",
        script: """
          { printf '\\355\\253\\356\\333\\003\\000\\000\\000\\000\\001'; head -c 86 /dev/zero
            printf '\\216\\255\\350\\001\\000\\000\\000\\000\\000\\000\\000\\000\\000\\000\\000\\000'
            printf '\\216\\255\\350\\001\\000\\000\\000\\000\\000\\000\\000\\000\\000\\000\\000\\000'
            bsdtar -c --format newc -f - app | gzip; } > env.rpm
          """, member: "!app/.env"),
    ]
}
