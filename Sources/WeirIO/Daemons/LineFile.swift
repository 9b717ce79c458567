internal import Glibc
internal import Synchronization

/// A file that takes whole lines at its end: of a line that it does not take nothing stays, so that it can be given again.
///
/// After SIGHUP it is opened anew by its name, for those who move logs away.
public struct LineFile: ~Copyable {
  private let path: Path
  private var descriptor: Int32
  /// The bytes before the next line do not end in a line feed: a program was killed while it wrote them.
  private var isMidLine = false
  private var writtenBytes: UInt64 = 0
  private var writtenOfLine = 0

  /// Opens the file, or makes one that only its owner may read.
  public init(appendingTo path: Path) throws(OutputError) {
    signal(SIGXFSZ, SIG_IGN)
    self.path = path
    descriptor = try Self.open(path)
    isMidLine = Self.isMidLine(path, descriptor)
  }

  /// From here on SIGHUP opens files anew. It does not stop the program.
  public static func reopenOnHangUp() {
    reopening.pointee.store(false, ordering: .relaxed)
    SignalHandler.install({ _ in LineFile.askToReopen() }, for: SIGHUP)
  }

  /// Appends the line and a line feed.
  public mutating func append(_ line: UnsafeRawBufferPointer) throws(OutputError) {
    if Self.reopening.pointee.exchange(false, ordering: .relaxed) { try reopen() }
    let lengthBefore = length
    writtenOfLine = 0
    var feeds: [UInt8] = [0x0A, 0x0A]
    let failure: OutputError? = feeds.withUnsafeMutableBytes { feeds in
      var vectors = [
        iovec(iov_base: feeds.baseAddress, iov_len: isMidLine ? 1 : 0),
        iovec(iov_base: UnsafeMutableRawPointer(mutating: line.baseAddress), iov_len: line.count),
        iovec(iov_base: feeds.baseAddress, iov_len: 1),
      ]
      do throws(OutputError) { try write(&vectors) } catch { return error }
      return nil
    }
    guard let failure else {
      isMidLine = false
      return
    }
    takeBack(to: lengthBefore)
    throw failure
  }

  private mutating func write(_ vectors: inout [iovec]) throws(OutputError) {
    while vectors.contains(where: { $0.iov_len > 0 }) {
      var written = writev(descriptor, vectors, Int32(vectors.count))
      if written <= 0 {
        switch written == 0 ? EIO : errno {
        case EINTR: continue
        case EAGAIN:
          do throws(SystemError) { try Descriptor.wait(descriptor, for: POLLOUT) } catch {
            throw .cannotWrite(name: path.text, offset: writtenBytes, error)
          }
          continue
        case let code:
          throw .cannotWrite(
            name: path.text, offset: writtenBytes, SystemError(code: code))
        }
      }
      writtenBytes += UInt64(written)
      writtenOfLine += written
      for index in vectors.indices where written > 0 {
        let taken = min(written, vectors[index].iov_len)
        vectors[index].iov_base += taken
        vectors[index].iov_len -= taken
        written -= taken
      }
    }
  }

  /// What was written of a line goes, if nobody else has written behind it.
  private mutating func takeBack(to lengthBefore: off_t?) {
    guard let lengthBefore, let length, length != lengthBefore else { return }
    if length == lengthBefore + off_t(writtenOfLine), ftruncate(descriptor, lengthBefore) == 0 {
      return
    }
    isMidLine = true
  }

  private mutating func reopen() throws(OutputError) {
    let opened = try Self.open(path)
    close(descriptor)
    descriptor = opened
    isMidLine = Self.isMidLine(path, opened)
  }

  /// Of a file; what else takes bytes has none.
  private var length: off_t? {
    guard let status = Descriptor.status(of: descriptor), status.st_mode & S_IFMT == S_IFREG else {
      return nil
    }
    return status.st_size
  }

  private static func open(_ path: Path) throws(OutputError) -> Int32 {
    do throws(SystemError) {
      return try Descriptor.open(path, O_WRONLY | O_CREAT | O_APPEND, mode: 0o600)
    } catch { throw .cannotOpen(path, error) }
  }

  /// The file is there and its last byte, which must be read through another descriptor, is no line feed.
  private static func isMidLine(_ path: Path, _ descriptor: Int32) -> Bool {
    guard let status = Descriptor.status(of: descriptor), status.st_mode & S_IFMT == S_IFREG,
      status.st_size > 0, let reader = try? Descriptor.open(path, O_RDONLY)
    else { return false }
    defer { close(reader) }
    var last: UInt8 = 0
    return pread(reader, &last, 1, status.st_size - 1) == 1 && last != 0x0A
  }

  /// Made before the handler is installed.
  nonisolated(unsafe) private static let reopening: UnsafeMutablePointer<Atomic<Bool>> = {
    let memory = UnsafeMutablePointer<Atomic<Bool>>.allocate(capacity: 1)
    memory.initialize(to: Atomic(false))
    return memory
  }()

  /// Runs in a handler.
  private static func askToReopen() { reopening.pointee.store(true, ordering: .relaxed) }

  deinit { close(descriptor) }
}
