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

  private let text: [Unicode.Scalar]
  private let dialect: Dialect
  private var place = 0
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

  private func mistake(_ reason: String) -> Mistake { Mistake(reason: reason, offset: place) }

  private func follows(_ word: String) -> Bool {
    text[place...].starts(with: word.unicodeScalars)
  }

  private mutating func take(_ word: String) -> Bool {
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

  private func string(_ range: Range<Int>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: text[range])
    return String(view)
  }
}

// Escapes and classes.
extension PatternParser {
  private enum Escape {
    case scalar(Unicode.Scalar)
    case set(PatternSyntax.CharacterSet)
    case assertion(String)
    case other(String)
  }

  private mutating func escape() throws(Mistake) -> PatternSyntax {
    switch try readEscape(inClass: false) {
    case .scalar(let scalar): .literal(scalar)
    case .set(let set): .set(set)
    case .assertion(let text): .assertion(text)
    case .other(let text): .other(text)
    }
  }

  /// What Go's `\s` is: PCRE2 counts the vertical tab in.
  private static let goSpace = "\\t\\n\\f\\r "

  private mutating func readEscape(inClass: Bool) throws(Mistake) -> Escape {
    let start = place
    place += 1
    guard place < text.count else { throw mistake("a \\ at the end") }
    let scalar = text[place]
    place += 1
    func set(_ text: String, lineFeed: Bool, isWide: Bool) -> Escape {
      .set(.init(text: text, holdsLineFeed: lineFeed, isLineFeed: false, isWide: isWide))
    }
    let isGo = dialect == .go
    switch scalar {
    case "n": return .scalar("\n")
    case "r": return .scalar("\r")
    case "t": return .scalar("\t")
    case "f": return .scalar("\u{C}")
    case "a": return .scalar("\u{7}")
    case "v" where isGo: return .scalar("\u{B}")
    case "s":
      let space = isGo ? (inClass ? Self.goSpace : "[\(Self.goSpace)]") : "\\s"
      return set(space, lineFeed: true, isWide: false)
    case "S":
      let text = isGo ? (inClass ? "\\S\\x0b" : "[^\(Self.goSpace)]") : "\\S"
      return set(text, lineFeed: false, isWide: true)
    case "d", "w": return set("\\\(scalar)", lineFeed: false, isWide: false)
    case "D", "W": return set("\\\(scalar)", lineFeed: true, isWide: true)
    case "p", "P": return try property(from: start)
    case "x": return .scalar(try hexadecimal())
    case "0"..."7":
      return try octal(scalar)
    case "b", "B", "A", "z":
      if inClass {
        guard !isGo, scalar == "b" else { throw mistake("an escape that no class may hold") }
        return .scalar("\u{8}")
      }
      return .assertion("\\\(scalar)")
    default: return try otherEscape(scalar, from: start)
    }
  }

  private mutating func otherEscape(
    _ scalar: Unicode.Scalar, from start: Int
  ) throws(Mistake) -> Escape {
    if scalar.isASCII, !scalar.properties.isAlphabetic, !("0"..."9").contains(scalar) {
      return .scalar(scalar)
    }
    if dialect == .go {
      place = start
      throw mistake("an escape that Go does not know")
    }
    switch scalar {
    case "Z", "G", "K": return .assertion("\\\(scalar)")
    case "e": return .scalar("\u{1B}")
    case "c" where place < text.count:
      place += 1
      return .scalar(Unicode.Scalar((UInt8(truncatingIfNeeded: text[place - 1].value) & 0x1F)))
    case "R", "v", "H", "V", "h", "N", "X":
      return .set(
        .init(
          text: "\\\(scalar)", holdsLineFeed: scalar != "h" && scalar != "N" && scalar != "V",
          isLineFeed: false, isWide: true))
    default: return .other(string(start..<place))
    }
  }

  private mutating func property(from start: Int) throws(Mistake) -> Escape {
    guard place < text.count else { throw mistake("a property without its name") }
    if text[place] == "{" {
      guard let end = text[place...].firstIndex(of: "}") else {
        throw mistake("a property without its }")
      }
      place = end + 1
    } else {
      place += 1
    }
    return .set(
      .init(
        text: string(start..<place), holdsLineFeed: text[start + 1] == "P", isLineFeed: false,
        isWide: true))
  }

