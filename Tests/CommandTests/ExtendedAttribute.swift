import Glibc

/// An extended attribute of a file, which Swift's Glibc module does not show.
enum ExtendedAttribute {
  private typealias Setter =
    @convention(c) (
      UnsafePointer<CChar>, UnsafePointer<CChar>, UnsafeRawPointer, Int, Int32
    ) -> Int32
  private typealias Getter =
    @convention(c) (
      UnsafePointer<CChar>, UnsafePointer<CChar>, UnsafeMutableRawPointer, Int
    ) -> Int

  /// - Returns: whether the file system took it.
  static func set(_ name: String, of path: String, to value: [UInt8]) -> Bool {
    unsafeBitCast(dlsym(nil, "setxattr"), to: Setter.self)(path, name, value, value.count, 0) == 0
  }

  /// - Returns: nil where there is none.
  static func value(of name: String, of path: String) -> [UInt8]? {
    var room = [UInt8](repeating: 0, count: 1 << 10)
    let count = unsafeBitCast(dlsym(nil, "getxattr"), to: Getter.self)(
      path, name, &room, room.count)
    return count < 0 ? nil : Array(room[..<count])
  }
}
