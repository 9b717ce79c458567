internal import Glibc
public import WeirCore

/// Why there is no key to make fingerprints with. Says where the key was looked for, never what it
/// is.
public enum KeyError: Error, Equatable, Sendable, CustomStringConvertible {
  case unreadable(InputError)
  case isDirectory(Path)
  case wrongLength(place: String, byteCount: Int)

  public var description: String {
    switch self {
    case .unreadable(let error): error.description
    case .isDirectory(let path): "\(path.text): is a directory; a key is in a file"
    case .wrongLength(let place, let count):
      """
      \(place): a key has \(FingerprintKey.lengthsBytes.lowerBound) to \
      \(FingerprintKey.lengthsBytes.upperBound) bytes, this one has \
      \(count > FingerprintKey.lengthsBytes.upperBound + 1 ? "more" : "\(count)"); \
      make one with `openssl rand -hex 16`
      """
    }
  }
}

extension FingerprintKey {
  /// The name of the variable that holds the key itself, not the name of a file.
  public static let variable = "WEIR_KEY"

  /// Reads a key from a file. One newline at its end does not count.
  public init(file path: Path) throws(KeyError) {
    // Two bytes more than the longest, to tell a longer one and a newline.
    let room = UnsafeMutableRawBufferPointer.allocate(
      byteCount: Self.lengthsBytes.upperBound + 2, alignment: 1)
    defer {
      room.wipe()
      room.deallocate()
    }
    var count = 0
    do throws(InputError) {
      var source = try Source(opening: path)
      while count < room.count {
        let read = try source.read(into: UnsafeMutableRawBufferPointer(rebasing: room[count...]))
        if read == 0 { break }
        count += read
      }
    } catch {
      if case .isDirectory = error { throw .isDirectory(path) }
      throw .unreadable(error)
    }
    try self.init(text: UnsafeRawBufferPointer(rebasing: room[..<count]), place: path.text)
  }

  /// The key in the environment; nil when the variable is not set. An empty one is an error: a
  /// pipeline lost its key.
  public static func fromEnvironment() throws(KeyError) -> FingerprintKey? {
    guard let value = getenv(variable) else { return nil }
    return try FingerprintKey(
      text: UnsafeRawBufferPointer(start: value, count: strlen(value)), place: variable)
  }

  private init(text: UnsafeRawBufferPointer, place: String) throws(KeyError) {
    let hasNewline = text.last == UInt8(ascii: "\n")
    let bytes = UnsafeRawBufferPointer(rebasing: hasNewline ? text.dropLast() : text[...])
    guard let key = FingerprintKey(copying: bytes) else {
      throw .wrongLength(place: place, byteCount: bytes.count)
    }
    self = key
  }
}
