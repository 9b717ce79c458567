/// A way to write bytes as other bytes, under which credentials are found too.
public enum Coding: UInt8, BitwiseCopyable, Sendable, CaseIterable {
  /// Base64 or base64url; six bits a character.
  case base64 = 1
  /// Two hex digits a byte, in either case.
  case hex = 2
  /// A NUL between each two bytes: UTF-16 of ASCII, whichever end comes first.
  case utf16 = 3
  /// A percent sign and two hex digits, for every byte.
  case percent = 4
  /// `\u00` and two hex digits, for every byte: JSON and source code.
  case json = 5

  /// All names, as `via` and `weir rules show` say them.
  public static var names: [String] { allCases.map(\.name) }

  public var name: String { nameText.description }

  /// The same, in memory that is always there.
  package var nameText: StaticString {
    switch self {
    case .base64: "base64"
    case .hex: "hex"
    case .utf16: "utf-16"
    case .percent: "percent"
    case .json: "json"
    }
  }

  /// In how many ways the bytes of one text may be cut into units.
  var phases: Int { self == .base64 ? 3 : 1 }

  /// How far apart the offsets are at which units may begin.
  var unitBytes: UInt64 { self == .base64 ? 4 : byteWidth }

  /// How many characters have a bit of a byte, or stand for it.
  var byteWidth: UInt64 {
    switch self {
    case .base64, .hex, .utf16: 2
    case .percent: 3
    case .json: 6
    }
  }

  /// What stands before the two hex digits of a byte; nil where a byte is not written so.
  var escape: StaticString? {
    switch self {
    case .base64, .utf16: nil
    case .hex: ""
    case .percent: "%"
    case .json: "\\u00"
    }
  }

  /// How much of an encoded form is held, in the bytes it stands for: as many characters as of other forms.
  func holdBytes(_ plain: Int) -> Int { plain / Int(byteWidth) }
}
