internal import WeirRegex

// What of an expression of Go means something else in a line, or in bytes.
extension PatternSyntax {
  var isFlags: Bool {
    if case .other(let text) = self { text.hasPrefix("(?") } else { false }
  }

  var isStart: Bool { self == .assertion("^") || self == .assertion("\\A") }
  var isEnd: Bool { self == .assertion("$") || self == .assertion("\\z") }

  private var inner: [PatternSyntax] {
    switch self {
    case .literal, .set, .assertion, .other: []
    case .group(_, let inner), .repetition(let inner, _, _, _): [inner]
    case .sequence(let parts), .alternation(let parts): parts
    }
  }

  /// It asks for `(?m)`: `^` and `$` are of lines.
  var seesLines: Bool {
    switch self {
    case .other(let text) where text.hasPrefix("(?"), .group(let text, _) where text.hasPrefix("(?"):
      text.prefix { $0 != "-" && $0 != "<" }.contains("m") || inner.contains(where: \.seesLines)
    default: inner.contains(where: \.seesLines)
    }
  }

  /// The start or the end of a text, where no line feed would do as well.
  var loneEnds: Set<String> {
    switch self {
    case _ where isStart: return ["the start"]
    case _ where isEnd: return ["the end"]
    case .alternation(let branches):
      let mayBeLineFeed = branches.contains {
        if case .set(let set) = $0 { set.holdsLineFeed } else { $0 == .literal("\n") }
      }
      return branches.reduce(into: []) { ends, branch in
        if mayBeLineFeed, branch.isStart || branch.isEnd { return }
        ends.formUnion(branch.loneEnds)
      }
    default: return inner.reduce(into: []) { $0.formUnion($1.loneEnds) }
    }
  }

  /// Bytes in the place of characters would match something else: it counts characters beyond ASCII, or names them.
  var isOfCharacters: Bool {
    switch self {
    case .literal(let scalar): !scalar.isASCII
    case .set(let set): set.isWide
    case .repetition(.set(let set), let min, let max, _):
      set.isWide && (min > 1 || max != nil) || set.text.contains { !$0.isASCII }
        || set.text.contains("\\p") || set.text.contains("\\P")
    default: inner.contains(where: \.isOfCharacters)
    }
  }
}
