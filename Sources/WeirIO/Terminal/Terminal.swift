internal import Glibc

/// A descriptor that a person may be looking at.
public struct Terminal: Sendable {
  public static let output = Terminal(descriptor: STDOUT_FILENO)
  public static let errors = Terminal(descriptor: STDERR_FILENO)

  private static let usualColumnCount = 80

  let descriptor: Int32

  public var isThere: Bool { isatty(descriptor) == 1 }

  /// It takes orders: to move the cursor, to change colours.
  public var isObedient: Bool {
    isThere && Environment.text(of: "TERM").map { $0 != "dumb" } ?? false
  }

  /// Asked anew each time: windows change.
  var columnCount: Int {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
      return Self.usualColumnCount
    }
    return Int(size.ws_col)
  }

  /// The command runs behind another that has the terminal (`weir scan . &`).
  var isOthers: Bool {
    let group = tcgetpgrp(descriptor)
    return group > 0 && group != getpgrp()
  }
}
