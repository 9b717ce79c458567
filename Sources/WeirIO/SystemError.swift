internal import Glibc

/// A number the system gave for a reason (`errno`), and its words.
public struct SystemError: Error, Equatable, Sendable, CustomStringConvertible {
  public let code: Int32

  public init(code: Int32) {
    self.code = code
  }

  /// Why the last call failed.
  static var last: SystemError { SystemError(code: errno) }

  public var description: String { String(cString: strerror(code)) }

  static func == (error: SystemError, code: Int32) -> Bool { error.code == code }
}
