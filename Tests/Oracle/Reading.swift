internal import WeirCore

/// A form that stands in the text.
struct Reading {
  var start: Int
  var end: Int
  /// Of a tail or a long open run: the end of the opening, which decides.
  var openingEnd: Int?
  var segments: [String: Range<Int>] = [:]
  var tail: Shape.Tail?
  /// The header of a token, the payload in its opening, the body in the opening of a key block.
  var tokenHeader = 0..<0
  var tokenPayload = 0..<0
  var keyBody = 0..<0
  /// The key block is one DER value.
  var isKey = false
}

extension Writing {
  /// Matches the form at `start`: "deterministic; there is no backtracking".
  func read(
    _ text: [UInt8], at start: Int, holdBytes: Int, blockBytes: Int = 4096
  ) -> Reading? {
    var reading = Reading(start: start, end: start)
    var place = start
    var opened: [String: Int] = [:]
    let last = lastPiece
    for (index, piece) in pieces.enumerated() {
      switch piece {
      case .open(let name): opened[name] = place
      case .close(let name): reading.segments[name] = opened[name]!..<place
      case .literal(let bytes, let isCaseless):
        for byte in bytes {
          guard place < text.count else { return nil }
          let same = isCaseless ? lowerCase(text[place]) == lowerCase(byte) : text[place] == byte
          guard same else { return nil }
          place += 1
        }
      case .run(let alphabet, let min, let max):
        let first = place
        if index == last {
          let run = LastRun(alphabet: alphabet, text: text)
          while place < text.count, place - first < max ?? .max, run.has(place) { place += 1 }
        } else {
          while place < text.count, place - first < max ?? .max, alphabet.contains(text[place]) {
            place += 1
          }
        }
        if place - first < min { return nil }
        if max == nil, place - start >= holdBytes {
          reading.openingEnd = start + holdBytes
        }
      case .tail(.jwt):
        guard let token = TokenReading(text, at: place) else { return nil }
        reading.tail = .jwt
        reading.openingEnd = token.openingEnd
        reading.tokenHeader = token.header
        reading.tokenPayload = token.payload
        place = token.end
      case .tail(.keyBlock):
        guard
          let block = KeyBlockReading(
            text, formStart: start, body: place, holdBytes: blockBytes)
        else { return nil }
        reading.tail = .keyBlock
        reading.openingEnd = block.openingEnd
        reading.keyBody = block.openingBody
        reading.isKey = block.isKey
        place = block.end
      case .tail(.phrase(let kind)):
        guard let phrase = PhraseText(text, at: place, kind: kind) else { return nil }
        reading.tail = .phrase(kind)
        place = phrase.end
      }
    }
    reading.end = place
    if reading.openingEnd == nil, !hasRightEdge(text, at: place, from: start) { return nil }
    return place > start ? reading : nil
  }

  private func hasRightEdge(_ text: [UInt8], at end: Int, from start: Int) -> Bool {
    guard let last = lastPiece, let alphabet = lastAlphabet else { return true }
    switch pieces[last] {
    case .literal(let bytes, _):
      let inner = alphabet.subtracting(.rightEdges)
      guard bytes.allSatisfy(inner.contains) else { return true }
      guard end == text.count || !inner.contains(text[end]) else { return false }
    default:
      guard !LastRun(alphabet: alphabet, text: text).has(end) else { return false }
    }
    return !Mask.stands(in: text, at: end, notBefore: start)
  }
}

/// What belongs to the last run of a form.
private struct LastRun {
  let alphabet: ByteSet
  let text: [UInt8]

  /// "These five end a last run even when its alphabet has them"; "a dot in a last run's alphabet
  /// whose next byte is
  /// outside that alphabet, or the end of input, is a sentence's dot: the run ends before it."
  func has(_ place: Int) -> Bool {
    guard isMember(place) else { return false }
    return text[place] != UInt8(ascii: ".") || isMember(place + 1)
  }

  private func isMember(_ place: Int) -> Bool {
    place < text.count && alphabet.contains(text[place])
      && !ByteSet.rightEdges.contains(text[place])
  }
}

/// The texts that redaction leaves.
enum Mask {
  static let head = Array("WEIR_REDACTED".utf8)
  private static let stars = [UInt8](repeating: UInt8(ascii: "*"), count: 8)
  private static let tailBytes = ByteSet(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-")

  /// "The text that begins at the form's end, or up to 4 bytes before it, is `WEIR_REDACTED`, or
  /// the text at the form's
  /// end is 8 stars."
  static func stands(in text: [UInt8], at end: Int, notBefore start: Int) -> Bool {
    (0...4).contains { end - $0 >= start && text[(end - $0)...].starts(with: head) }
      || text[end...].starts(with: stars)
  }

  static func isContained(in text: [UInt8], _ range: Range<Int>) -> Bool {
    range.contains { place in
      place + head.count <= range.upperBound && text[place...].starts(with: head)
    }
  }

  static func mayHold(_ byte: UInt8) -> Bool { tailBytes.contains(byte) }

  static func begins(in text: [UInt8], _ range: Range<Int>) -> Bool {
    range.contains { text[$0...].starts(with: head) }
  }

  static func ends(in text: [UInt8], at end: Int) -> Bool {
    end >= head.count && text[(end - head.count)...].starts(with: head)
  }

  /// A mask, with all that may belong to it, ends behind `start` and its head at or before `place`: "no word begins in or before a mask".
  static func isBetween(_ start: Int, and place: Int, in text: [UInt8]) -> Bool {
    (0...place).contains { headEnd in
      guard ends(in: text, at: headEnd) else { return false }
      let tail = text[headEnd...].prefix { tailBytes.contains($0) }
      return start < tail.endIndex
    }
  }

  /// "`WEIR_REDACTED` and then only `A-Za-z0-9_.-` before the cue."
  static func reaches(_ place: Int, in text: [UInt8]) -> Bool {
    var end = place
    while !ends(in: text, at: end) {
      if end == 0 || !tailBytes.contains(text[end - 1]) { return false }
      end -= 1
    }
    return true
  }
}
