// Characters by what they are: `\p{Lu}`.
extension PatternParser {
  private static let categories: Set<String> = [
    "C", "Cc", "Cf", "Co", "Cs", "L", "Ll", "Lm", "Lo", "Lt", "Lu", "M", "Mc", "Me", "Mn", "N",
    "Nd", "Nl", "No", "P", "Pc", "Pd", "Pe", "Pf", "Pi", "Po", "Ps", "S", "Sc", "Sk", "Sm", "So",
    "Z", "Zl", "Zp", "Zs", "Any",
  ]
  private static let ofControls: Set<String> = ["C", "Cc", "Any", "Common"]
  private static let ofCases: Set<String> = ["Lu", "Ll", "Lt"]

  /// A property as Go names it: a general category, or a script. For PCRE2 a script's name alone means characters that are used with it, too.
  mutating func goProperty(isInverse: Bool) throws(Mistake) -> Escape {
    guard place < text.count else { throw mistake("a property without its name") }
    var name = string(place..<(place + 1))
    place += 1
    if name == "{" {
      guard let end = text[place...].firstIndex(of: "}") else {
        throw mistake("a property without its }")
      }
      name = string(place..<end)
      place = end + 1
    }
    var isInverse = isInverse
    if name.hasPrefix("^") {
      isInverse.toggle()
      name.removeFirst()
    }
    let isCategory = Self.categories.contains(name)
    guard isCategory || name.count > 2 && name.allSatisfy({ $0.isLetter || $0 == "_" }) else {
      throw mistake("a property that Go does not know")
    }
    let isWidened =
      flags.isFolding && (!isCategory || Self.ofCases.contains(name))
    if isWidened { foldedProperties.append("\\p{\(name)}") }
    return .set(
      .init(
        text: (isInverse ? "\\P{" : "\\p{") + (isCategory ? "" : "sc:") + name + "}",
        holdsLineFeed: Self.ofControls.contains(name) != isInverse, isLineFeed: false, isWide: true)
    )
  }
}
