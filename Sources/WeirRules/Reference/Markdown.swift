internal import WeirCore

/// Text for a page: what it says stands there as it is said, whatever Markdown would make of it.
enum Markdown {
  /// A code span. Its fence is longer than any run of backticks inside.
  static func code(_ text: String) -> String {
    var longest = 0
    var run = 0
    for character in text {
      run = character == "`" ? run + 1 : 0
      longest = max(longest, run)
    }
    let fence = String(repeating: "`", count: longest + 1)
    // Of a span with a blank at both ends one of each is taken off.
    let edge = text.hasPrefix("`") || text.hasSuffix("`") ? " " : ""
    return fence + edge + text + edge + fence
  }

  /// Words of a person, with a backslash before what would be a mark.
  static func text(_ words: String) -> String {
    let characters = Array(words)
    var result = ""
    for (place, character) in characters.enumerated() {
      let isMark =
        character == "_"
        // Between letters it is no mark.
        ? !(isLetter(characters, place - 1) && isLetter(characters, place + 1))
        : "\\`*<>[]|".contains(character)
      result += (isMark ? "\\" : "") + String(character)
    }
    return result
  }

  private static func isLetter(_ characters: [Character], _ place: Int) -> Bool {
    characters.indices.contains(place)
      && (characters[place].isLetter || characters[place].isNumber)
  }

  /// Where links to it go.
  static func anchor(_ name: String) -> String { "<a id=\"\(name)\"></a>" }

  /// A row of a table.
  static func row(_ cells: String...) -> String { "| " + cells.joined(separator: " | ") + " |" }
}

/// Words in a row.
enum Listing {
  /// `a`, `a or b`, `a, b or c`.
  static func join(_ items: [String], _ last: String) -> String {
    guard let end = items.last, items.count > 1 else { return items.first ?? "" }
    return items.dropLast().joined(separator: ", ") + " \(last) " + end
  }
}

extension Int {
  /// In decimal, the thousands parted: `4,096`.
  var inWords: String {
    var groups: [Substring] = []
    var rest = Substring(String(self))
    while rest.count > 3 {
      groups.insert(rest.suffix(3), at: 0)
      rest = rest.dropLast(3)
    }
    return ([rest] + groups).joined(separator: ",")
  }

  /// `1 rule`, `2 rules`.
  func of(_ noun: String) -> String { "\(inWords) \(noun)\(self == 1 ? "" : "s")" }
}
