internal import WeirRegex

// Whether an expression needs to see characters, or bytes do as well: those of a character beyond ASCII are all in a set, or none is.
extension PatternSyntax {
  /// Where characters beyond ASCII may stand in what it matches.
  private struct Reach {
    /// Bytes in their place would match something else.
    var needsCharacters = false
    var starts = false
    var ends = false
    var mayBeEmpty = false
    /// It ends as soon as what follows matches.
    var endsLazily = false
  }

  /// Some match has a character beyond ASCII.
  var isWide: Bool {
    switch self {
    case .literal(let scalar): !scalar.isASCII
    case .set(let set): set.isWide
    default: inner.contains(where: \.isWide)
    }
  }

  /// Bytes in the place of characters would match something else: it counts characters beyond ASCII, names them, or parts what may be of them.
  ///
  /// One that only has to be there, at the start or the end, is no such thing where a group is the secret: its last byte, or first, is as good.
  var isOfCharacters: Bool {
    guard isWide else { return false }
    if turnsGreed || holdsInnerBoundary { return true }
    let isOutside = fills(\.isCapture)
    let reach = reach(isOutside, isOutside)
    return reach.needsCharacters || reach.endsLazily
  }

  private var turnsGreed: Bool {
    switch self {
    case .other(let text), .group(let text, _):
      text.hasPrefix("(?") && text.contains("U") || inner.contains(where: \.turnsGreed)
    default: inner.contains(where: \.turnsGreed)
    }
  }

  private var holdsInnerBoundary: Bool {
    self == .assertion("\\B") || inner.contains(where: \.holdsInnerBoundary)
  }

  /// - Parameters:
  ///   - isFirst: nothing of a match, and of no secret, stands before.
  ///   - isLast: nothing of a match, and of no secret, stands behind.
  private func reach(_ isFirst: Bool, _ isLast: Bool) -> Reach {
    switch self {
    case .literal(let scalar): return Reach(needsCharacters: !scalar.isASCII)
    case .assertion, .other: return Reach(mayBeEmpty: true)
    case .set(let set):
      guard set.isWide else { return Reach() }
      let isAside = isFirst || isLast
      return Reach(
        needsCharacters: set.isOfNamedCharacters || !isAside, starts: !isFirst, ends: !isLast)
    case .group(_, let inner):
      return isCapture ? inner.reach(false, false) : inner.reach(isFirst, isLast)
    case .repetition(.set(let set), let min, let max, let isLazy) where set.isWide:
      return Reach(
        needsCharacters: min > 1 || max != nil || set.isOfNamedCharacters, starts: true, ends: true,
        mayBeEmpty: min == 0, endsLazily: isLazy)
    case .repetition(let inner, let min, let max, let isLazy):
      var reach = inner.reach(false, false)
      if max.map({ $0 > 1 }) ?? true, reach.starts, reach.ends { reach.needsCharacters = true }
      if min == 0 { reach.mayBeEmpty = true }
      if isLazy, reach.ends { reach.endsLazily = true }
      return reach
    case .alternation(let branches):
      return branches.map { $0.reach(isFirst, isLast) }.reduce(into: Reach()) { all, branch in
        all.needsCharacters = all.needsCharacters || branch.needsCharacters
        all.starts = all.starts || branch.starts
        all.ends = all.ends || branch.ends
        all.mayBeEmpty = all.mayBeEmpty || branch.mayBeEmpty
        all.endsLazily = all.endsLazily || branch.endsLazily
      }
    case .sequence(let parts):
      let first = parts.firstIndex { !$0.isFlags }
      var all = Reach(mayBeEmpty: true)
      for (place, part) in parts.enumerated() {
        let next = part.reach(isFirst && place == first, isLast && place == parts.count - 1)
        let touches = all.ends && next.starts || all.endsLazily && next.mayBeEmpty && !part.isMark
        all.needsCharacters = all.needsCharacters || next.needsCharacters || touches
        all.starts = all.starts || all.mayBeEmpty && next.starts
        all.ends = next.ends || next.mayBeEmpty && all.ends
        all.endsLazily = next.endsLazily || next.mayBeEmpty && all.endsLazily
        all.mayBeEmpty = all.mayBeEmpty && next.mayBeEmpty
      }
      return all
    }
  }

  private var isMark: Bool {
    switch self {
    case .assertion, .other: true
    default: false
    }
  }
}

extension PatternSyntax.CharacterSet {
  /// Characters beyond ASCII stand in it by their names.
  fileprivate var isOfNamedCharacters: Bool {
    text.contains { !$0.isASCII } || text.contains("\\p") || text.contains("\\P")
  }
}
