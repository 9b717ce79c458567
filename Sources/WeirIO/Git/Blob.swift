/// A content that is to be scanned.
public struct Blob: Sendable {
  public enum Place: Sendable {
    /// It appeared first in the commit with this id, in hex digits.
    case commit([UInt8])
    /// No commit has it: it is staged under this name, or a ref leads to it.
    case name(Path)
  }

  /// In hex digits.
  public let id: [UInt8]
  public let place: Place
}
