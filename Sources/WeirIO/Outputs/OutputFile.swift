internal import Glibc

/// Where bytes leave: the one place that calls `writev`.
public struct OutputFile: ~Copyable {
  public let name: String
  let descriptor: Int32
  /// It was opened here, and is still open.
  private var isOwned: Bool
  /// The sum of what `writev` returned: the receipt's `written`.
  private(set) var writtenBytes: UInt64 = 0

  /// - Note: Lets the signal of a file beyond its limit (`ulimit -f`) pass, so that the write fails with a
  ///   reason instead.
  private init(name: String, descriptor: Int32, isOwned: Bool) {
    signal(SIGXFSZ, SIG_IGN)
    self.name = name
    self.descriptor = descriptor
    self.isOwned = isOwned
    Descriptor.widenPipe(descriptor)
  }

  public static func standardOutput() -> OutputFile {
    OutputFile(name: "<stdout>", borrowing: STDOUT_FILENO)
  }

  /// Writes to what others opened, and will close.
  init(name: String, borrowing descriptor: Int32) {
    self.init(name: name, descriptor: descriptor, isOwned: false)
  }

  /// Creates a file that only its owner may read, or takes the one that is there and empties it.
  ///
  /// - Parameter inputs: none of them may be that file, which would be lost; nor may standard output, where the
  ///   findings would run into the stream.
  public static func creating(
    _ path: Path, besides inputs: [Path]
  ) throws(OutputError) -> OutputFile {
    // A dash would be taken for a stream that carries something else.
    if path.isStandardInput { throw .isStream(name: "-") }
    let opened: Int32
    do throws(SystemError) {
      opened = try Descriptor.open(path, O_WRONLY | O_CREAT, mode: 0o600)
    } catch { throw .cannotOpen(path, error) }
    let file = OutputFile(name: path.text, descriptor: opened, isOwned: true)
    guard let status = Descriptor.status(of: opened) else { throw .cannotOpen(path, .last) }
    if Descriptor.isSame(opened, STDOUT_FILENO) { throw .isStream(name: path.text) }
    guard status.st_mode & S_IFMT == S_IFREG else { return file }
    for input in inputs where Descriptor.isFile(status, at: input) { throw .isInput(path) }
    while ftruncate(opened, 0) < 0 {
      guard errno == EINTR else { throw .cannotOpen(path, .last) }
    }
    return file
  }

  /// Creates a file that is not there yet.
  static func new(_ path: Path, mode: mode_t) throws(OutputError) -> OutputFile {
    do throws(SystemError) {
      let opened = try Descriptor.open(path, O_WRONLY | O_CREAT | O_EXCL, mode: mode)
      return OutputFile(name: path.text, descriptor: opened, isOwned: true)
    } catch { throw .cannotOpen(path, error) }
  }

  /// Writes as much as the system takes at once, waiting for room.
  ///
  /// - Returns: how many bytes, at least one.
  mutating func write(_ vectors: UnsafePointer<iovec>, count: Int) throws(OutputError) -> Int {
    while true {
      let written = writev(descriptor, vectors, Int32(count))
      if written > 0 {
        writtenBytes += UInt64(written)
        return written
      }
      switch written == 0 ? EIO : errno {
      case EINTR: continue
      case EAGAIN:
        do throws(SystemError) { try Descriptor.wait(descriptor, for: POLLOUT) } catch {
          throw .cannotWrite(name: name, offset: writtenBytes, error)
        }
      case let code:
        throw .cannotWrite(name: name, offset: writtenBytes, SystemError(code: code))
      }
    }
  }

  /// Writes all of a text that is short enough to be held, such as a list.
  public mutating func write(_ text: String) throws(OutputError) {
    try write(Array(text.utf8))
  }

  public mutating func write(_ bytes: [UInt8]) throws(OutputError) {
    var rest = bytes
    while !rest.isEmpty {
      let written = try rest.withUnsafeMutableBufferPointer { bytes throws(OutputError) in
        var vector = iovec(iov_base: bytes.baseAddress, iov_len: bytes.count)
        return try write(&vector, count: 1)
      }
      rest.removeFirst(written)
    }
  }

  /// Closes it, if it was opened here. A system that writes late (NFS, quotas) says only now that it could not.
  ///
  /// Linux has closed the file in any case: there is no second try.
  public mutating func close() throws(OutputError) {
    guard isOwned else { return }
    isOwned = false
    guard Glibc.close(descriptor) < 0, errno != EINTR else { return }
    throw .cannotClose(name: name, .last)
  }

  deinit {
    if isOwned { _ = Glibc.close(descriptor) }
  }
}
