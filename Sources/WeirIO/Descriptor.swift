internal import Glibc

/// What is done to file descriptors on both sides.
public enum Descriptor {
  private static let pipeBytes: Int32 = 1 << 20
  /// Linux's `F_SETPIPE_SZ`, a GNU extension that Glibc's module does not show.
  private static let setPipeSize: Int32 = 1031

  /// Gives a pipe the greatest capacity an ordinary user may ask for; anything else refuses, which
  /// is as well.
  static func widenPipe(_ descriptor: Int32) {
    _ = fcntl(descriptor, setPipeSize, pipeBytes)
  }

  /// Waits until a descriptor that another program made non-blocking is ready, or a signal came.
  ///
  /// - Throws: why there is no waiting; to try again at once would keep a processor busy for nothing.
  static func wait(_ descriptor: Int32, for events: Int32) throws(SystemError) {
    var ready = pollfd(fd: descriptor, events: Int16(events), revents: 0)
    guard poll(&ready, 1, -1) < 0, errno != EINTR, errno != EAGAIN else { return }
    throw .last
  }

  /// A read would not wait: there are bytes, or the end.
  static func isReady(_ descriptor: Int32) -> Bool {
    var state = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&state, 1, 0) > 0
  }

  /// Opens a file; a signal that comes meanwhile is no reason to give it up, unless it asks to stop (EINTR).
  static func open(_ path: Path, _ flags: Int32, mode: mode_t = 0) throws(SystemError) -> Int32 {
    while true {
      let opened = path.withCString { Glibc.open($0, flags | O_CLOEXEC | O_NOCTTY, mode) }
      if opened >= 0 { return opened }
      guard errno == EINTR, !Interruption.isAsked else { throw .last }
    }
  }

  /// Two descriptors lead to one file or pipe, where bytes of both would mix.
  static func isSame(_ descriptor: Int32, _ other: Int32) -> Bool {
    guard let status = status(of: descriptor), let other = Self.status(of: other) else {
      return false
    }
    let isKept = [S_IFREG, S_IFIFO].contains(status.st_mode & S_IFMT)
    return isKept && status.st_dev == other.st_dev && status.st_ino == other.st_ino
  }

  static func status(of descriptor: Int32) -> stat? {
    var status = stat()
    return fstat(descriptor, &status) == 0 ? status : nil
  }

  /// The input at `path` is the file with this status.
  static func isFile(_ status: stat, at path: Path) -> Bool {
    var other = stat()
    let isKnown =
      path.isStandardInput
      ? fstat(STDIN_FILENO, &other) == 0 : path.withCString { stat($0, &other) } == 0
    return isKnown && other.st_dev == status.st_dev && other.st_ino == status.st_ino
  }

  /// Fills standard descriptors that were closed by ones that refuse the use.
  ///
  /// Otherwise the next file opened would become standard output, and the stream would run into the
  /// findings. To be called first.
  public static func fillStandard() {
    for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) < 0 {
      _ = Glibc.open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY)
    }
  }
}
