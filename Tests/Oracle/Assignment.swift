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
    func dropQuotes() -> Int {
      var count = 0
      while count < 3, let quote = quoteAtTheEnd(of: rest) {
        rest.removeLast(quote)
        count += 1
      }
      return count
    }
    var quotes = dropQuotes()
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
    quotes += dropQuotes()
    blanks += drop(8, " \t")
    if let sign = rest.last, "=:>".utf8.contains(sign) { return true }
    if endsInEscapedSign(rest) { return true }
    // "or, if a blank or tab was passed, an option ends there"
    if blanks > 0, endsInOption(rest) { return true }
    // "or, if a quote was passed, a comma stands there, before it 1 to 3 quotes, and before these an option"
    guard quotes > 0, drop(1, ",") == 1, dropQuotes() > 0 else { return false }
    return endsInOption(rest)
  }

  /// "An *option* is `-` and up to 63 of `A-Za-z0-9_-`, at the start of input or behind a blank, tab, LF or quote."
  private static func endsInOption(_ text: ArraySlice<UInt8>) -> Bool {
    for count in 1...64 where count <= text.count {
      let option = text.suffix(count)
      guard option.allSatisfy({ isWordByte($0) || $0 == UInt8(ascii: "-") }) else { return false }
      let before = text.dropLast(count)
      let isBehindEdge =
        before.last.map { " \t\n".utf8.contains($0) } != false || quoteAtTheEnd(of: before) != nil
      if option.first == UInt8(ascii: "-"), isBehindEdge { return true }
    }
    return false
  }

  /// "A *quote* is one of `" ' `` ` `` \` or an escape of the left-edge list that is no escaped `=`, `:` or `>`."
  ///
  /// - Returns: its length.
  private static func quoteAtTheEnd(of text: ArraySlice<UInt8>) -> Int? {
    if endsInEscapedSign(text) { return nil }
    if let escape = LeftEdge.escape(endOf: text) { return escape.byteCount }
    return text.last.map { "\"'`\\".utf8.contains($0) } == true ? 1 : nil
  }

  /// "An escaped `=`, `:` or `>` (`%3D`, `=3A`, `\u003d`, `&gt;`, …)"
  private static func endsInEscapedSign(_ text: ArraySlice<UInt8>) -> Bool {
    LeftEdge.escape(endOf: text)?.value.map { "=:>".utf8.contains(UInt8($0)) } ?? false
  }
}

func isWordByte(_ byte: UInt8) -> Bool {
  switch byte {
  case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F: true
  default: false
  }
}
