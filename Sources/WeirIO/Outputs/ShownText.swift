/// Text that may be shown on a terminal: nothing in it moves the cursor, changes colours or turns
/// the direction of writing.
public enum ShownText {
  /// Control characters, separators of lines, and all that is written but not seen: marks of
  /// direction, soft hyphens, joiners, fillers, tags.
  static func isHostile(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.value < 0x7F { return scalar.value < 0x20 }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: return true
    default: return scalar.properties.isDefaultIgnorableCodePoint
    }
  }

  /// Nothing in it has to be escaped; the quick answer for what rules state.
  static func isPlain(_ text: String) -> Bool { text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F } }

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
