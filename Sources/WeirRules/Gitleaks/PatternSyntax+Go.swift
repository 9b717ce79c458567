internal import WeirRegex

// What of an expression of Go means something else in a line.
extension PatternSyntax {
  var isFlags: Bool {
    if case .other(let text) = self { text.hasPrefix("(?") } else { false }
  }

  var isStart: Bool { self == .assertion("^") || self == .assertion("\\A") }
  var isEnd: Bool { self == .assertion("$") || self == .assertion("\\z") }
  var isCapture: Bool { if case .group("(", _) = self { true } else { false } }

  var inner: [PatternSyntax] {
    switch self {
    case .literal, .set, .assertion, .other: []
    case .group(_, let inner), .repetition(let inner, _, _, _): [inner]
    case .sequence(let parts), .alternation(let parts): parts
    }
  }

  private var isFeed: Bool {
    switch self {
    case .set(let set): set.holdsLineFeed
    case .literal(let scalar): scalar == "\n"
    default: false
    }
  }

  /// It may match a line feed and nothing else.
  var mayBeLineFeed: Bool { mayBeEmpty(butFeeds: true) && !mayBeEmpty() }

  /// The start or the end of a text, where no line feed would do as well.
  var loneEnds: Set<String> {
    switch self {
    case .assertion("\\A"): return ["the start"]
    case .assertion("\\z"): return ["the end"]
    case .alternation(let branches):
      let mayBeLineFeed = branches.contains(where: \.mayBeLineFeed)
      return branches.reduce(into: []) { ends, branch in
        if mayBeLineFeed, branch.isStart || branch.isEnd { return }
        ends.formUnion(branch.loneEnds)
      }
    default: return inner.reduce(into: []) { $0.formUnion($1.loneEnds) }
    }
  }

  /// It may match nothing, or with `butFeeds` nothing but line feeds.
  func mayBeEmpty(butFeeds: Bool = false) -> Bool {
    switch self {
    case .literal, .set: butFeeds && isFeed
    case .assertion, .other: true
    case .group(_, let inner): inner.mayBeEmpty(butFeeds: butFeeds)
    case .repetition(let inner, let min, _, _): min == 0 || inner.mayBeEmpty(butFeeds: butFeeds)
    case .sequence(let parts): parts.allSatisfy { $0.mayBeEmpty(butFeeds: butFeeds) }
    case .alternation(let branches): branches.contains { $0.mayBeEmpty(butFeeds: butFeeds) }
    }
  }

  /// In each match some group that satisfies this holds something.
  func fills(_ isAsked: (PatternSyntax) -> Bool) -> Bool {
    switch self {
    case .literal, .set, .assertion, .other: false
    case .group(_, let inner): isAsked(self) && !inner.mayBeEmpty() || inner.fills(isAsked)
    case .repetition(let inner, let min, _, _): min > 0 && inner.fills(isAsked)
    case .sequence(let parts): parts.contains { $0.fills(isAsked) }
    case .alternation(let branches): branches.allSatisfy { $0.fills(isAsked) }
    }
  }

  /// The capture groups, in their order.
  var captures: [PatternSyntax] {
    inner.reduce(into: isCapture ? [self] : []) { $0 += $1.captures }
  }

  /// It begins with white space that is there, or with the start of a line.
  var beginsBlank: Bool {
    switch self {
    case .literal(let scalar): scalar.properties.isWhitespace
    case .set(let set): set.holdsLineFeed || set.isWide || set.text.contains(" ")
    case .assertion: isStart
    case .other: false
    case .group(_, let inner): inner.beginsBlank
    case .repetition(let inner, let min, _, _): min > 0 && inner.beginsBlank
    case .sequence(let parts): parts.first { !$0.isFlags }?.beginsBlank ?? false
    case .alternation(let branches): branches.contains(where: \.beginsBlank)
    }
  }
}

extension PatternSyntax.CharacterSet {
  private static let blanks = [
    "[:space:]", "[:blank:]", "\\t", "\\n", "\\f", "\\r", "\\x0b", "\\x0c", " ",
  ]

  /// It holds white space alone.
  var isBlank: Bool {
    guard text.hasPrefix("["), !text.hasPrefix("[^") else { return false }
    var rest = text.dropFirst().dropLast()
    while !rest.isEmpty {
      guard let blank = Self.blanks.first(where: rest.hasPrefix) else { return false }
      rest = rest.dropFirst(blank.count)
    }
    return true
  }
}
