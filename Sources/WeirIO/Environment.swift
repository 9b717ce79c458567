internal import Glibc

/// The environment of the process.
enum Environment {
  /// What a variable holds, as the bytes the system gave; nil where it is not set.
  static func bytes(of name: String) -> [UInt8]? {
    getenv(name).map { Array(UnsafeRawBufferPointer(start: $0, count: strlen($0))) }
  }
}
