internal import WeirCore

/// A key block after its BEGIN line, read over the whole text: first cut into tokens, then counted.
struct KeyBlockReading {
  static let openingBytes = 64
  static let longTokenBytes = 16
  static let mostPendingBytes = 256

  let openingEnd: Int
  let openingBody: Range<Int>
  let end: Int
  /// The digits of the body, to its end.
  let body: [UInt8]

  init?(_ text: [UInt8], formStart: Int, body: Int, holdBytes: Int) {
    let cut = KeyBlockTokens(text, from: body, behindFormAt: formStart)
    // "Complete when tokens of at least 16 bytes sum to 64; anything else before that, or 4,096
    // bytes, is no match."
    var counted = 0
    var opening: Int?
    for token in cut.tokens where opening == nil && token.bytes.count >= Self.longTokenBytes {
      let missing = Self.openingBytes - counted
      let place = max(missing, Self.longTokenBytes) - 1
      if place < token.bytes.count { opening = token.bytes[place] + 1 }
      counted += token.bytes.count
    }
    guard let opening, opening - formStart <= holdBytes, let first = cut.tokens.first?.start
    else { return nil }
    openingEnd = opening
    openingBody = first..<opening

    // What counts after the opening: where the end moves to, and how far was read just before that
    // was known.
    var counts: [(end: Int, readBefore: Int)] = []
    for token in cut.tokens {
      for place in token.bytes.dropFirst(Self.longTokenBytes - 1) where place >= opening {
        counts.append((place + 1, place))
      }
      if token.countsWhenShort, token.bytes.count < Self.longTokenBytes, token.readBefore >= opening
      {
        counts.append((token.bytes.last! + 1, token.readBefore))
      }
    }
    if let last = cut.endLine { counts.append((last, cut.isEndLinePartial ? last : last - 1)) }
    var end = opening
    for count in counts {
      // "or 256 bytes did not count": then the block had ended before.
      if count.readBefore - end > Self.mostPendingBytes { break }
      end = max(end, count.end)
    }
    self.end = end
    let own = text[formStart..<body].reversed().prefix { KeyBlockTokens.body.contains($0) }
    self.body =
      own.reversed()
      + cut.tokens.flatMap { zip($0.bytes, $0.values) }.filter { $0.0 < end }.map(\.1)
  }

  /// "One DER value": a sequence that begins with a number or a sequence, and is as long as it says.
  var isKey: Bool {
    guard let head = Base64.decode(body.prefix(8)), head.count == 6, head[0] == 0x30 else {
      return false
    }
    let content: (start: Int, count: Int)
    switch head[1] {
    case ..<0x80: content = (2, Int(head[1]))
    case 0x81: content = (3, Int(head[2]))
    case 0x82: content = (4, Int(head[2]) * 256 + Int(head[3]))
    default: return false
    }
    guard [0x02, 0x30].contains(head[content.start]) else { return false }
    let bytes = content.start + content.count
    let wholeQuartets = body.count % 4 == 0 ? body.count / 4 * 3 : 0
    return (wholeQuartets - 2...wholeQuartets).contains(bytes)
      || body.count % 4 != 1 && body.count * 3 / 4 == bytes
  }
}