  private mutating func hexadecimal() throws(Mistake) -> Unicode.Scalar {
    var digits = ""
    if take("{") {
      while place < text.count, text[place] != "}" {
        digits.unicodeScalars.append(text[place])
        place += 1
      }
      guard take("}") else { throw mistake("a number without its }") }
    } else {
      while place < text.count, digits.count < 2, text[place].properties.isASCIIHexDigit {
        digits.unicodeScalars.append(text[place])
        place += 1
      }
      if dialect == .go, digits.count < 2 { throw mistake("two hex digits follow \\x") }
    }
    guard let value = UInt32(digits.isEmpty ? "0" : digits, radix: 16),
      let scalar = Unicode.Scalar(value)
    else { throw mistake("no character has this number") }
    return scalar
  }

  /// Up to three digits. In Go a single one that is not 0 would be a reference, which it has not; in PCRE2 what it is depends on the groups.
  private mutating func octal(_ first: Unicode.Scalar) throws(Mistake) -> Escape {
    var digits = String(first)
    while place < text.count, digits.count < 3, ("0"..."7").contains(text[place]) {
      digits.unicodeScalars.append(text[place])
      place += 1
    }
    if first != "0", digits.count == 1 || dialect == .pcre && digits.count == 2 {
      if dialect == .go { throw mistake("what Go does not know: a reference to a group") }
      return .other("\\\(digits)")
    }
    return .scalar(Unicode.Scalar(UInt32(digits, radix: 8) ?? 0) ?? "\0")
  }

  private mutating func characterClass() throws(Mistake) -> PatternSyntax.CharacterSet {
    place += 1
    let isNegated = take("^")
    var items = ""
    var holdsLineFeed = false
    var onlyLineFeed = true
    var isWide = false
    var isFirst = true
    while place < text.count, isFirst || text[place] != "]" {
      isFirst = false
      if follows("[:"), let end = posixEnd() {
        let name = string(place..<end)
        place = end
        items += name
        onlyLineFeed = false
        let isInverse = name.hasPrefix("[:^")
        if isInverse { isWide = true }
        if ["space", "cntrl", "ascii"].contains(where: name.contains) != isInverse {
          holdsLineFeed = true
        }
        continue
      }
      guard let low = try classItem(&items, &holdsLineFeed, &onlyLineFeed, &isWide) else {
        continue
      }
      var high = low
      if follows("-"), place + 1 < text.count, text[place + 1] != "]" {
        let before = place
        place += 1
        var ignored = ""
        if let end = try classItem(&ignored, &holdsLineFeed, &onlyLineFeed, &isWide) {
          high = end
        } else {
          // `\w-\d`: the dash is one of them.
          place = before
        }
      }
      if high < low { throw mistake("a range from high to low") }
      items += Self.escaped(low, inClass: true)
      if high != low { items += "-" + Self.escaped(high, inClass: true) }
      if low <= "\n" && "\n" <= high { holdsLineFeed = true }
      if low != "\n" || high != "\n" { onlyLineFeed = false }
      if high.value > 0x7F { isWide = true }
    }
    guard take("]") else { throw mistake("a class without its ]") }
    return .init(
      text: "[" + (isNegated ? "^" : "") + items + "]",
      holdsLineFeed: holdsLineFeed != isNegated, isLineFeed: onlyLineFeed && !isNegated,
      isWide: isWide || isNegated)
  }

  private func posixEnd() -> Int? {
    guard let end = text[place...].firstIndex(of: "]"), end > place + 2, text[end - 1] == ":" else {
      return nil
    }
    return end + 1
  }

  /// - Returns: the character; nil for a set, which is added.
  private mutating func classItem(
    _ items: inout String, _ holdsLineFeed: inout Bool, _ onlyLineFeed: inout Bool,
    _ isWide: inout Bool
  ) throws(Mistake) -> Unicode.Scalar? {
    let scalar = text[place]
    guard scalar == "\\" else {
      place += 1
      return scalar
    }
    switch try readEscape(inClass: true) {
    case .scalar(let scalar): return scalar
    case .set(let set):
      items += set.text
      holdsLineFeed = holdsLineFeed || set.holdsLineFeed
      isWide = isWide || set.isWide
      onlyLineFeed = false
      return nil
    case .assertion(let text), .other(let text):
      items += text
      onlyLineFeed = false
      return nil
    }
  }

  /// A character as PCRE2 reads it as itself.
  package static func escaped(_ scalar: Unicode.Scalar, inClass: Bool) -> String {
    let special = inClass ? "\\]^-[" : "\\^$.|?*+()[]{}"
    switch scalar {
    case "\n": return "\\n"
    case "\r": return "\\r"
    case "\t": return "\\t"
    case _ where special.unicodeScalars.contains(scalar): return "\\\(scalar)"
    case _ where scalar.value < 0x20 || scalar.value == 0x7F:
      return "\\x" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
    default: return String(scalar)
    }
  }
}
