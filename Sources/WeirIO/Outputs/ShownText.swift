/// Text that may be shown on a terminal: nothing in it moves the cursor, changes colours or turns
/// the direction of writing.
public enum ShownText {
  /// Control characters, separators of lines, and marks of direction and of nothing (tags).
  static func isHostile(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x00...0x1F, 0x7F...0x9F, 0x061C, 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x2069,
      0xFEFF, 0xFFF9...0xFFFB, 0xE0000...0xE007F:
      true
    default: false
    }
  }

  /// Hostile characters become `\n`, `\t`, `\r`, `\xHH` or `\u{HHHH}`.
  public static func escaped(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isHostile) else { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case "\r": result += "\\r"
      case _ where isHostile(scalar):
        let digits = String(scalar.value, radix: 16)
        result +=
          scalar.value < 0x80
          ? "\\x" + (digits.count < 2 ? "0" : "") + digits : "\\u{" + digits + "}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
