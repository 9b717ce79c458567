/// "`p` must stand behind an assignment."
enum Assignment {
  static func stands(before place: Int, in text: [UInt8]) -> Bool {
    var rest = text[..<place]
    func drop(_ most: Int, _ members: String) -> Int {
      var count = 0
      while count < most, let last = rest.last, members.utf8.contains(last) {
        rest.removeLast()
        count += 1
      }
      return count
    }
    // "past at most 3 quotes": quotes proper, and escapes that are no sign
    func dropQuotes() {
      for _ in 0..<3 where !endsInEscapedSign(rest) {
        let escape = LeftEdge.escapeBytes(rest)
        if escape > 0 {
          rest.removeLast(escape)
        } else if drop(1, "\"'`\\") == 0 {
          return
        }
      }
    }
    dropQuotes()
    // "past one authorization scheme and one blank"
    if let blank = rest.last, blank == 0x20 || blank == 0x09 {
      for scheme in ["bearer", "basic", "token"] {
        let before = rest.dropLast()
        let word = before.suffix(scheme.utf8.count)
        let behind = before.dropLast(scheme.utf8.count).last
        guard word.map(lowerCase).elementsEqual(scheme.utf8),
          behind.map({ isWordByte($0) || $0 == UInt8(ascii: "-") }) != true
        else {
          continue
        }
        rest.removeLast(1 + scheme.utf8.count)
        break
      }
    }
    // "past at most 8 blanks or tabs and again at most 3 quotes and 8 blanks"
    var blanks = drop(8, " \t")
    dropQuotes()
    blanks += drop(8, " \t")
    if let sign = rest.last, "=:>".utf8.contains(sign) { return true }
    if endsInEscapedSign(rest) { return true }
    // "or one or more blanks and before them a word of `A-Za-z0-9_-` (at most 64) that begins with
    // `-`"
    guard blanks > 0 else { return false }
    var word: [UInt8] = []
    while word.count < 64, let last = rest.last, isWordByte(last) || last == UInt8(ascii: "-") {
      word.append(last)
      rest.removeLast()
    }
    guard word.last == UInt8(ascii: "-") else { return false }
    return rest.isEmpty || " \t\n".utf8.contains(rest.last!)
  }

  /// "An escaped `=` or `:` (`%3D`, `=3A`, `\u003d`, …)"
  private static func endsInEscapedSign(_ text: ArraySlice<UInt8>) -> Bool {
    let escape = String(
      decoding: text.suffix(LeftEdge.escapeBytes(text)).map(lowerCase), as: UTF8.self)
    return ["%3d", "%3a", "=3d", "=3a", "\\u003d", "\\u003a"].contains(escape)
  }
}

func isWordByte(_ byte: UInt8) -> Bool {
  switch byte {
  case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F: true
  default: false
  }
}
