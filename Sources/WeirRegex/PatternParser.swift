/// Reads expressions: those of Go (RE2), which it knows whole, and of PCRE2, of which it passes over what it does not know.
package struct PatternParser {
  package enum Dialect { case go, pcre }

  package struct Mistake: Error, Equatable {
    package let reason: String
    /// In characters from the start.
    package let offset: Int
  }

  /// Deeper nesting is refused, as by PCRE2.
  private static let mostDepth = 200

  let text: [Unicode.Scalar]
  let dialect: Dialect
  var place = 0
  private var depth = 0
  /// White space is none of the expression: `(?x)`.
  var isSpaced = false
  var flags = Flags()
  /// Of groups, in Go.
  var names: Set<String> = []
  /// Properties under `(?i)`: Go adds the other case of their letters, PCRE2 does not.
  package internal(set) var foldedProperties: [String] = []
  /// Some letter is matched in any case.
  package internal(set) var folds = false

  /// What `(?i)` and the like have set where the parser is.
  struct Flags {
    /// `(?i)`
    var isFolding = false
    /// `^` and `$` are of lines: `(?m)`.
    var seesLines = false
    /// A dot is a line feed too: `(?s)`.
    var dotIsAny = false
  }

  package init(_ text: String, dialect: Dialect) {
    self.text = Array(text.unicodeScalars)
    self.dialect = dialect
  }

  package mutating func parse() throws(Mistake) -> PatternSyntax {
    let syntax = try alternation()
    guard place == text.count else { throw mistake("an unmatched )") }
    return syntax
  }

  func mistake(_ reason: String) -> Mistake { Mistake(reason: reason, offset: place) }

  func follows(_ word: String) -> Bool {
    text[place...].starts(with: word.unicodeScalars)
  }

  mutating func take(_ word: String) -> Bool {
    guard follows(word) else { return false }
    place += word.unicodeScalars.count
    return true
  }

  // MARK: Sequences

  mutating func alternation() throws(Mistake) -> PatternSyntax {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.mostDepth else { throw mistake("groups are nested too deeply") }
    var branches: [PatternSyntax] = [try sequence()]
    while take("|") { branches.append(try sequence()) }
    return branches.count == 1 ? branches[0] : .alternation(branches)
  }

  private mutating func sequence() throws(Mistake) -> PatternSyntax {
    var parts: [PatternSyntax] = []
    while place < text.count, text[place] != "|", text[place] != ")" {
      if isSpaced, skipSpace() { continue }
      if take("\\Q") {
        let first = parts.count
        while place < text.count, !take("\\E") {
          parts.append(.literal(text[place]))
          place += 1
        }
        if parts.count > first { parts.append(try repeated(parts.removeLast())) }
        continue
      }
      if dialect == .pcre, take("\\E") { continue }
      let atom = try atom()
      parts.append(try repeated(atom))
    }
    return parts.count == 1 ? parts[0] : .sequence(parts)
  }

  private mutating func skipSpace() -> Bool {
    if text[place].properties.isWhitespace {
      place += 1
      return true
    }
    guard text[place] == "#" else { return false }
    while place < text.count, text[place] != "\n" { place += 1 }
    return true
  }

  private mutating func repeated(_ atom: PatternSyntax) throws(Mistake) -> PatternSyntax {
    var result = atom
    var count = 0
    while true {
      if isSpaced { while place < text.count, skipSpace() {} }
      guard let (min, max) = try quantifier() else { return result }
      if dialect == .go, count > 0 { throw mistake("a repetition of a repetition") }
      if case .other = atom, dialect == .go { throw mistake("a repetition behind flags") }
      let isLazy = take("?")
      if dialect == .pcre { _ = take("+") }
      result = .repetition(result, min: min, max: max, isLazy: isLazy)
      if dialect == .go, result.mostCopies > Self.mostCopies {
        throw mistake("more than \(Self.mostCopies) repetitions, within each other")
      }
      count += 1
    }
  }

  // MARK: Atoms

  private mutating func atom() throws(Mistake) -> PatternSyntax {
    let scalar = text[place]
    switch scalar {
    case "(": return try group()
    case "[": return .set(try characterClass())
    case ".":
      place += 1
      return .set(
        .init(text: ".", holdsLineFeed: flags.dotIsAny, isLineFeed: false, isWide: true))
    case "^", "$":
      place += 1
      if dialect == .go, !flags.seesLines { return .assertion(scalar == "^" ? "\\A" : "\\z") }
      return .assertion(String(scalar))
    case "{" where dialect == .go:
      guard try quantifier() == nil else { throw mistake("nothing to repeat") }
      place += 1
      return .literal(scalar)
    case "*", "+", "?":
      throw mistake("nothing to repeat")
    case "\\": return try escape()
    default:
      place += 1
      return .literal(scalar)
    }
  }

  func string(_ range: Range<Int>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: text[range])
    return String(view)
  }
}
