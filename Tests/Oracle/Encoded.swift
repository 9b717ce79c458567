internal import WeirCore

/// A run of encoded text, decoded as a whole.
struct DecodedText {
  let coding: Coding
  var bytes: [UInt8] = []
  /// Of each byte the characters that have a bit of it.
  var characters: [Range<Int>] = []

  func text(of range: Range<Int>) -> Range<Int> {
    characters[range.lowerBound].lowerBound..<characters[range.upperBound - 1].upperBound
  }

  mutating func append(_ byte: UInt8, _ range: Range<Int>) {
    bytes.append(byte)
    characters.append(range)
  }

  /// All runs of the text, at all alignments.
  static func all(of text: [UInt8], as coding: Coding) -> [DecodedText] {
    switch coding {
    case .base64: (0..<4).flatMap { base64(text, shift: $0) }
    case .hex: (0..<2).flatMap { hex(text, shift: $0, behind: "", as: .hex) }
    case .percent: (0..<3).flatMap { hex(text, shift: $0, behind: "%", as: .percent) }
    case .json: (0..<6).flatMap { hex(text, shift: $0, behind: "\\u00", as: .json) }
    case .utf16: (0..<2).flatMap { utf16(text, shift: $0) }
    }
  }

  private static let standard = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  private static let forURLs = standard.dropLast(2) + "-_".utf8
  private static let sixBits: [Int?] = (UInt8.min...UInt8.max).map { byte in
    standard.firstIndex(of: byte) ?? forURLs.firstIndex(of: byte)
  }
  private static let fourBits: [Int?] = (UInt8.min...UInt8.max).map { byte in
    Array("0123456789abcdef".utf8).firstIndex(of: lowerCase(byte))
  }

  static func isCharacter(_ byte: UInt8, of coding: Coding) -> Bool {
    switch coding {
    case .base64: sixBits[Int(byte)] != nil
    case .hex: fourBits[Int(byte)] != nil
    case .utf16: byte == 0
    case .percent: byte == UInt8(ascii: "%") || fourBits[Int(byte)] != nil
    case .json: "\\u".utf8.contains(byte) || fourBits[Int(byte)] != nil
    }
  }

  /// "Four characters are three bytes": whole quartets and what is left of one, padded with what is
  /// not there.
  private static func base64(_ text: [UInt8], shift: Int) -> [DecodedText] {
    var runs: [DecodedText] = []
    var run = DecodedText(coding: .base64)
    var quartet = shift - 4
    while quartet < text.count {
      let digits = (quartet..<quartet + 4).map {
        text.indices.contains($0) ? sixBits[Int(text[$0])] : nil
      }
      let bits = digits.reduce(0) { $0 << 6 | ($1 ?? 0) }
      for place in 0..<3 {
        if digits[place] != nil, digits[place + 1] != nil {
          run.append(
            UInt8(bits >> (16 - 8 * place) & 255), quartet + place..<quartet + place + 2)
        } else {
          runs.append(run)
          run = DecodedText(coding: .base64)
        }
      }
      quartet += 4
    }
    return (runs + [run]).filter { !$0.bytes.isEmpty }
  }

  /// "Two hex digits are a byte", behind an escape or none.
  private static func hex(
    _ text: [UInt8], shift: Int, behind escape: String, as coding: Coding
  ) -> [DecodedText] {
    var runs: [DecodedText] = []
    var run = DecodedText(coding: coding)
    let width = escape.utf8.count + 2
    for place in stride(from: shift, to: text.count, by: width) {
      let unit = text[place...].prefix(width)
      if unit.count == width, unit.starts(with: escape.utf8),
        let high = fourBits[Int(text[place + width - 2])],
        let low = fourBits[Int(text[place + width - 1])]
      {
        run.append(UInt8(high * 16 + low), place..<place + width)
      } else {
        runs.append(run)
        run = DecodedText(coding: coding)
      }
    }
    return (runs + [run]).filter { !$0.bytes.isEmpty }
  }

  /// "Every second byte, with a NUL between each two."
  private static func utf16(_ text: [UInt8], shift: Int) -> [DecodedText] {
    var runs: [DecodedText] = []
    var run = DecodedText(coding: .utf16)
    for place in stride(from: shift, to: text.count, by: 2) {
      if place >= 2, text[place - 1] != 0 {
        runs.append(run)
        run = DecodedText(coding: .utf16)
      }
      run.append(text[place], place..<place + 1)
    }
    return (runs + [run]).filter { !$0.bytes.isEmpty }
  }
}

