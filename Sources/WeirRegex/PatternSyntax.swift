/// The structure of an expression, as far as it is asked for: what must stand in a match, and what may be a line feed.
package indirect enum PatternSyntax: Equatable, Sendable {
  /// One character.
  case literal(Unicode.Scalar)
  case set(CharacterSet)
  /// `^`, `$`, `\b` and the like, as they are written.
  case assertion(String)
  /// Its opening as it is written, such as `(?:`.
  case group(opening: String, PatternSyntax)
  /// `max` is nil for no bound; `isLazy` where a `?` stands behind.
  case repetition(PatternSyntax, min: Int, max: Int?, isLazy: Bool)
  case sequence([PatternSyntax])
  case alternation([PatternSyntax])
  /// Flags from here on, `(?i)`; and what is not looked into: references, verbs, conditions.
  case other(String)

  /// One character of several.
  package struct CharacterSet: Equatable, Sendable {
    /// As PCRE2 reads it.
    package var text: String
    package var holdsLineFeed: Bool
    /// It holds nothing else.
    package var isLineFeed: Bool
    /// It holds more than ASCII.
    package var isWide: Bool
  }
}

extension PatternSyntax {
  /// No match is without a line feed. Of what cannot be read it says false.
  package static func needsLineFeed(_ text: String) -> Bool {
    var parser = PatternParser(text, dialect: .pcre)
    guard let syntax = try? parser.parse() else { return false }
    return syntax.needsLineFeed
  }

  package var needsLineFeed: Bool {
    switch self {
    case .literal(let scalar): scalar == "\n"
    case .set(let set): set.isLineFeed
    case .assertion, .other: false
    case .group(let opening, let inner):
      opening.hasPrefix("(?!") || opening.hasPrefix("(?<!") ? false : inner.needsLineFeed
    case .repetition(let inner, let min, _, _): min > 0 && inner.needsLineFeed
    case .sequence(let parts): parts.contains(where: \.needsLineFeed)
    case .alternation(let branches): branches.allSatisfy(\.needsLineFeed)
    }
  }

  /// One of these words, in small letters, stands in every match, in any case.
  package func needsOne(of words: [String]) -> Bool {
    var run = ""
    func isFound() -> Bool { words.contains { run.contains($0) } }
    func walk(_ node: PatternSyntax) -> Bool {
      switch node {
      case .literal(let scalar):
        run.unicodeScalars.append(scalar)
        run = run.lowercased()
        return isFound()
      case .assertion: return false
      case .sequence(let parts): return parts.contains(where: walk)
      case .group(let opening, let inner) where opening == "(" || opening == "(?:":
        if case .alternation = inner { break }
        return walk(inner)
      case .set, .other, .group, .repetition, .alternation: break
      }
      run = ""
      return node.needsOneInside(of: words)
    }
    return walk(self)
  }

  private func needsOneInside(of words: [String]) -> Bool {
    switch self {
    case .alternation(let branches): branches.allSatisfy { $0.needsOne(of: words) }
    case .group(let opening, let inner):
      !opening.hasPrefix("(?!") && !opening.hasPrefix("(?<!") && inner.needsOne(of: words)
    case .repetition(let inner, let min, _, _): min > 0 && inner.needsOne(of: words)
    case .literal, .set, .assertion, .other, .sequence: false
    }
  }
}
