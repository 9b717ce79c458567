// How often: `*`, `{2,5}`.
extension PatternParser {
  /// Of Go, also of repetitions in each other multiplied.
  static let mostCopies = 1000

  /// - Returns: nil where none stands, or what looks like one and is text.
  mutating func quantifier() throws(Mistake) -> (min: Int, max: Int?)? {
    if take("*") { return (0, nil) }
    if take("+") { return (1, nil) }
    if take("?") { return (0, 1) }
    guard follows("{"), let end = text[place...].firstIndex(of: "}") else { return nil }
    let bounds = string((place + 1)..<end).split(separator: ",", omittingEmptySubsequences: false)
    guard bounds.count <= 2, isNumber(bounds[0]) else { return nil }
    let hasEnd = bounds.count == 1 || !bounds[1].isEmpty
    guard !hasEnd || isNumber(bounds[bounds.count - 1]) else { return nil }
    let (min, max) = (Int(bounds[0]), Int(bounds[bounds.count - 1]))
    if dialect == .go {
      guard let min, min <= Self.mostCopies, !hasEnd || (max ?? .max) <= Self.mostCopies else {
        throw mistake("a repetition of more than \(Self.mostCopies)")
      }
      if hasEnd, max ?? 0 < min { throw mistake("a repetition from more to less") }
    }
    guard let min, !hasEnd || max != nil else { return nil }
    place = end + 1
    return (min, hasEnd ? max : nil)
  }

  private func isNumber(_ text: Substring) -> Bool {
    guard !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return false }
    return dialect == .pcre || text.count == 1 || text.first != "0"
  }
}

extension PatternSyntax {
  /// Of what it repeats most often, how often; what stands side by side does not add up.
  var mostCopies: Int {
    switch self {
    case .literal, .set, .assertion, .other: 1
    case .group(_, let inner): inner.mostCopies
    case .repetition(let inner, let min, let max, _): inner.mostCopies * Swift.max(min, max ?? 0, 1)
    case .sequence(let parts), .alternation(let parts): parts.map(\.mostCopies).max() ?? 1
    }
  }
}
