internal import Glibc

/// Members' names come as they are stored only where the locale is one of UTF-8: libarchive puts them into it.
enum UTF8Names {
  nonisolated(unsafe) private static let locale = newlocale(1 << LC_CTYPE, "C.UTF-8", nil)

  /// For this thread; what needs no names is not changed by it.
  static func use() {
    if let locale { uselocale(locale) }
  }
}
