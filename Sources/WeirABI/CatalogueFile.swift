internal import CWeir
internal import Glibc

/// The bytes of a file of rules, while they are compiled.
struct CatalogueFile: ~Copyable {
  /// Weir's own rules take half a megabyte.
  private static let mostBytes = 256 << 20

  let bytes: UnsafeRawBufferPointer

  init(reading path: UnsafePointer<CChar>) throws(Refusal) {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw .noCatalogue }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      1...Self.mostBytes ~= Int(status.st_size)
    else { throw .noCatalogue }
    let room = UnsafeMutableRawBufferPointer.allocate(byteCount: Int(status.st_size), alignment: 16)
    var count = 0
    while count < room.count {
      let taken = read(file, room.baseAddress! + count, room.count - count)
      if taken > 0 {
        count += taken
      } else if taken == 0 || errno != EINTR {
        room.deallocate()
        throw .noCatalogue
      }
    }
    bytes = UnsafeRawBufferPointer(room)
  }

  deinit { bytes.deallocate() }
}
