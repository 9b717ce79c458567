internal import CHyperscan

/// Why a call into libhs did not do what was asked.
public enum HyperscanError: Error, Equatable, Sendable {
  /// An expression was refused; `expression` is its place in the list given.
  case refused(expression: Int, reason: String)
  /// The library returned this status code (`HS_…` in hs_common.h).
  case status(Int32)
  case outOfMemory

  init(status: hs_error_t) {
    self = status == HS_NOMEM ? .outOfMemory : .status(status)
  }

  /// Why a compilation failed. The compiler has no status for a lack of memory: it says so in words.
  init(compilation failure: hs_compile_error_t) {
    let reason = String(cString: failure.message)
    self =
      reason.contains("allocate memory")
      ? .outOfMemory : .refused(expression: Int(failure.expression), reason: reason)
  }
}

extension HyperscanError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .refused(let expression, let reason):
      "Hyperscan refuses expression \(expression): \(reason)"
    case .status(let code): "Hyperscan returned status \(code)"
    case .outOfMemory: "Hyperscan had no memory left"
    }
  }
}

/// The version of the library the program runs with.
public enum HyperscanLibrary {
  public static var version: String { String(cString: hs_version()) }
}
