/// A content that is to be scanned.
public struct Blob: Sendable {
  public enum Place: Sendable {
    /// It appeared first in the commit with this id, in hex digits.
    case commit([UInt8])
    /// It is staged under this name.
    case index(Path)
  }

  /// In hex digits.
  public let id: [UInt8]
  public let place: Place
}
