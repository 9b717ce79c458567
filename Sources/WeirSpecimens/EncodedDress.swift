/// The ways bytes are written as other bytes.
public enum EncodedDress: Sendable, CaseIterable {
  case base64, base64url, unpaddedBase64
  case hex, upperHex
  case utf16Little, utf16Big
  case percent, lowerPercent
  case json, upperJSON

  /// What `via` says of it.
  public var coding: String {
    switch self {
    case .base64, .base64url, .unpaddedBase64: "base64"
    case .hex, .upperHex: "hex"
    case .utf16Little, .utf16Big: "utf-16"
    case .percent, .lowerPercent: "percent"
    case .json, .upperJSON: "json"
    }
  }

  /// How many characters a byte takes; of base64, which takes more than one, one.
  public var byteWidth: Int {
    switch self {
    case .base64, .base64url, .unpaddedBase64: 1
    case .hex, .upperHex, .utf16Little, .utf16Big: 2
    case .percent, .lowerPercent: 3
    case .json, .upperJSON: 6
    }
  }

  /// What stands before the hex digits of a byte.
  private var escape: String {
    switch self {
    case .percent, .lowerPercent: "%"
    case .json, .upperJSON: "\\u00"
    default: ""
    }
  }

  private var hasCapitalDigits: Bool {
    [.upperHex, .percent, .upperJSON].contains(self)
  }

  public func encoded(_ bytes: [UInt8]) -> [UInt8] {
    switch self {
    case .base64, .base64url, .unpaddedBase64: base64(bytes)
    case .hex, .upperHex, .percent, .lowerPercent, .json, .upperJSON:
      bytes.flatMap { byte in
        let digits = String(byte, radix: 16, uppercase: hasCapitalDigits)
        return Array((escape + (digits.utf8.count == 1 ? "0" : "")).utf8) + digits.utf8
      }
    case .utf16Little: bytes.flatMap { [$0, 0] }
    case .utf16Big: bytes.flatMap { [0, $0] }
    }
  }

  private func base64(_ bytes: [UInt8]) -> [UInt8] {
    let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
    let digits = Array((letters + (self == .base64url ? "-_" : "+/")).utf8)
    var text: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = Array(bytes[start..<min(start + 3, bytes.count)])
      let bits = (group + [0, 0]).prefix(3).reduce(0) { $0 << 8 | Int($1) }
      for place in 0...group.count { text.append(digits[bits >> (18 - 6 * place) & 63]) }
      if self != .unpaddedBase64 {
        text += Array(repeating: UInt8(ascii: "="), count: 3 - group.count)
      }
    }
    return text
  }
}
