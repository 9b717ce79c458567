import Foundation
import Glibc

/// An open file without a name: gone with its descriptor.
final class TemporaryFile {
  let descriptor: Int32

  init(holding bytes: [UInt8] = []) throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "weir-\(UUID())").path()
    descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
    unlink(path)
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes {
        write(descriptor, $0.baseAddress! + written, $0.count - written)
      }
      guard count > 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
      written += count
    }
    lseek(descriptor, 0, SEEK_SET)
  }

  /// A name for it while it is open.
  var path: String { "/proc/\(getpid())/fd/\(descriptor)" }

  func contents() -> [UInt8] {
    let size = Int(lseek(descriptor, 0, SEEK_END))
    var bytes = [UInt8](repeating: 0, count: size)
    let count = pread(descriptor, &bytes, size, 0)
    return Array(bytes.prefix(max(count, 0)))
  }

  deinit { close(descriptor) }
}

/// A folder that is removed with all in it. File names may be any bytes.
final class TemporaryFolder {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.appending(path: "weir-\(UUID())").path()
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  @discardableResult
  func add(_ name: String, _ bytes: [UInt8] = []) throws -> String {
    try add(name: Array(name.utf8), bytes)
    return "\(path)/\(name)"
  }

  func add(name: [UInt8], _ bytes: [UInt8]) throws {
    let full = (Array("\(path)/".utf8) + name).map { CChar(bitPattern: $0) } + [0]
    let file = open(full, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard file >= 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
    defer { close(file) }
    guard write(file, bytes, bytes.count) == bytes.count else { throw POSIXError(.EIO) }
  }

  func addFolder(_ name: String) throws {
    try FileManager.default.createDirectory(
      atPath: "\(path)/\(name)", withIntermediateDirectories: true)
  }

  deinit {
    // Foundation cannot remove what it cannot name.
    let remover = Process()
    remover.executableURL = URL(filePath: "/bin/rm")
    remover.arguments = ["-rf", path]
    try? remover.run()
    remover.waitUntilExit()
  }
}
