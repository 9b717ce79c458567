internal import Glibc

/// What is said to the person who runs the command.
public enum StandardError {
  /// Writes one line that begins with `weir: `; what a terminal would obey in it is escaped.
  public static func say(_ text: String) {
    write(Array("weir: \(ShownText.escaped(text))\n".utf8))
  }

  /// There is nobody left to tell when this fails.
  private static func write(_ bytes: [UInt8]) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if errno != EINTR {
        return
      }
    }
  }
}
