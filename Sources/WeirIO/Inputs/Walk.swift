internal import Glibc

/// The files below a directory, in the order of their names' bytes.
///
/// Links to files are followed, links to directories are not: what they lead to is walked where it
/// stands, or is not below.
/// Directories named `.git` are passed over (history is an input of its own). What is neither file
/// nor directory is skipped and counted.
public struct Walk {
  public enum Entry: Sendable {
    case file(Path)
    /// A FIFO, socket or device: not opened, for a read might never end.
    case special(Path)
    case failed(InputError)
  }

  /// Special files, links to directories and links to nothing.
  public private(set) var skippedCount = 0

  public init() {}

  /// Visits all below `directory`.
  ///
  /// - Parameter visit: returns false to stop.
  /// - Returns: false when it was stopped.
  @discardableResult
  public mutating func walk(_ directory: Path, _ visit: (Entry) -> Bool) -> Bool {
    let names: [[UInt8]]
    do { names = try Self.names(in: directory) } catch { return visit(.failed(error)) }
    for name in names {
      if Interruption.isAsked { return false }
      let path = directory.appending(name)
      guard self.visit(path, name: name, visit) else { return false }
    }
    return true
  }

  private mutating func visit(
    _ path: Path, name: [UInt8], _ visit: (Entry) -> Bool
  ) -> Bool {
    var status = stat()
    guard path.withCString({ lstat($0, &status) }) == 0 else {
      return visit(.failed(.cannotOpen(path, .last)))
    }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return visit(.file(path))
    case S_IFDIR: return name == Array(".git".utf8) || walk(path, visit)
    case S_IFLNK:
      if path.withCString({ stat($0, &status) }) == 0, status.st_mode & S_IFMT == S_IFREG {
        return visit(.file(path))
      }
      skippedCount += 1
      return true
    default:
      skippedCount += 1
      return visit(.special(path))
    }
  }

  private static func names(in directory: Path) throws(InputError) -> [[UInt8]] {
    guard let stream = directory.withCString({ opendir($0) }) else {
      throw .cannotList(directory, .last)
    }
    defer { closedir(stream) }
    let nameOffset = MemoryLayout<dirent>.offset(of: \.d_name)!
    var names: [[UInt8]] = []
    while true {
      errno = 0
      guard let entry = readdir(stream) else {
        guard errno == 0 else { throw .cannotList(directory, .last) }
        break
      }
      let start = UnsafeRawPointer(entry) + nameOffset
      let length = strlen(start.assumingMemoryBound(to: CChar.self))
      let name = Array(UnsafeRawBufferPointer(start: start, count: length))
      if name != Array(".".utf8), name != Array("..".utf8) { names.append(name) }
    }
    return names.sorted { $0.lexicographicallyPrecedes($1) }
  }
}
