internal import Glibc

/// The environment of the process.
enum Environment {
  /// What a variable holds, as the bytes the system gave; nil where it is not set.
  static func bytes(of name: String) -> [UInt8]? {
    getenv(name).map { Array(UnsafeRawBufferPointer(start: $0, count: strlen($0))) }
  }

  /// The same as text; nil also where it is empty.
  static func text(of name: String) -> String? {
    bytes(of: name).flatMap { $0.isEmpty ? nil : String(decoding: $0, as: UTF8.self) }
  }
}
