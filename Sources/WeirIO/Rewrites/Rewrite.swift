internal import Glibc

/// A file that is read to be rewritten: nothing happens to it before a new one can take its place.
///
/// It is read by its descriptor and found again by that of its folder, whatever is renamed above it.
public struct Rewrite: ~Copyable {
  public struct Choices: Sendable {
    /// Put behind the name under which the old file stays.
    public var backupSuffix: String?
    public var keepsTimes: Bool
    /// A file of several names is rewritten under one.
    public var breaksLinks: Bool

    public init(backupSuffix: String? = nil, keepsTimes: Bool = false, breaksLinks: Bool = false) {
      self.backupSuffix = backupSuffix
      self.keepsTimes = keepsTimes
      self.breaksLinks = breaksLinks
    }
  }

  private let path: Path
  private let choices: Choices
  private let folder: Int32
  /// In its folder.
  private let name: Path
  private let file: Int32
  /// As it was before anything of it was read.
  private let status: stat

  /// - Parameter path: where it is a link, the file that it leads to is meant.
  public init(of path: Path, _ choices: Choices) throws(RewriteError) {
    if path.isStandardInput { throw .isStandardInput }
    if Interruption.isAsked { throw .input(.interrupted(path)) }
    let place = try Self.place(of: path)
    let (folder, file, status) = try Self.open(place.name, in: place.folder, path)
    self.path = path
    self.choices = choices
    self.folder = folder
    name = place.name
    self.file = file
    self.status = status
  }

  /// The real folder of a file, and its name there. Of what is no file nothing is opened.
  private static func place(of path: Path) throws(RewriteError) -> (folder: Path, name: Path) {
    guard let real = path.real else { throw .input(.cannotOpen(path, .last)) }
    let kind: Int
    do throws(SystemError) { kind = try Path(real).kind(isFollowed: false) } catch {
      throw .input(.cannotOpen(path, error))
    }
    if kind == DT_DIR { throw .isDirectory(path) }
    guard kind == DT_REG else { throw .isSpecial(path) }
    let start = real.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? 0
    return (Path(Array(real[..<start])), Path(Array(real[start...])))
  }

  private static func open(
    _ name: Path, in folder: Path, _ path: Path
  ) throws(RewriteError) -> (folder: Int32, file: Int32, status: stat) {
    do throws(SystemError) {
      let folder = try Descriptor.open(folder, O_RDONLY | O_DIRECTORY)
      let file = name.withCString {
        openat(folder, $0, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
      }
      if file >= 0, let status = Descriptor.status(of: file), status.st_mode & S_IFMT == S_IFREG {
        return (folder, file, status)
      }
      let error = SystemError.last
      for open in [file, folder] where open >= 0 { close(open) }
      throw error
    } catch { throw .input(.cannotOpen(path, error)) }
  }

  /// All of it, from its beginning. One at a time.
  public func source() throws(RewriteError) -> Source {
    let copy = fcntl(file, F_DUPFD_CLOEXEC, 0)
    guard copy >= 0, lseek(copy, 0, SEEK_SET) == 0 else {
      throw .input(.cannotOpen(path, .last))
    }
    return Source(path, taking: copy)
  }

  /// To be asked when there is something to rewrite: what does not have to be may be as it is.
  ///
  /// - Returns: an empty file that may take its place.
  public func newFile() throws(RewriteError) -> NewFile {
    let mayBeWritten = name.withCString { faccessat(folder, $0, W_OK, AT_EACCESS) } == 0
    guard mayBeWritten else { throw .isReadOnly(path, .last) }
    // A run that was killed in the last moment left the backup as a second name.
    if status.st_nlink > 1, !choices.breaksLinks, status.st_nlink > 2 || !isBackedUp {
      throw .hasOtherNames(path, count: UInt64(status.st_nlink))
    }
    do throws(SystemError) { return try NewFile(in: folder, for: path) } catch {
      throw .cannotCreate(path, error)
    }
  }

  /// Lets the new file take its place: at once, and for good.
  public func replace(by new: consuming NewFile) throws(RewriteError) {
    try new.take(attributesOf: file, status, withTimes: choices.keepsTimes)
    do throws(SystemError) { try new.sync() } catch {
      throw .notCopied(.output(.cannotClose(name: path.text, error)))
    }
    var isNamed = false
    do throws(RewriteError) {
      try new.take(place: name) { () throws(RewriteError) in
        guard isUnchanged else { throw .changed(path) }
        isNamed = try backUp()
      }
    } catch {
      if isNamed { _ = backupName?.withCString { unlinkat(folder, $0, 0) } }
      throw error
    }
    while fsync(folder) != 0 { guard errno == EINTR else { throw .isNotSure(path, .last) } }
  }

  /// Nobody wrote to it since it was opened, and its name is still its own.
  private var isUnchanged: Bool {
    guard let now = Descriptor.status(of: file) else { return false }
    return now.st_size == status.st_size && now.st_mtim == status.st_mtim
      && now.st_ctim == status.st_ctim && isCalled(name)
  }

  private func isCalled(_ name: Path) -> Bool {
    var other = stat()
    return name.withCString { fstatat(folder, $0, &other, AT_SYMLINK_NOFOLLOW) } == 0
      && other.st_dev == status.st_dev && other.st_ino == status.st_ino
  }

  deinit {
    close(file)
    close(folder)
  }
}

// The backup: the old file itself, with all that it has, under one more name.
extension Rewrite {
  private var backupName: Path? { choices.backupSuffix.map { Path(name.bytes + Array($0.utf8)) } }
  private var isBackedUp: Bool {
    guard let backupName else { return false }
    return isCalled(backupName)
  }

  /// - Returns: whether it has that name now and had not before.
  private func backUp() throws(RewriteError) -> Bool {
    guard let backupName else { return false }
    let linked = name.withCString { name in
      backupName.withCString { linkat(folder, name, folder, $0, 0) }
    }
    if linked == 0 { return true }
    let error = SystemError.last
    if isBackedUp { return false }
    throw error == EEXIST
      ? .hasBackup(path, name: backupName) : .cannotBackUp(path, name: backupName, error)
  }
}

extension timespec {
  fileprivate static func == (a: timespec, b: timespec) -> Bool {
    a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec
  }
}
