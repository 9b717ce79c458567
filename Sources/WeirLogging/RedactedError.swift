/// Stands for an error in whose text something was masked.
public struct RedactedError: Error, Hashable, CustomStringConvertible {
  /// The error's text, with masks.
  public let description: String
  /// The error's type, such as `Service.Failure`.
  public let type: String
}
