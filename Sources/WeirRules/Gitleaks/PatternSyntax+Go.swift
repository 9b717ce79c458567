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
    case .other(let text) where text.hasPrefix("(?"),
      .group(let text, _) where text.hasPrefix("(?"):
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
  ///
  /// One that only has to be there, at the start or the end, is no such thing where a group is the secret: its last byte is as good.
  func isOfCharacters(atStart: Bool, atEnd: Bool) -> Bool {
    func isOf(_ node: PatternSyntax, _ isFirst: Bool, _ isLast: Bool) -> Bool {
      switch node {
      case .literal(let scalar): return !scalar.isASCII
      case .set(let set):
        return set.isOfNamedCharacters || set.isWide && !(isFirst || isLast)
      case .repetition(.set(let set), let min, let max, _):
        return set.isWide && (min > 1 || max != nil) || set.isOfNamedCharacters
      case .sequence(let parts):
        return parts.indices.contains {
          isOf(parts[$0], isFirst && $0 == 0, isLast && $0 == parts.count - 1)
        }
      case .repetition(let inner, _, _, _): return isOf(inner, false, false)
      case .assertion, .other, .group, .alternation:
        return node.inner.contains { isOf($0, isFirst, isLast) }
      }
    }
    let hasGroup = hasGroup
    return isOf(self, atStart && hasGroup, atEnd && hasGroup)
  }

  private var hasGroup: Bool {
    if case .group(let opening, _) = self, opening == "(" || opening.contains("<") { return true }
    return inner.contains(where: \.hasGroup)
  }
}

extension PatternSyntax.CharacterSet {
  /// Characters beyond ASCII stand in it by their names.
  fileprivate var isOfNamedCharacters: Bool {
    text.contains { !$0.isASCII } || text.contains("\\p") || text.contains("\\P")
  }
}
