/// A word of a phrase, and what may stand between two: `docs/design/0001-what-a-finding-is.md`, §3.
///
/// Bound: a word and the gap before it are at most 45 bytes, and nothing further is looked at.
struct PhraseWord: BitwiseCopyable {
  enum Spelling: UInt8, BitwiseCopyable { case lower, capitalised, upper }

  enum Answer<Value> {
    case yes(Value)
    case no
    case needsMore
  }

  static let fewestLetters = 3
  static let mostGapBytes: UInt64 = 32
  private static let mostNumberDigits = 2

  let start: UInt64
  let end: UInt64
  let spelling: Spelling
  let letters: WordLetters

  /// The word that begins at `start`.
  static func at(_ start: UInt64, in view: View) -> Answer<PhraseWord> {
    var end = start
    while end < view.end, isLetter(view[end]) {
      end += 1
      if end - start > UInt64(WordLetters.most) { return .no }
    }
    if end == view.end {
      if !view.isFinal { return .needsMore }
    } else if Edge.isWord(view[end]) {
      return .no
    } else if view[end] == UInt8(ascii: "*") {
      switch stars(at: end, in: view) {
      case .yes: return .no
      case .needsMore: return .needsMore
      case .no: break
      }
    }
    return of(start..<end, in: view).map(Answer.yes) ?? .no
  }

  /// The word that these letters are; nil when they are too few or in no one case.
  static func of(_ range: Range<UInt64>, in view: View) -> PhraseWord? {
    guard (fewestLetters...WordLetters.most).contains(range.count) else { return nil }
    var letters = WordLetters()
    var capitals = 0
    for index in 0..<range.count {
      let byte = view[range.lowerBound + UInt64(index)]
      if byte & 0x20 == 0 { capitals += 1 }
      letters.set(byte | 0x20, at: index)
    }
    let spelling: Spelling
    switch capitals {
    case 0: spelling = .lower
    case 1 where view[range.lowerBound] & 0x20 == 0: spelling = .capitalised
    case range.count: spelling = .upper
    default: return nil
    }
    return PhraseWord(
      start: range.lowerBound, end: range.upperBound, spelling: spelling, letters: letters)
  }

  /// Where the next word begins behind the one that ends at `end`: separators, perhaps a number and more of them.
  static func gap(behind end: UInt64, in view: View) -> Answer<UInt64> {
    let limit = end + mostGapBytes
    var place = end
    var hasNumber = false
    while place < view.end {
      let byte = view[place]
      if isLetter(byte) { return place > end ? .yes(place) : .no }
      if place >= limit { return .no }
      if isSeparator(byte) {
        place += 1
      } else if byte == UInt8(ascii: "\\") {
        while place < view.end, view[place] == UInt8(ascii: "\\") {
          place += 1
          if place >= limit { return .no }
        }
        guard place < view.end else { break }
        guard isEscaped(view[place]) else { return .no }
        place += 1
      } else if isDigit(byte) {
        guard place > end, !hasNumber else { return .no }
        hasNumber = true
        let first = place
        while place < view.end, isDigit(view[place]) {
          place += 1
          if place - first > mostNumberDigits || place >= limit { return .no }
        }
        guard place < view.end else { break }
        guard isNumberSign(view[place]) else { return .no }
        place += 1
      } else {
        return .no
      }
    }
    return view.isFinal ? .no : .needsMore
  }

  /// The word behind the one that ends at `end`.
  static func behind(_ end: UInt64, in view: View) -> Answer<PhraseWord> {
    switch gap(behind: end, in: view) {
    case .yes(let start): at(start, in: view)
    case .no: .no
    case .needsMore: .needsMore
    }
  }

  /// Between `start` and a word of the list before it, or what masks one, is a gap only: a phrase has begun before.
  ///
  /// - Parameter floor: what begins before it does not count.
  static func isJoined(
    _ start: UInt64, to list: WordList, notBefore floor: UInt64, in view: View
  ) -> Bool {
    let least = max(floor, view.start)
    var end = start
    while end > least, !isLetter(view[end - 1]) || isEscapeLetter(end - 1, in: view) {
      if view[end - 1] == UInt8(ascii: "*") { break }
      end -= isLetter(view[end - 1]) ? 2 : 1
      if end + mostGapBytes < start { return false }
    }
    guard end > least, end < start, case .yes(start) = gap(behind: end, in: view) else {
      return false
    }
    if view[end - 1] == UInt8(ascii: "*") {
      let count = UInt64(MaskText.stars.count)
      return end >= least + count && view.hasSuffix(MaskText.stars, at: end)
    }
    var first = end
    while first > view.start, isLetter(view[first - 1]) {
      first -= 1
      if end - first > UInt64(WordLetters.most) + 1 { return false }
    }
    func isWord(from first: UInt64) -> Bool {
      guard first >= least, first < end, let word = of(first..<end, in: view) else { return false }
      return list.index(of: word.letters) != nil
    }
    return isWord(from: first) || isEscapeLetter(first, in: view) && isWord(from: first + 1)
  }

  /// The letter of `\n`, `\r` or `\t`.
  private static func isEscapeLetter(_ place: UInt64, in view: View) -> Bool {
    guard place > view.start, view[place - 1] == UInt8(ascii: "\\") else { return false }
    switch view[place] {
    case UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"): return true
    default: return false
    }
  }

  private static func stars(at place: UInt64, in view: View) -> Edge.Answer {
    for index in 0..<UInt64(MaskText.stars.count) {
      if place + index == view.end { return view.isFinal ? .no : .needsMore }
      if view[place + index] != UInt8(ascii: "*") { return .no }
    }
    return .yes
  }

  /// An ASCII letter.
  @inline(__always)
  private static func isLetter(_ byte: UInt8) -> Bool {
    byte.isAmong(low: 0, high: 0x07FF_FFFE_07FF_FFFE)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

  /// A blank, tab, CR, LF, comma or quote.
  private static func isSeparator(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x20, 0x09, 0x0A, 0x0D, UInt8(ascii: ","), UInt8(ascii: "\""), UInt8(ascii: "'"): true
    default: false
    }
  }

  /// What stands behind a backslash.
  private static func isEscaped(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"), UInt8(ascii: "\""),
      UInt8(ascii: "'"), 0x0A, 0x0D:
      true
    default: false
    }
  }

  private static func isNumberSign(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ".") || byte == UInt8(ascii: ")") || byte == UInt8(ascii: ":")
  }
}
