internal import Glibc

/// The variables of this process.
public enum Environment {
  /// - Returns: nil when it is not set.
  public static subscript(name: String) -> String? { getenv(name).map { String(cString: $0) } }
}
