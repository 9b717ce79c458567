internal import WeirRegex

/// Writes the structure of an expression of Go as PCRE2 reads it.
struct GoExpressionWriter {
  let subject: GoExpression.Subject
  /// What may be a line feed where no line ends for PCRE2.
  private(set) var crossing: [String] = []

  init(subject: GoExpression.Subject) { self.subject = subject }

  /// - Parameters:
  ///   - atStart: nothing of a match stands before.
  ///   - atEnd: nothing of a match stands behind.
  mutating func written(
    _ node: PatternSyntax, atStart: Bool, atEnd: Bool
  ) -> String {
    switch node {
    case .literal("\n") where subject == .lines:
      if atEnd { return "$" }
      if atStart { return "^" }
      cross("\\n")
      return "\\n"
    case .literal(let scalar): return scalar.asPattern(inClass: false)
    case .assertion(let text), .other(let text): return text
    case .set(let set):
      return ended(set.text, set, atStart: atStart, atEnd: atEnd)
    case .group(let opening, let inner):
      return opening + written(inner, atStart: atStart, atEnd: atEnd) + ")"
    case .alternation(let branches):
      let (hasStart, hasEnd) = (
        branches.contains(where: \.isStart), branches.contains(where: \.isEnd)
      )
      return branches.map { branch in
        // A line's end that stands beside a set says all that the set's line feed would.
        if subject == .lines, hasEnd && atEnd || hasStart && atStart, case .set(let set) = branch {
          return set.text
        }
        return written(branch, atStart: atStart, atEnd: atEnd)
      }.joined(separator: "|")
    case .sequence(let parts): return written(parts, atStart: atStart, atEnd: atEnd)
    case .repetition(let inner, let min, let max, let isLazy):
      let mark = Self.quantifier(min: min, max: max) + (isLazy ? "?" : "")
      if case .set(let set) = inner {
        // What may be missing at an end need not be a line feed.
        if min == 0, atStart || atEnd { return set.text + mark }
        guard min == 1 else {
          if set.holdsLineFeed { cross(set.text) }
          return set.text + mark
        }
        return ended(set.text + mark, set, atStart: atStart, atEnd: atEnd)
      }
      return written(inner, atStart: false, atEnd: false) + mark
    }
  }

  private mutating func written(
    _ parts: [PatternSyntax], atStart: Bool, atEnd: Bool
  ) -> String {
    let first = parts.firstIndex { !$0.isFlags }
    var text = ""
    for (place, part) in parts.enumerated() {
      text += written(
        part, atStart: atStart && place == first, atEnd: atEnd && place == parts.count - 1)
    }
    return text
  }

  /// Where a line feed could begin or end a match, the line's start or end does.
  private mutating func ended(
    _ text: String, _ set: PatternSyntax.CharacterSet, atStart: Bool, atEnd: Bool
  ) -> String {
    guard subject == .lines, set.holdsLineFeed else { return text }
    if atEnd { return "(?:\(text)|$)" }
    if atStart { return "(?:^|\(text))" }
    cross(set.text)
    return text
  }

  private mutating func cross(_ text: String) {
    if subject == .lines, !crossing.contains(text) { crossing.append(text) }
  }

  private static func quantifier(min: Int, max: Int?) -> String {
    switch (min, max) {
    case (0, nil): "*"
    case (1, nil): "+"
    case (0, 1): "?"
    case (_, nil): "{\(min),}"
    case (_, let max?): min == max ? "{\(min)}" : "{\(min),\(max)}"
    }
  }
}
