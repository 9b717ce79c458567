/// A class in brackets, as far as it has been read.
private struct ClassDraft {
  /// As PCRE2 reads them.
  var items = ""
  var holdsLineFeed = false
  var onlyLineFeed = true
  /// It holds more than ASCII.
  var isWide = false

  mutating func add(_ low: Unicode.Scalar, through high: Unicode.Scalar) {
    // `[:a:]` is no class of letters.
    if items.isEmpty, low == ":" || low == "." || low == "=" { items += "\\" }
    items += low.asPattern(inClass: true)
    if high != low { items += "-" + high.asPattern(inClass: true) }
    if low <= "\n" && "\n" <= high { holdsLineFeed = true }
    if low != "\n" || high != "\n" { onlyLineFeed = false }
    if high.value > 0x7F { isWide = true }
  }

  /// `[:alpha:]`, `[:^space:]`
  mutating func add(posix name: String) {
    items += name
    onlyLineFeed = false
    let isInverse = name.hasPrefix("[:^")
    if isInverse { isWide = true }
    if ["space", "cntrl", "ascii"].contains(where: name.contains) != isInverse {
      holdsLineFeed = true
    }
  }

  mutating func add(_ set: PatternSyntax.CharacterSet) {
    add(text: set.text)
    holdsLineFeed = holdsLineFeed || set.holdsLineFeed
    isWide = isWide || set.isWide
  }

  mutating func add(text: String) {
    items += text
    onlyLineFeed = false
  }
}

// Classes: `[a-z]`.
extension PatternParser {
  mutating func characterClass() throws(Mistake) -> PatternSyntax.CharacterSet {
    place += 1
    let isNegated = take("^")
    var draft = ClassDraft()
    var isFirst = true
    while place < text.count, isFirst || text[place] != "]" {
      isFirst = false
      if follows("[:"), let end = posixEnd() {
        let name = string(place..<end)
        guard dialect == .pcre || Self.isPosix(name) else {
          throw mistake("a class of a name that Go does not know")
        }
        draft.add(posix: name)
        place = end
        continue
      }
      guard let low = try classItem(&draft) else { continue }
      let high = try rangeEnd(behind: draft) ?? low
      if high < low { throw mistake("a range from high to low") }
      draft.add(low, through: high)
    }
    guard take("]") else { throw mistake("a class without its ]") }
    return .init(
      text: "[" + (isNegated ? "^" : "") + draft.items + "]",
      holdsLineFeed: draft.holdsLineFeed != isNegated,
      isLineFeed: draft.onlyLineFeed && !isNegated, isWide: draft.isWide || isNegated)
  }

  /// The last character of a range whose first was read; nil where it is none, and then what stands here is read anew.
  private mutating func rangeEnd(behind draft: ClassDraft) throws(Mistake) -> Unicode.Scalar? {
    guard follows("-"), place + 1 < text.count, text[place + 1] != "]" else { return nil }
    let before = place
    place += 1
    var ignored = draft
    if let end = try classItem(&ignored) { return end }
    if dialect == .go { throw mistake("a range that ends with a class") }
    // `\w-\d`: the dash is one of them.
    place = before
    return nil
  }

  private static let posixNames: Set<String> = [
    "alnum", "alpha", "ascii", "blank", "cntrl", "digit", "graph", "lower", "print", "punct",
    "space", "upper", "word", "xdigit",
  ]

  /// - Parameter name: `[:alpha:]` or `[:^alpha:]`
  private static func isPosix(_ name: String) -> Bool {
    let name = name.dropFirst(2).dropLast(2)
    return posixNames.contains(String(name.first == "^" ? name.dropFirst() : name))
  }

  private func posixEnd() -> Int? {
    guard let end = text[place...].firstIndex(of: "]"), end > place + 2, text[end - 1] == ":" else {
      return nil
    }
    return end + 1
  }

  /// - Returns: the character; nil for a set, which is added.
  private mutating func classItem(
    _ draft: inout ClassDraft
  ) throws(Mistake) -> Unicode.Scalar? {
    let scalar = text[place]
    guard scalar == "\\" else {
      place += 1
      return scalar
    }
    switch try readEscape(inClass: true) {
    case .scalar(let scalar): return scalar
    case .set(let set): draft.add(set)
    case .assertion(let text), .other(let text): draft.add(text: text)
    }
    return nil
  }
}
