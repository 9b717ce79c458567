internal import WeirCore

/// A JWT: "`'eyJ' base64url{9,2048} '.' base64url{12,24}` and the rest."
struct TokenReading {
  private static let base64url = Alphabet.named["base64url"]!

  let header: Range<Int>
  let payload: Range<Int>
  let openingEnd: Int
  let end: Int

  init?(_ text: [UInt8], at start: Int) {
    func run(_ from: Int, atMost: Int = .max) -> Int {
      var end = from
      while end < text.count, end - from < atMost, Self.base64url.contains(text[end]) { end += 1 }
      return end
    }
    guard text[start...].starts(with: Array("eyJ".utf8)) else { return nil }
    let dot = run(start + 3, atMost: 2048)
    guard dot - start - 3 >= 9, dot < text.count, text[dot] == UInt8(ascii: ".") else { return nil }
    header = start..<dot
    openingEnd = run(dot + 1, atMost: 24)
    payload = dot + 1..<openingEnd
    guard payload.count >= 12 else { return nil }
    // "goes on through base64url, and through up to 3 more dots, each followed by base64url"
    var end = run(openingEnd)
    for _ in 0..<3 where end < text.count && text[end] == UInt8(ascii: ".") {
      let next = run(end + 1)
      if next == end + 1 { break }
      end = next
    }
    self.end = end
  }
}
