internal import Glibc

/// A short file that is written beside the one whose name it is to have, so that this one is whole or not there. A draft that got no name is taken back.
struct DraftFile: ~Copyable {
  private let path: Path
  private var hasItsName = false

  /// Writes all of it; it is on the disk then.
  ///
  /// - Parameters:
  ///   - file: what it is to be called.
  ///   - mode: its permissions, less those of the umask.
  init(of bytes: [UInt8], for file: Path, mode: mode_t) throws(OutputError) {
    path = Path(
      file.bytes + Array(".weir-\(String(UInt64.random(in: 1 << 60 ... .max), radix: 16))".utf8))
    let path = path
    var output = try OutputFile.new(path, mode: mode)
    do throws(OutputError) {
      try output.write(bytes)
      while fsync(output.descriptor) != 0 {
        guard errno == EINTR else { throw .cannotClose(name: file.text, .last) }
      }
      try output.close()
    } catch {
      Self.remove(path)
      throw error
    }
  }

  /// Has these permissions, whatever the umask.
  func permit(_ mode: mode_t) throws(SystemError) {
    guard path.withCString({ chmod($0, mode) }) == 0 else { throw .last }
  }

  /// Takes the name, also where a file has it.
  consuming func replace(_ file: Path) throws(SystemError) {
    let moved = path.withCString { draft in file.withCString { rename(draft, $0) } }
    guard moved == 0 else { throw .last }
    hasItsName = true
  }

  /// Takes the name where nothing has it; else EEXIST.
  consuming func appear(as file: Path) throws(SystemError) {
    let linked = path.withCString { draft in file.withCString { link(draft, $0) } }
    guard linked == 0 else { throw .last }
  }

  private static func remove(_ path: Path) { _ = path.withCString { unlink($0) } }

  deinit { if !hasItsName { Self.remove(path) } }
}
