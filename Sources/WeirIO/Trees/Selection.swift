/// Which files of a tree are read.
public struct Selection: Sendable {
  /// Names that begin with a dot.
  public var isHiddenRead: Bool
  /// `.weirignore`, `.ignore`, and in repositories what git ignores.
  public var areIgnoreFilesHeeded: Bool
  public var globs: Globs?
  /// Longer files are not read.
  public var mostBytes: UInt64?
  public var isBinaryRead: Bool

  /// All files.
  public static let all = Selection(
    isHiddenRead: true, areIgnoreFilesHeeded: false, globs: nil, mostBytes: nil, isBinaryRead: true)

  public init(
    isHiddenRead: Bool, areIgnoreFilesHeeded: Bool, globs: Globs?, mostBytes: UInt64?,
    isBinaryRead: Bool
  ) {
    self.isHiddenRead = isHiddenRead
    self.areIgnoreFilesHeeded = areIgnoreFilesHeeded
    self.globs = globs
    self.mostBytes = mostBytes
    self.isBinaryRead = isBinaryRead
  }

  /// Why what is open is not read; nil when it is.
  public func skip(of source: borrowing Source) -> Skip? {
    if let mostBytes, let count = source.byteCount, count > mostBytes { return .longFile }
    return !isBinaryRead && source.isBinary ? .binaryFile : nil
  }
}
