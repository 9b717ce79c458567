/// A way to write bytes as other bytes, under which credentials are found too.
public enum Coding: UInt8, BitwiseCopyable, Sendable, CaseIterable {
  /// Base64 or base64url; six bits a character.
  case base64 = 1
  /// Two hex digits a byte, in either case.
  case hex = 2
  /// A NUL between each two bytes: UTF-16 of ASCII, whichever end comes first.
  case utf16 = 3

  /// All names, as `via` and `weir rules show` say them.
  public static var names: [String] { allCases.map(\.name) }

  public var name: String {
    switch self {
    case .base64: "base64"
    case .hex: "hex"
    case .utf16: "utf-16"
    }
  }

  /// In how many ways the bytes of one text may be cut into units.
  var phases: Int { self == .base64 ? 3 : 1 }

  /// How far apart the offsets are at which units may begin.
  var unitBytes: UInt64 { self == .base64 ? 4 : 2 }
}
