/// The ways the words of a phrase are written.
public enum PhraseDress: Sendable, CaseIterable {
  case blanks, tabs, commas, lines, windowsLines, escapedLines, escapedWindowsLines
  case numbered, bracketed, colons, numberedLines
  case jsonArray, jsonLines, escapedQuotes, quotedWords
  case rowsOfFour, capitalised, capitals, continuedLines

  public func text(of words: [[UInt8]]) -> [UInt8] {
    var text: [UInt8] = []
    for (index, word) in words.enumerated() {
      if index > 0 { text += gap(before: index).utf8 }
      switch self {
      case .capitalised: text += word.prefix(1).map { $0 & ~0x20 } + word.dropFirst()
      case .capitals: text += word.map { $0 & ~0x20 }
      default: text += word
      }
    }
    return text
  }

  /// What stands between two words.
  private func gap(before index: Int) -> String {
    switch self {
    case .blanks, .capitalised, .capitals: " "
    case .tabs: "\t"
    case .commas: ","
    case .lines: "\n"
    case .windowsLines: "\r\n"
    case .escapedLines: "\\n"
    case .escapedWindowsLines: "\\\\r\\\\n"
    case .numbered: " \(index + 1). "
    case .bracketed: ", \(index + 1)) "
    case .colons: "\n\(index + 1): "
    case .numberedLines: "\n\(index + 1).\t"
    case .jsonArray: "\", \""
    case .jsonLines: "\",\r\n        \""
    case .escapedQuotes: "\\\",\\\""
    case .quotedWords: "' '"
    case .rowsOfFour: index % 4 == 0 ? "\n  " : " "
    case .continuedLines: " \\\n  "
    }
  }
}
