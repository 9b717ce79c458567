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
  private var isSpaced = false
  /// A dot is a line feed too: `(?s)`.
  private var dotIsAny = false

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

  private mutating func alternation() throws(Mistake) -> PatternSyntax {
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
        while place < text.count, !take("\\E") {
          parts.append(.literal(text[place]))
          place += 1
        }
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
      guard let (min, max) = quantifier() else { return result }
      if dialect == .go, count > 0 { throw mistake("a repetition of a repetition") }
      if case .other = atom, dialect == .go { throw mistake("nothing to repeat") }
      let isLazy = take("?")
      if dialect == .pcre { _ = take("+") }
      result = .repetition(result, min: min, max: max, isLazy: isLazy)
      count += 1
    }
  }

  private mutating func quantifier() -> (min: Int, max: Int?)? {
    if take("*") { return (0, nil) }
    if take("+") { return (1, nil) }
    if take("?") { return (0, 1) }
    guard follows("{"), let end = text[place...].firstIndex(of: "}") else { return nil }
    var view = String.UnicodeScalarView()
    view.append(contentsOf: text[(place + 1)..<end])
    let bounds = String(view).split(separator: ",", omittingEmptySubsequences: false)
    guard bounds.count <= 2, let min = Int(bounds[0]), bounds[0].first?.isNumber ?? false else {
      return nil
    }
    var max: Int? = min
    if bounds.count == 2 {
      max = Int(bounds[1])
      guard max != nil || bounds[1].isEmpty else { return nil }
    }
    place = end + 1
    return (min, max)
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
        .init(text: ".", holdsLineFeed: dotIsAny, isLineFeed: false, isWide: true))
    case "^", "$":
      place += 1
      return .assertion(String(scalar))
    case "*", "+", "?":
      throw mistake("nothing to repeat")
    case "\\": return try escape()
    default:
      place += 1
      return .literal(scalar)
    }
  }

  private mutating func group() throws(Mistake) -> PatternSyntax {
    let start = place
    let (spaced, any) = (isSpaced, dotIsAny)
    place += 1
    if follows("*") || follows("?#") || follows("?(") || follows("?R") || follows("?&")
      || follows("?C") || follows("?0")
    {
      guard dialect == .pcre else { throw mistake("what Go does not know follows (") }
      return try passOver(from: start)
    }
    var isFlags = false
    if take("?") {
      if take("P<") || (follows("<") && !follows("<=") && !follows("<!")) || take("'") {
        while place < text.count, text[place] != ">", text[place] != "'" { place += 1 }
        guard place < text.count else { throw mistake("a group's name has no end") }
        place += 1
      } else if take("=") || take("!") || take("<=") || take("<!") || take(">") || take("|") {
        if dialect == .go { throw mistake("what Go does not know: looking around, or atomic") }
      } else {
        isFlags = try flags()
      }
    }
    let opening = string(start..<place)
    if isFlags { return .other(opening) }
    let inner = try alternation()
    guard take(")") else { throw mistake("a group without its )") }
    (isSpaced, dotIsAny) = (spaced, any)
    return .group(opening: opening, inner)
  }

  /// Reads `i)` or `i-s:`.
  ///
  /// - Returns: whether they hold from here on.
  private mutating func flags() throws(Mistake) -> Bool {
    var isOn = true
    let known: Set<Unicode.Scalar> =
      dialect == .go ? ["i", "m", "s", "U"] : Set("imsUJnxr^aDSWTP".unicodeScalars)
    while place < text.count {
      let flag = text[place]
      place += 1
      switch flag {
      case ")": return true
      case ":": return false
      case "-": isOn = false
      case "s": dotIsAny = isOn
      case "x" where dialect == .pcre: isSpaced = isOn
      default:
        guard known.contains(flag) else {
          place -= 1
          throw mistake("an unknown flag or group")
        }
      }
    }
    throw mistake("a group without its )")
  }

  /// Past all up to the `)` that belongs to the group.
  private mutating func passOver(from start: Int) throws(Mistake) -> PatternSyntax {
    var open = 1
    while place < text.count, open > 0 {
      switch text[place] {
      case "\\": place += 1
      case "(": open += 1
      case ")": open -= 1
      default: break
      }
      place += 1
    }
    guard open == 0, place <= text.count else { throw mistake("a group without its )") }
    return .other(string(start..<place))
  }

  func string(_ range: Range<Int>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: text[range])
    return String(view)
  }
}
