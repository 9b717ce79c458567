// What a parenthesis opens.
extension PatternParser {
  mutating func group() throws(Mistake) -> PatternSyntax {
    let start = place
    let (spaced, before) = (isSpaced, flags)
    place += 1
    if follows("*") || follows("?#") || follows("?(") || follows("?R") || follows("?&")
      || follows("?C") || follows("?0")
    {
      guard dialect == .pcre else { throw mistake("what Go does not know follows (") }
      return try passOver(from: start)
    }
    var isFlags = false
    if take("?") {
      if take("P<") || (follows("<") && !follows("<=") && !follows("<!")) || follows("'") {
        try groupName()
      } else if take("=") || take("!") || take("<=") || take("<!") || take(">") || take("|") {
        if dialect == .go { throw mistake("what Go does not know: looking around, or atomic") }
      } else {
        isFlags = try setFlags()
      }
    }
    var opening = string(start..<place)
    // Nothing asks for a group's name, and PCRE2 knows fewer of them.
    if dialect == .go, opening.hasSuffix(">") { opening = "(" }
    if isFlags { return .other(opening) }
    let inner = try alternation()
    guard take(")") else { throw mistake("a group without its )") }
    (isSpaced, flags) = (spaced, before)
    return .group(opening: opening, inner)
  }

  /// Behind `(?P<` or `(?`.
  private mutating func groupName() throws(Mistake) {
    if dialect == .go, follows("'") { throw mistake("an unknown flag or group") }
    if follows("<") || follows("'") { place += 1 }
    let start = place
    while place < text.count, text[place] != ">", text[place] != "'" { place += 1 }
    guard place < text.count else { throw mistake("a group's name has no end") }
    if dialect == .go {
      let name = string(start..<place)
      guard !name.isEmpty, name.utf8.allSatisfy(Self.isOfName) else {
        throw mistake("a group's name has letters, digits and _")
      }
      guard names.insert(name).inserted else { throw mistake("two groups of one name") }
    }
    place += 1
  }

  private static func isOfName(_ byte: UInt8) -> Bool {
    let scalar = Unicode.Scalar(byte)
    return scalar == "_" || scalar.properties.isAlphabetic && byte < 0x80
      || ("0"..."9").contains(scalar)
  }

  /// Reads `i)` or `i-s:`.
  ///
  /// - Returns: whether they hold from here on.
  private mutating func setFlags() throws(Mistake) -> Bool {
    var (isOn, isStated) = (true, true)
    let known: Set<Unicode.Scalar> =
      dialect == .go ? ["i", "m", "s", "U"] : Set("imsUJnxr^aDSWTP".unicodeScalars)
    while place < text.count {
      let flag = text[place]
      place += 1
      switch flag {
      case ")" where isStated, ":" where isStated: return flag == ")"
      case "-" where isOn || dialect == .pcre:
        (isOn, isStated) = (false, dialect == .pcre)
        continue
      case "s": flags.dotIsAny = isOn
      case "i":
        flags.isFolding = isOn
        folds = folds || isOn
      case "m": flags.seesLines = isOn
      case "x" where dialect == .pcre: isSpaced = isOn
      default:
        guard known.contains(flag) else {
          place -= 1
          throw mistake("an unknown flag or group")
        }
      }
      isStated = true
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
}
