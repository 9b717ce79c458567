public import WeirCore

/// A shape in words: `ghp_`, then 30 letters and digits, then 6 letters and digits (a checksum).
///
/// It is made from what the shape's text was read into: it says what is matched, not what is meant.
public struct ShapeWords {
  /// How the named segments are called; other names say nothing to a reader.
  private let calls: [String: String]

  /// - Parameter check: its target is called a checksum, and its source by its name.
  public init(check: CheckExpression? = nil) {
    var calls = ["secret": "the secret"]
    if let check {
      if check.source != "secret" { calls[check.source] = "*\(check.source)*" }
      if let target = check.target { calls[target] = "a checksum" }
    }
    self.calls = calls
  }

  /// The ways to write the credential, each in words.
  public func alternatives(of shape: Shape) -> [String] {
    var ways = shape.alternatives
    // A name, or brackets, around the whole tell nothing.
    while ways.count == 1, ways[0].count == 1, !ways[0][0].isOptional {
      guard case .group(let inner) = ways[0][0].atom, !Self.isUUID(ways[0][0].atom) else { break }
      ways = inner
    }
    return ways.map { way in
      var way = way
      if way.count == 1 { way[0].name = nil }
      return text(of: way)
    }
  }

  private func text(of sequence: Shape.Sequence) -> String {
    sequence.map(text).joined(separator: ", then ")
  }

  private func text(of segment: Shape.Segment) -> String {
    let words = text(of: segment.atom)
    let isCompound = Self.isCompound(segment.atom)
    let bracketed = isCompound ? "(\(words))" : words
    var result = isCompound && segment.isOptional ? bracketed : words
    if let call = segment.name.flatMap({ calls[$0] }) {
      result = isCompound ? "\(call) (\(words))" : "\(words) (\(call))"
    }
    return (segment.isOptional ? "optionally " : "") + result
  }

  private func text(of atom: Shape.Atom) -> String {
    switch atom {
    case .literal(let bytes, let isCaseless):
      return Self.pieces(of: bytes).map { Bytes.code($0, isCaseless: isCaseless) }
        .joined(separator: ", then ")
    case .run(let alphabet, let min, let max):
      return AlphabetWords(alphabet).text(least: min, greatest: max)
    case .tail(.jwt):
      return "a JSON web token"
    case .tail(.keyBlock):
      return "the lines of a key, to its END line"
    case .tail(.phrase(let kind)):
      return kind.words
    case .group where Self.isUUID(atom):
      return "a UUID"
    case .group(let ways):
      return text(ofAnyOf: ways)
    }
  }

  private func text(ofAnyOf ways: [Shape.Sequence]) -> String {
    guard ways.count > 1 else { return text(of: ways[0]) }
    let texts = ways.map { way in Self.isRow(way) ? "(\(text(of: way)))" : text(of: way) }
    if texts.count == 2 {
      return (ways.contains(where: Self.isRow) ? "either " : "") + texts.joined(separator: " or ")
    }
    return "one of " + Listing.join(texts, "or")
  }

  /// Its words hold a `then`, and would run into those around.
  private static func isRow(_ way: Shape.Sequence) -> Bool {
    way.count > 1 || isCompound(way[0].atom)
  }

  private static func isCompound(_ atom: Shape.Atom) -> Bool {
    if case .literal(let bytes, _) = atom { return pieces(of: bytes).count > 1 }
    guard case .group(let ways) = atom, !isUUID(atom) else { return false }
    return ways.count > 1 || isRow(ways[0])
  }

  /// A literal that could hold the opening of a JSON web token, parted behind its dots: a page
  /// holds nothing that is reported.
  private static func pieces(of literal: [UInt8]) -> [[UInt8]] {
    guard literal.starts(with: "eyJ".utf8) else { return [literal] }
    var pieces: [[UInt8]] = [[]]
    for byte in literal {
      if pieces.last?.last == UInt8(ascii: ".") { pieces.append([]) }
      pieces[pieces.count - 1].append(byte)
    }
    return pieces
  }

  private static func isUUID(_ atom: Shape.Atom) -> Bool { atom == uuid }

  /// What `uuid` is read into.
  private static let uuid = try? ShapeParser.parse("uuid").alternatives[0][0].atom
}
