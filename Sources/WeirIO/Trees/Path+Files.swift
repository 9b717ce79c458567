internal import Glibc

extension Path {
  /// The name without links, `.` and `..`; nil where the system finds none.
  var real: [UInt8]? {
    guard let found = withCString({ realpath($0, nil) }) else { return nil }
    defer { free(found) }
    return Array(UnsafeRawBufferPointer(start: found, count: strlen(found)))
  }

  /// Something has this name, also a link to nothing.
  package var exists: Bool { (try? kind(isFollowed: false)) != nil }

  /// `DT_REG` and so on.
  ///
  /// - Parameter isFollowed: of a link, what it leads to.
  func kind(isFollowed: Bool) throws(SystemError) -> Int {
    var status = stat()
    guard withCString({ isFollowed ? stat($0, &status) : lstat($0, &status) }) == 0 else {
      throw .last
    }
    return switch status.st_mode & S_IFMT {
    case S_IFREG: DT_REG
    case S_IFDIR: DT_DIR
    case S_IFLNK: DT_LNK
    case S_IFIFO: DT_FIFO
    default: DT_CHR
    }
  }

  /// All of a short file.
  ///
  /// - Parameter mayWait: it may be a pipe that someone has yet to open.
  /// - Returns: nil when it is longer.
  package func contents(
    mostBytes: Int, mayWait: Bool = false
  ) throws(InputError) -> [UInt8]? {
    var source = try Source(opening: self, mayWait: mayWait)
    var bytes: [UInt8] = []
    while bytes.count <= mostBytes {
      let before = bytes.count
      bytes += [UInt8](repeating: 0, count: min(max(before, 4096), mostBytes + 1 - before))
      var failure: InputError?
      let count = bytes.withUnsafeMutableBytes { room in
        do throws(InputError) {
          return try source.read(into: UnsafeMutableRawBufferPointer(rebasing: room[before...]))
        } catch {
          failure = error
          return 0
        }
      }
      if let failure { throw failure }
      bytes.removeLast(bytes.count - before - count)
      if count == 0 { return bytes }
    }
    return nil
  }

  /// A path that is told from this directory on, or from the root.
  package func joined(with path: ArraySlice<UInt8>) -> Path {
    path.first == UInt8(ascii: "/") ? Path(Array(path)) : appending(path)
  }
}
