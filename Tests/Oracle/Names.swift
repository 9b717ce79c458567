internal import WeirCore

/// "A context rule": behind the name of a credential, with one of the rule's words before.
struct Names {
  private static let reachBytes = 32
  private static let stars = [UInt8](repeating: UInt8(ascii: "*"), count: 8)
  let nouns: [[UInt8]]

  /// "Small, in capitals, or with a capital first."
  init(_ nouns: [String]) {
    self.nouns = nouns.flatMap { noun in
      [noun, noun.uppercased(), noun.prefix(1).uppercased() + noun.dropFirst()].map {
        Array($0.utf8)
      }
    }
  }

  /// The places at which values may begin: behind a name, and assigned.
  func values(in text: [UInt8]) -> [Int] {
    let zones = zones(in: text)
    return zones.isEmpty
      ? [] : text.indices.filter { place in zones.contains { $0.has(place, in: text) } }
  }

  /// The places right behind which values may stand.
  private func zones(in text: [UInt8]) -> [ZoneReading] {
    text.indices.flatMap { start in
      nouns.flatMap { ends(of: $0, from: start, in: text) }.map {
        ZoneReading(
          end: $0, withinBytes: Self.reachBytes, isOfOneLine: true, needsAssignment: true,
          text: text)
      }
    }
  }

  /// "A name ends at `e`, if the bytes before it are, from `start` on: …, and `start` is in no mask."
  private func ends(of noun: [UInt8], from start: Int, in text: [UInt8]) -> [Int] {
    func stands(_ word: [UInt8], _ following: [String]) -> Int? {
      let row = text[start...].prefix(word.count + following.count)
      guard row.count == word.count + following.count,
        row.prefix(word.count).elementsEqual(word),
        zip(row.suffix(following.count), following).allSatisfy({ $1.utf8.contains($0) })
      else { return nil }
      return row.endIndex
    }
    guard text[start] == noun[0] || text[start] == UInt8(ascii: "-") else { return [] }
    let ends = [
      stands(noun, ["=:\"'`\\>])%&"]), stands(noun, [" \t", " \t=:"]),
      stands([UInt8(ascii: "-")] + noun, [" \t"]),
    ].compactMap(\.self)
    return ends.isEmpty || Mask.reaches(start, in: text) ? [] : ends
  }

  /// "One of the rule's words stands before `p`."
  static func hasWord(
    _ words: [[[UInt8]]], before place: Int, within reach: Int, in text: [UInt8]
  ) -> Bool {
    // "Not across a line's end, and not before the end of a mask."
    let line = text[..<place].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    return (line..<place).contains { start in
      let first = lowerCase(text[start])
      guard words.contains(where: { $0[0][0] == first }), mayBegin(text, start) else {
        return false
      }
      return words.contains { word in
        ends(of: word, from: start, in: text).contains { end in
          guard end <= place, place < end + reach, mayEnd(text, start..<end) else { return false }
          return !Mask.isBetween(start, and: place, in: text)
        }
      }
    }
  }

  /// The parts of a word, in small letters.
  static func parts(of word: String) -> [[UInt8]] {
    word.utf8.split { " _-.".utf8.contains($0) }.map { $0.map(lowerCase) }
  }

  /// "Its parts follow each other, in any case, with one or none of blank `_` `-` `.` between them."
  private static func ends(of parts: [[UInt8]], from start: Int, in text: [UInt8]) -> Set<Int> {
    guard lowerCase(text[start]) == parts[0][0] else { return [] }
    var ends: Set = [start]
    for (number, part) in parts.enumerated() {
      var begins = ends
      if number > 0 {
        begins.formUnion(
          ends.filter { $0 < text.count && " _-.".utf8.contains(text[$0]) }.map { $0 + 1 })
      }
      ends = Set(
        begins.filter {
          text[$0...].prefix(part.count).elementsEqual(part) { lowerCase($0) == $1 }
        }
        .map { $0 + part.count })
    }
    return ends
  }

  /// "It begins a word, or a part of one in camel case, or behind an escape."
  private static func mayBegin(_ text: [UInt8], _ start: Int) -> Bool {
    guard start > 0 else { return true }
    // "Not behind 8 stars."
    if text[..<start].suffix(8).elementsEqual(stars) { return false }
    let before = text[start - 1]
    if !(isLetter(before) || isDigit(before)) { return true }
    return isCapital(text[start]) && !isCapital(before) || LeftEdge.endsEscape(text, start)
  }

  /// "One of fewer than five bytes is not followed by a small letter, nor behind a capital by a capital."
  private static func mayEnd(_ text: [UInt8], _ word: Range<Int>) -> Bool {
    guard word.count < 5, word.upperBound < text.count else { return true }
    let next = text[word.upperBound]
    // "Nor by 8 stars."
    if text[word.upperBound...].starts(with: stars) { return false }
    if isLetter(next), !isCapital(next) { return false }
    return !(isCapital(next) && isCapital(text[word.upperBound - 1]))
  }

  private static func isCapital(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte) }
  private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(lowerCase(byte)) }
  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
