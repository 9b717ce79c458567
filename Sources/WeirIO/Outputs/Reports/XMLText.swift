/// Text within an element or an attribute in double quotes of XML 1.0.
enum XMLText {
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in ShownText.escaped(text).unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      // The two that XML may not hold and that are not escaped already.
      case "\u{FFFE}", "\u{FFFF}": result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
