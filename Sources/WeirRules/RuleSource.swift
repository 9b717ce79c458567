/// The text of a rule file, to find again the places that the TOML reader does not tell.
struct RuleSource {
  let path: String
  private let lines: [[UInt8]]
  /// The line of each `[[rule]]`, or what else it lists, from 0.
  private let rules: [Int]

  /// - Parameter table: the name of the tables that it lists.
  init(path: String, text: String, table: String = "rule") {
    self.path = path
    lines = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).map(Array.init)
    rules = lines.indices.filter { [lines] in
      String(decoding: lines[$0], as: UTF8.self).filter { $0 != " " }.hasPrefix("[[\(table)]]")
    }
  }

  /// The place of a key of the n-th rule (of the file's head for nil): its line, and the column of its value. Falls back to the rule's line.
  func place(of key: String, rule: Int?) -> (line: Int, column: Int) {
    let first = rule.map { $0 < rules.count ? rules[$0] + 1 : 0 } ?? 0
    let next =
      rule.map { $0 + 1 < rules.count ? rules[$0 + 1] : lines.count }
      ?? (rules.first ?? lines.count)
    for line in first..<max(first, next) {
      let text = lines[line]
      let start = text.firstIndex { $0 != 0x20 && $0 != 0x09 } ?? 0
      guard text[start...].starts(with: key.utf8) else { continue }
      var column = start + key.utf8.count
      while column < text.count, text[column] == 0x20 { column += 1 }
      guard column < text.count, text[column] == UInt8(ascii: "=") else { continue }
      column += 1
      while column < text.count, text[column] == 0x20 { column += 1 }
      return (line + 1, column + 1)
    }
    return (max(first, 1), 1)
  }

  /// The place of a byte of the file.
  func place(ofByte offset: Int) -> (line: Int, column: Int) {
    var rest = offset
    for (index, line) in lines.enumerated() {
      if rest <= line.count { return (index + 1, rest + 1) }
      rest -= line.count + 1
    }
    return (lines.count, 1)
  }

  /// A place that the TOML reader tells: it counts characters, and goes on past the end of the last line.
  func place(line: Int, character: Int) -> (line: Int, column: Int) {
    let line = min(max(line, 1), lines.count)
    let text = String(decoding: lines[line - 1], as: UTF8.self)
    return (
      line, text.unicodeScalars.prefix(max(character - 1, 0)).reduce(1) { $0 + UTF8.width($1) }
    )
  }

  /// The place where the n-th rule (the file's head for nil) sets this key.
  func placeOfKey(_ key: String, rule: Int?) -> (line: Int, column: Int) {
    let (line, _) = place(of: key, rule: rule)
    let start = lines[line - 1].firstIndex { $0 != 0x20 && $0 != 0x09 } ?? 0
    return (line, start + 1)
  }

  /// The line of the n-th `[[rule]]`.
  func line(ofRule index: Int) -> Int {
    index < rules.count ? rules[index] + 1 : 1
  }

  /// The place of a byte of a string value: `offset` bytes behind its opening quotes.
  func place(of key: String, rule: Int?, offset: Int) -> (line: Int, column: Int) {
    var (line, column) = place(of: key, rule: rule)
    let text = lines[line - 1]
    guard column <= text.count else { return (line, column) }
    let quote = text[column - 1]
    guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else { return (line, column) }
    let opening = text.dropFirst(column - 1).prefix(3)
    let isLong = opening.count == 3 && opening.allSatisfy { $0 == quote }
    column += isLong ? 3 : 1
    // A line feed right behind long quotes is no part of the value.
    if isLong, column > text.count, line < lines.count { (line, column) = (line + 1, 1) }
    var rest = offset
    while rest > 0, line <= lines.count {
      let text = lines[line - 1]
      if column > text.count {
        (line, column) = (line + 1, 1)
      } else {
        // An escape of a basic string is one byte of the value.
        let isEscape = quote == UInt8(ascii: "\"") && text[column - 1] == UInt8(ascii: "\\")
        column += isEscape ? 2 : 1
      }
      rest -= 1
    }
    return (line, column)
  }
}
