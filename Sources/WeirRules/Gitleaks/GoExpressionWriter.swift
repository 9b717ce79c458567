internal import WeirRegex

/// Writes the structure of an expression of Go as PCRE2 reads it, and sees what is then not the same in a line.
struct GoExpressionWriter {
  /// Where in an expression something stands.
  private struct Place {
    /// Nothing of a match stands before.
    var isFirst = true
    /// Nothing of a match stands behind.
    var isLast = true
    /// It is part of a group that is the secret.
    var isSecret = false

    func inside(_ isSecret: Bool) -> Place {
      Place(isFirst: false, isLast: false, isSecret: isSecret)
    }
  }

  private let isOfLines: Bool
  private let secretGroup: Int
  /// No group holds the secret, or not always.
  private let matchIsSecret: Bool
  private var groups = 0
  /// What may be a line feed where no line ends for PCRE2.
  private var crossing: [String] = []
  /// A line feed has to begin or end a match where the file's start or end would not do.
  private var needsFeed = false
  private var beginsWithFeed = false
  private var endsWithFeed = false
  private var endsWithBlanks = false
  /// The start, or the end, is one of the choices.
  private var hasStart = false
  private var hasEnd = false

  static func writing(
    _ syntax: PatternSyntax, of subject: GoExpression.Subject
  ) -> (text: String, remarks: [String]) {
    var writer = GoExpressionWriter(syntax, of: subject)
    let text = writer.written(syntax, Place())
    return (text, writer.isOfLines ? writer.remarks(on: syntax) : [])
  }

  private init(_ syntax: PatternSyntax, of subject: GoExpression.Subject) {
    if case .lines(let group) = subject {
      (isOfLines, secretGroup) = (true, group)
    } else {
      (isOfLines, secretGroup) = (false, 0)
    }
    matchIsSecret = secretGroup == 0 && !syntax.fills(\.isCapture)
  }

  private func remarks(on syntax: PatternSyntax) -> [String] {
    var remarks: [String] = []
    if !crossing.isEmpty {
      let names = crossing.prefix(3).joined(separator: " ")
      remarks.append("what it spans lines with (\(names)) ends with the line")
    }
    let ends = syntax.loneEnds.sorted()
    if !ends.isEmpty {
      remarks.append("\(ends.joined(separator: " and ")) of a file is that of each line")
    }
    if needsFeed {
      remarks.append("where a line feed begins or ends it, the start or the end of a file does too")
    }
    if endsWithFeed && beginsWithFeed || endsWithBlanks && syntax.beginsBlank {
      remarks.append(
        "what ends one match may begin the next; gitleaks does not find the second then")
    }
    return remarks
  }

  private mutating func written(_ node: PatternSyntax, _ place: Place) -> String {
    switch node {
    case .literal("\n") where isOfLines:
      if !place.isLast && !place.isFirst || place.isSecret { cross("\\n") }
      touch(place)
      return place.isLast ? "$" : place.isFirst ? "^" : "\\n"
    case .literal(let scalar): return scalar.asPattern(inClass: false)
    case .assertion("\\A"): return "^"
    case .assertion("\\z"): return "$"
    case .assertion(let text), .other(let text): return text
    case .set(let set):
      return ended(set.text, set, place)
    case .group(let opening, let inner):
      if node.isCapture { groups += 1 }
      var place = place
      if node.isCapture, secretGroup == 0 || secretGroup == groups { place.isSecret = true }
      return opening + written(inner, place) + ")"
    case .alternation(let branches): return written(choice: branches, place)
    case .sequence(let parts):
      let first = parts.firstIndex { !$0.isFlags }
      var text = ""
      for (index, part) in parts.enumerated() {
        var inner = place
        inner.isFirst = place.isFirst && index == first
        inner.isLast = place.isLast && index == parts.count - 1
        text += written(part, inner)
      }
      return text
    case .repetition(let inner, let min, let max, let isLazy):
      let mark = Self.quantifier(min: min, max: max) + (isLazy ? "?" : "")
      // PCRE2 repeats no bare \b.
      if case .assertion = inner { return "(?:\(written(inner, place)))" + mark }
      guard case .set(let set) = inner else {
        return written(inner, place.inside(place.isSecret)) + mark
      }
      return written(set, min: min, max: max, mark: mark, place)
    }
  }

  private mutating func written(choice branches: [PatternSyntax], _ place: Place) -> String {
    let before = (hasStart, hasEnd)
    defer { (hasStart, hasEnd) = before }
    let knowsStart = hasStart || place.isFirst && branches.contains(where: \.isStart)
    let knowsEnd = hasEnd || place.isLast && branches.contains(where: \.isEnd)
    let seesLines = place.isFirst && branches.contains(.assertion("^"))
    let began = beginsWithFeed
    let texts = branches.map { branch in
      let mayBeFeed = branch.mayBeLineFeed
      (hasStart, hasEnd) = (before.0 || knowsStart && mayBeFeed, before.1 || knowsEnd && mayBeFeed)
      // A line's end that stands beside a set says all that the set's line feed would.
      if isOfLines, hasEnd && place.isLast || hasStart && place.isFirst, case .set(let set) = branch
      {
        if set.holdsLineFeed { touch(place) }
        if set.holdsLineFeed, place.isSecret { cross(set.text) }
        return set.text
      }
      return written(branch, place)
    }
    if seesLines { beginsWithFeed = began }
    return texts.joined(separator: "|")
  }

  private mutating func written(
    _ set: PatternSyntax.CharacterSet, min: Int, max: Int?, mark: String, _ place: Place
  ) -> String {
    let text = set.text + mark
    guard isOfLines, set.holdsLineFeed else { return text }
    let isLong = max.map { $0 > 1 } ?? true
    if !place.isFirst && !place.isLast || min > 1 || place.isSecret
      || isLong && (matchIsSecret || !set.isBlank)
    {
      cross(set.text)
    }
    // Nothing but a line's end is no secret.
    if isLong, place.isSecret || matchIsSecret && !set.isBlank { return text }
    // What may be missing at an end need not be a line feed.
    guard place.isFirst || place.isLast, min == 1 else {
      if place.isLast { endsWithFeed = true }
      if place.isLast, isLong { endsWithBlanks = true }
      return text
    }
    if place.isLast, isLong { endsWithBlanks = true }
    return ended(text, set, place)
  }

  /// Where a line feed could begin or end a match, the line's start or end does.
  private mutating func ended(
    _ text: String, _ set: PatternSyntax.CharacterSet, _ place: Place
  ) -> String {
    guard isOfLines, set.holdsLineFeed else { return text }
    if !place.isLast && !place.isFirst || place.isSecret { cross(set.text) }
    touch(place)
    return place.isLast ? "(?:\(text)|$)" : place.isFirst ? "(?:^|\(text))" : text
  }

  /// A line feed may begin or end a match.
  private mutating func touch(_ place: Place) {
    if place.isLast {
      endsWithFeed = true
      if !hasEnd { needsFeed = true }
    } else if place.isFirst {
      if !hasStart { needsFeed = true }
    }
    if place.isFirst { beginsWithFeed = true }
  }

  private mutating func cross(_ text: String) {
    if isOfLines, !crossing.contains(text) { crossing.append(text) }
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
