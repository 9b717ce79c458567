internal import Glibc

/// Waits for what is appended to a file, until another has taken its name: logs that are rotated.
struct Follower: ~Copyable {
  /// Where the system gives no notice (a network's file), it is looked so often.
  private static let tickMilliseconds: Int32 = 250
  /// So long nothing may come before a file that was renamed counts as ended: writers go on with it until they are told.
  private static let graceMilliseconds: Int64 = 3000

  private static let ticksBeforeWord = 8

  enum Outcome { case more, ended }

  private let path: Path
  /// Of inotify; -1 where there is none.
  private let notices: Int32
  /// When it was seen that another file has the name, or when bytes came last after that.
  private var renamedAt: Int64?

  init(_ path: Path) {
    self.path = path
    notices = inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC))
    if notices >= 0 {
      let wanted = UInt32(IN_MODIFY | IN_ATTRIB | IN_MOVE_SELF | IN_DELETE_SELF)
      _ = path.withCString { inotify_add_watch(notices, $0, wanted) }
    }
  }

  /// Waits until the file behind `descriptor` has more than `offset` bytes.
  ///
  /// - Returns: `ended` when it was cut shorter, or another file has had its name for a while.
  mutating func wait(
    for descriptor: Int32, behind offset: UInt64
  ) throws(InputError) -> Outcome {
    while true {
      if Interruption.isAsked { throw .interrupted(path) }
      guard let status = Descriptor.status(of: descriptor) else {
        throw .cannotRead(path, offset: offset, .last)
      }
      if status.st_size > Int64(offset) {
        if renamedAt != nil { renamedAt = Self.milliseconds() }
        return .more
      }
      if status.st_size < Int64(offset) { return .ended }
      if hasSuccessor(of: status) {
        let now = Self.milliseconds()
        let since = renamedAt ?? now
        renamedAt = since
        if now - since >= Self.graceMilliseconds { return .ended }
      }
      sleep()
    }
  }

  /// Another file has the name. None at all is no successor yet.
  private func hasSuccessor(of status: stat) -> Bool {
    var named = stat()
    return path.withCString { stat($0, &named) } == 0
      && (named.st_ino != status.st_ino || named.st_dev != status.st_dev)
  }

  /// Until a notice or a signal comes, or for a tick.
  private func sleep() {
    var ready = pollfd(fd: notices, events: Int16(POLLIN), revents: 0)
    guard poll(&ready, 1, Self.tickMilliseconds) > 0 else { return }
    withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 8) { room in
      while read(notices, room.baseAddress, room.count) > 0 {}
    }
  }

  /// Until somebody makes a file of that name. When that takes long, it is said once: the name may be wrong.
  static func waitForFile(_ path: Path) throws(InputError) {
    var tickCount = 0
    while !Interruption.isAsked {
      poll(nil, 0, tickMilliseconds)
      var status = stat()
      if path.withCString({ stat($0, &status) }) == 0 { return }
      tickCount += 1
      if tickCount == ticksBeforeWord {
        StandardError.say("\(path.text): is not there; waiting for it")
      }
    }
    throw .interrupted(path)
  }

  private static func milliseconds() -> Int64 {
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    return Int64(now.tv_sec) * 1000 + Int64(now.tv_nsec) / 1_000_000
  }

  deinit { if notices >= 0 { close(notices) } }
}
