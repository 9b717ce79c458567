internal import CSystem
internal import Glibc

/// A file that is to take another's place. It has no name until it is whole, where the file system knows such files;
/// elsewhere a hidden one, which is taken back with it.
public struct NewFile: ~Copyable {
  private let folder: Int32
  private let descriptor: Int32
  private var name: Path?
  /// What its writes are said to be to.
  private let path: Path

  /// - Parameters:
  ///   - folder: a descriptor, which stays open as long.
  ///   - path: the file whose place it is to take.
  init(in folder: Int32, for path: Path) throws(SystemError) {
    let (descriptor, name) = try Self.open(in: folder)
    self.folder = folder
    self.path = path
    self.descriptor = descriptor
    self.name = name
  }

  private static func open(in folder: Int32) throws(SystemError) -> (Int32, Path?) {
    let unnamed = weir_unnamed_file(folder)
    if unnamed >= 0 { return (unnamed, nil) }
    // Kernels and file systems that do not know the question take it for one about the folder.
    guard [EOPNOTSUPP, EISDIR, EINVAL, ENOENT].contains(errno) else { throw .last }
    let name = randomName()
    let named = name.withCString {
      openat(folder, $0, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    }
    guard named >= 0 else { throw .last }
    return (named, name)
  }

  /// To write it with; does not close it.
  public func output() -> OutputFile { OutputFile(name: path.text, borrowing: descriptor) }

  /// Has it look like another file, but for what it holds.
  ///
  /// - Parameter status: of that file; what is asked is whether the new one has the same then.
  func take(
    attributesOf file: Int32, _ status: stat, withTimes: Bool
  ) throws(RewriteError) {
    func keep(_ what: String, _ call: () -> Int32) throws(RewriteError) {
      guard call() == 0 else { throw .cannotKeep(what, of: path, .last) }
    }
    guard let own = Descriptor.status(of: descriptor) else { throw .cannotCreate(path, .last) }
    if own.st_uid != status.st_uid || own.st_gid != status.st_gid {
      try keep("owner and group") { fchown(descriptor, status.st_uid, status.st_gid) }
    }
    do throws(ExtendedAttributes.Failure) {
      try ExtendedAttributes(of: file).copy(to: descriptor)
    } catch { throw .cannotKeep("attribute \(error.name)", of: path, error.error) }
    // Behind the owner, for a change of that takes bits away.
    try keep("permissions") { fchmod(descriptor, status.st_mode & 0o7777) }
    // Some are taken away without a word, from who is not of the group.
    if let own = Descriptor.status(of: descriptor), own.st_mode != status.st_mode {
      throw .cannotKeep("permissions", of: path, SystemError(code: EPERM))
    }
    if withTimes {
      let times = [status.st_atim, status.st_mtim]
      try keep("times") { futimens(descriptor, times) }
    }
  }

  /// Waits until the disk has it.
  func sync() throws(SystemError) {
    while fsync(descriptor) != 0 { guard errno == EINTR else { throw .last } }
  }

  /// Gives it the name of the file whose place it takes, at once.
  ///
  /// - Parameter before: what is done in the last moment before that.
  consuming func take(
    place name: Path, before: () throws(RewriteError) -> Void
  ) throws(RewriteError) {
    do throws(SystemError) { try takeSomeName() } catch { throw .cannotCreate(path, error) }
    try before()
    guard let own = self.name else { preconditionFailure("it has a name") }
    let moved = own.withCString { own in
      name.withCString { renameat(folder, own, folder, $0) }
    }
    guard moved == 0 else { throw .cannotReplace(path, .last) }
    self.name = nil
  }

  private mutating func takeSomeName() throws(SystemError) {
    guard name == nil else { return }
    let name = Self.randomName()
    let linked = Path("/proc/self/fd/\(descriptor)").withCString { own in
      name.withCString { linkat(AT_FDCWD, own, folder, $0, AT_SYMLINK_FOLLOW) }
    }
    guard linked == 0 else { throw .last }
    self.name = name
  }

  /// Nobody else's: of so many that one which is there already is no accident, and refused.
  private static func randomName() -> Path {
    Path(".weir-" + String(UInt64.random(in: 1 << 60 ... .max), radix: 16))
  }

  deinit {
    _ = name?.withCString { unlinkat(folder, $0, 0) }
    close(descriptor)
  }
}