extension Oracle {
  private static let encodedPacks: Set = ["ai", "cloud", "keys", "vcs"]
  private static let historyBytes = 24

  /// "The characters of a byte": so many bytes are held as fit into what is held of plain text.
  private static func byteWidth(_ coding: Coding) -> Int {
    switch coding {
    case .base64, .hex, .utf16: 2
    case .percent: 3
    case .json: 6
    }
  }

  /// "Which forms are looked for encoded."
  static func isEncoded(_ writing: Writing, of rule: RuleDefinition) -> Bool {
    let fewest: Int
    switch rule.encoded {
    case false?: return false
    case true?: fewest = 3
    case nil:
      fewest = 4
      if rule.isArmed || encodedPacks.isDisjoint(with: rule.packs) { return false }
    }
    return writing.leadingLiteralBytes >= fewest && !writing.isToken
  }

  /// "Encoded matches."
  func encodedMatches(in text: [UInt8]) -> [Match] {
    var result: [Match] = []
    for coding in Coding.allCases {
      for run in DecodedText.all(of: text, as: coding) where run.bytes.count >= 3 {
        for (rule, writing) in encoded {
          result += matches(of: rule, as: writing, in: run, of: text)
        }
      }
    }
    return result
  }

  private func matches(
    of rule: Int, as writing: Writing, in run: DecodedText, of text: [UInt8]
  ) -> [Match] {
    let holdBytes = holdBytes / Self.byteWidth(run.coding)
    guard writing.heldBytes <= holdBytes else { return [] }
    let first = writing.firstBytes
    let needsEdge = !first.isDisjoint(with: .word)
    return run.bytes.indices.compactMap { place -> Match? in
      guard first.contains(run.bytes[place]) else { return nil }
      if needsEdge, !LeftEdge.isEdge(run.bytes, place) { return nil }
      guard
        let reading = writing.read(
          run.bytes, at: place, holdBytes: holdBytes, blockBytes: holdBytes),
        !isBehindMask(place, in: run, of: text),
        !hasMask(place..<(reading.openingEnd ?? reading.end), in: run, of: text),
        var match = keep(reading, of: rule, as: writing, in: run.bytes)
      else { return nil }
      match.secret = run.text(of: match.secret)
      match.via = [run.coding]
      return match
    }
  }

  /// "Nor does one begin behind a mask that ends within the 24 bytes of its run before it."
  private func isBehindMask(_ place: Int, in run: DecodedText, of text: [UInt8]) -> Bool {
    let first = run.characters[max(place - Self.historyBytes, 0)].lowerBound
    let start = run.characters[place].lowerBound
    for headEnd in text.indices where Mask.ends(in: text, at: headEnd) {
      if headEnd - Mask.head.count < start, start < headEnd { return true }
      if headEnd > start { continue }
      var end = headEnd
      while end < start, Mask.mayHold(text[end]) { end += 1 }
      if end >= first { return true }
    }
    func endsInStars(_ end: Int) -> Bool {
      end >= 8 && text[end - 8..<end].allSatisfy { $0 == UInt8(ascii: "*") }
    }
    if (first...start).contains(where: endsInStars) { return true }
    for back in 1..<Self.byteWidth(run.coding) where first >= back {
      guard DecodedText.isCharacter(text[first - back], of: run.coding) else { break }
      if endsInStars(first - back) { return true }
    }
    return false
  }

  /// "A mask begins in its text, or in the characters of up to 14 bytes behind it that go on with the run,
  /// or at the one that ends it."
  private func hasMask(_ range: Range<Int>, in run: DecodedText, of text: [UInt8]) -> Bool {
    let characters = run.text(of: range)
    if Mask.begins(in: text, characters) { return true }
    for distance in 0...14 * Self.byteWidth(run.coding) {
      let place = characters.upperBound + distance
      guard place < text.count else { return false }
      if Mask.stands(in: text, at: place, notBefore: place) { return true }
      let isSecondByte = run.coding == .utf16 && distance % 2 == 1
      if !isSecondByte, !DecodedText.isCharacter(text[place], of: run.coding) { return false }
    }
    return false
  }
}
