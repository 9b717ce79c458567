internal import Glibc

/// One open input. Reads go straight into the scanner's window, so there is no buffer here.
public struct Source: ~Copyable {
  public let path: Path
  /// The sum of what `read` returned: the receipt's `read`.
  public private(set) var readBytes: UInt64 = 0
  private let descriptor: Int32
  /// Where the bytes come from that have no descriptor.
  private let contents: (any Contents)?
  /// What it is: a file, a pipe, a directory; 0 where the system does not say.
  private let kind: mode_t
  /// Of a file: how long it was when it was opened.
  let byteCount: UInt64?
  /// Waits at the end of a file for more.
  private var follower: Follower?
  private var isFollowed = false
  /// In so many archives it lies.
  let depth: Int
  let isUnpacked: Bool
  let isDecompressed: Bool
  /// Nobody has looked yet.
  let mayBePacked: Bool

  /// What is unpacked, while it is.
  ///
  /// - Parameter isFile: all that there is comes at once.
  init(
    _ path: Path, unpacked: any Contents, depth: Int, isFile: Bool = true,
    isDecompressed: Bool = false, mayBePacked: Bool = true
  ) {
    self.path = path
    contents = unpacked
    isUnpacked = true
    self.depth = depth
    self.isDecompressed = isDecompressed
    self.mayBePacked = mayBePacked
    descriptor = -1
    kind = isFile ? S_IFREG : 0
    byteCount = nil
  }

  /// Opens a file that is read on when more is appended to it, until another has taken its name or it was cut shorter.
  ///
  /// Waits until there is one.
  public static func following(_ path: Path) throws(InputError) -> Source {
    while true {
      // Watched before it is opened: nothing that happens between goes unseen.
      let follower = Follower(path)
      do throws(InputError) {
        var source = try Source(opening: path)
        guard source.isFile else { throw .cannotFollow(path) }
        source.follower = consume follower
        source.isFollowed = true
        return source
      } catch {
        guard case .cannotOpen(_, let reason) = error, reason.code == ENOENT else { throw error }
        try Follower.waitForFile(path)
      }
    }
  }

  /// Opens a file, or takes standard input for `-`.
  ///
  /// Opening does not wait: a name that has become a FIFO since it was listed opens at once, and
  /// reads wait through `poll`.
  public init(opening path: Path, mayWait: Bool = true) throws(InputError) {
    self.init(path, taking: try Self.open(path, mayWait: mayWait))
  }

  private static func open(_ path: Path, mayWait: Bool) throws(InputError) -> Int32 {
    if path.isStandardInput { return STDIN_FILENO }
    if Interruption.isAsked { throw .interrupted(path) }
    do throws(SystemError) {
      return try Descriptor.open(path, O_RDONLY | (mayWait ? 0 : O_NONBLOCK))
    } catch { throw error == EINTR ? .interrupted(path) : .cannotOpen(path, error) }
  }

  /// Takes what is open over, to be closed at the end unless it is standard input.
  init(_ path: Path, taking descriptor: Int32) {
    self.path = path
    self.descriptor = descriptor
    (contents, isUnpacked, depth, isDecompressed, mayBePacked) = (nil, false, 0, false, true)
    let status = Descriptor.status(of: descriptor)
    kind = status.map { $0.st_mode & S_IFMT } ?? 0
    byteCount = kind == S_IFREG ? status.map { UInt64($0.st_size) } : nil
    if kind == S_IFIFO { Descriptor.widenPipe(descriptor) }
  }

  /// Takes a file's bytes from elsewhere.
  init(_ contents: any Contents, path: Path, byteCount: UInt64) {
    self.path = path
    self.contents = contents
    self.byteCount = byteCount
    (isUnpacked, depth, isDecompressed, mayBePacked) = (false, 0, false, true)
    descriptor = -1
    kind = S_IFREG
  }

  public var isDirectory: Bool { kind == S_IFDIR }

  /// A FIFO, socket or device: reading it might never end.
  public var isSpecial: Bool { ![S_IFREG, S_IFDIR, 0].contains(kind) }

  /// A file: what a read does not bring is not there.
  var isFile: Bool { kind == S_IFREG && !isFollowed }

  /// It has places that `seek` goes to. The first of standard input is not known.
  var isSeekable: Bool { isFile && contents == nil && !path.isStandardInput }

  /// The next read begins there.
  ///
  /// - Returns: the place; nil when there is none such.
  func seek(to offset: Int64, from origin: Int32) -> Int64? {
    let place = Int64(lseek(descriptor, Int(offset), origin))
    return place < 0 ? nil : place
  }

  /// Reading it would feed on what is written: `weir redact f >> f` would never end.
  public func isFile(behind output: Int32) -> Bool {
    guard let own = Descriptor.status(of: descriptor), own.st_mode & S_IFMT == S_IFREG,
      let other = Descriptor.status(of: output)
    else { return false }
    return own.st_dev == other.st_dev && own.st_ino == other.st_ino
  }

  /// Takes the next `count` bytes of a file as read; whoever has time reads them, from the part that is returned. As long as the source lives.
  ///
  /// - Returns: nil where there are not so many, or the source has no places.
  mutating func claim(_ count: Int) throws(InputError) -> FilePart? {
    guard isSeekable, let status = Descriptor.status(of: descriptor) else { return nil }
    if Interruption.isAsked { throw .interrupted(path) }
    guard let place = seek(to: 0, from: SEEK_CUR), place + Int64(count) <= Int64(status.st_size),
      seek(to: place + Int64(count), from: SEEK_SET) != nil
    else { return nil }
    readBytes += UInt64(count)
    return FilePart(descriptor: descriptor, place: place)
  }

  /// What was claimed from this part on was of no use: it is read anew.
  mutating func giveBack(_ byteCount: UInt64, from part: FilePart) {
    readBytes -= byteCount
    _ = seek(to: part.place, from: SEEK_SET)
  }

  /// A zero is among its first bytes: as git tells what is no text.
  var isBinary: Bool {
    withUnsafeTemporaryAllocation(byteCount: 8000, alignment: 16) { room in
      let count = pread(descriptor, room.baseAddress, room.count, 0)
      return count > 0 && room[..<count].contains(0)
    }
  }

  /// A read would not wait: there are bytes, or the end.
  var isReady: Bool {
    contents?.isReady ?? Descriptor.isReady(descriptor)
  }

  /// Reads what is there, waiting for at least one byte.
  ///
  /// - Returns: 0 at the end of the input.
  package mutating func read(
    into room: UnsafeMutableRawBufferPointer
  ) throws(InputError) -> Int {
    while true {
      if Interruption.isAsked { throw .interrupted(path) }
      if let contents {
        let count = try contents.read(into: room)
        readBytes += UInt64(count)
        return count
      }
      let count = Glibc.read(descriptor, room.baseAddress, room.count)
      if count == 0, isFollowed, try waitForMore() { continue }
      if count >= 0 {
        readBytes += UInt64(count)
        return count
      }
      switch errno {
      case EINTR: continue
      case EAGAIN:
        do throws(SystemError) { try Descriptor.wait(descriptor, for: POLLIN) } catch {
          throw .cannotRead(path, offset: readBytes, error)
        }
      case EISDIR: throw .isDirectory(path)
      default: throw .cannotRead(path, offset: readBytes, .last)
      }
    }
  }

  /// - Returns: false when the file has ended.
  private mutating func waitForMore() throws(InputError) -> Bool {
    try follower?.wait(for: descriptor, behind: readBytes) == .more
  }

  deinit {
    if descriptor >= 0, !path.isStandardInput { close(descriptor) }
  }
}
