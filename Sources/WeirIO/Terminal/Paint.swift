/// Colours and links (ECMA-48, OSC 8), or none.
struct Paint {
  enum Colour: String {
    case name = "35"
    case place = "32"
    case rule = "1"
    case mask = "1;31"
    case facts = "2"
  }

  let look: Look

  /// - Parameter text: escaped already.
  func text(_ text: String, _ colour: Colour) -> String {
    look.isColoured && !text.isEmpty ? "\u{1B}[\(colour.rawValue)m\(text)\u{1B}[0m" : text
  }

  /// A text that leads to a file, if there is one of that name which may be shown.
  func link(_ text: String, to path: Path) -> String {
    guard look.isLinked, !path.isStandardInput, path.shownText == path.text, let real = path.real
    else { return text }
    let target = URIText.reference(to: String(decoding: real, as: UTF8.self))
    return "\u{1B}]8;;\(target)\u{1B}\\\(text)\u{1B}]8;;\u{1B}\\"
  }
}
