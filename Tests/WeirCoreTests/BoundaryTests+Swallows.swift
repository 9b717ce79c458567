import Oracle
import Testing
import WeirCore
import WeirSpecimens

/// Bounds of what is decided by its opening: open runs, key blocks and tokens.
extension BoundaryTests {
  // MARK: Open runs

  @Test("the bytes of a secret that grows are withheld, all of them, until its mask is written")
  func growingBytes() throws {
    let rules = [try TestRule.make("t.open", "'tok_' set(a-z0-9){20,}")]
    let catalogue = try Catalogue(compiling: rules)
    var random = SplitMix64(seed: 192)
    var sink = RecordingSink { _, count in
      [UInt8](repeating: UInt8(ascii: "*"), count: Int(count))
    }
    var scanner = try Scanner(catalogue: catalogue, policy: .redact)
    func feed(_ bytes: [UInt8]) throws -> Scanner.Counts {
      scanner.room(for: bytes.count).copyBytes(from: bytes)
      scanner.append(count: bytes.count)
      try scanner.advance(into: &sink)
      return scanner.counts
    }
    _ = try feed(text("words: tok" + "_"))
    for count: UInt64 in [4500, 5000, 9000] {
      let digits = Alphabet.named["lower-alnum"]!.bytes
      let counts = try feed(random.bytes(digits, count: Int(count - scanner.counts.scannedBytes)))
      #expect(counts.cleanBytes == 7 && counts.maskedBytes == 0)
      #expect(counts.growingBytes == count - 7 && counts.withheldBytes == count - 7)
    }
    let counts = try feed(text(" end "))
    #expect(counts.cleanBytes == 12 && counts.maskedBytes == 8993)
    #expect(counts.growingBytes == 0 && counts.withheldBytes == 0)
    #expect(sink.output == text("words: " + String(repeating: "*", count: 8993) + " end "))
  }

  // MARK: Key blocks

  /// A BEGIN line, and behind it base64 that completes an opening.
  private func keyOpening(bodyBytes: Int = 64) -> [UInt8] {
    text("-----BEGIN " + "PRIVATE KEY-----\n") + letters(bodyBytes, seed: 158)
  }

  @Test("256 bytes that do not count end a key block, 255 do not")
  func pendingBytes() throws {
    let more = letters(40, seed: 159)
    for count in [238, 239, 240, 241, 254, 255, 256, 257, 258] {
      let blanks = [UInt8](repeating: 0x20, count: count)
      for token in [15, 16, 17, 40] {
        let input = keyOpening() + blanks + more.prefix(token) + text("\nabc x")
        try expectAgreement(input, step: 7, "\(count) blanks, \(token) bytes")
      }
      try expectAgreement(
        keyOpening() + blanks + text("-----END PRIVATE KEY-----"), step: 7, "\(count) and END")
      // A word before them: it is the last that may still count.
      try expectAgreement(
        keyOpening() + text(" abc") + blanks + more, step: 7, "a word and \(count) blanks")
    }
  }

  @Test("a label of 64 bytes ends a key block, one of 65 does not")
  func labels() throws {
    for count in [0, 1, 63, 64, 65] {
      let label = String(repeating: "K", count: count)
      for end in ["-----", "-----x", "----", "----x", "---- -", "-", ""] {
        let input = keyOpening() + text("\n-----END \(label)\(end)")
        try expectAgreement(input, step: 5, "\(count) bytes, \(end)")
      }
    }
  }

  @Test("an opening is at most 4,096 bytes wide and has 64 bytes of tokens of 16")
  func openings() throws {
    let begin = text("-----BEGIN " + "PRIVATE KEY-----\n")
    for width in [4095, 4096, 4097] {
      let blanks = [UInt8](repeating: 0x20, count: width - begin.count - 64)
      let input = begin + blanks + letters(64, seed: 158) + text("\n")
      #expect(try count(input) == (width <= 4096 ? 1 : 0), "\(width)")
      try expectAgreement(input, step: 311, "\(width) bytes wide")
    }
    for (body, isOpening) in [(63, false), (64, true)] {
      #expect(try count(keyOpening(bodyBytes: body) + text("!")) == (isOpening ? 1 : 0))
    }
    for token in [15, 16] {
      var input = begin
      for part in 0..<5 { input += letters(token, seed: UInt64(part) + 160) + text(" ") }
      #expect(try count(input) == (token == 16 ? 1 : 0), "tokens of \(token)")
      try expectAgreement(input, "tokens of \(token)")
    }
  }

  @Test("every separator and escape between the lines of a key block is one")
  func separators() throws {
    let separators = [
      "\n", "\r", "\r\n", " ", "\t", "\"", "'", ",", "\\n", "\\r", "\\t", "\\\"", "\\'", "\\\\n",
      "\\\n", "\\\r", "\\\\\\r", "\n\t", "',\n'", "\\/", "/\\/", "\\x", ";", "\0", ":", "-", "--",
      "A-b: c\n", "A-b-c: d\n", "A: c\\n", "A: c\\tc\\r", "A: c\r", "-A: b\n", "A-: b\n",
      "A b: c\n", "AAAA\n",
      "AAAA ", "AAAA\\n", "AAAA\\t", "AAAA'", "A:b\\\\n", "A:b\\\\t\n",
      "#012", "#015#012", "#018", "#01", "#040", "#101", "\\012", "\\412", "\\101", "\\x0a",
      "\\x0A",
      "\\xa", "\\x2B", "\\x0G", "%0A", "%2b", "%2", "%", "&#10;", "&#xA;", "&#X0a;", "&#43;", "&#;",
      "&#x;", "&#00010;", "&#x0020ac;", "&#x20ac;", "&amp;", "&#1x0;", "\\u000a", "\\u002F",
      "\\u2028", "\\u0141", "\\u00e9", "\\u003d", "\\u00", "A: b#012", "A: 50% c\\n", "A: b#01\n",
      "A: \\u000a", "A: &#10;", "A: %\n", "AAAA#012", "AAAA%2B", "AAAA&#10;",
    ]
    for separator in separators {
      let begin = text("-----BEGIN " + "PRIVATE KEY-----\(separator)")
      let line = letters(40, seed: 171)
      let end = text("-----END PRIVATE KEY-----")
      try expectAgreement(begin + line + line + text("\n") + end, step: 9, "first: \(separator)")
      let second = begin + line + text(separator) + line
      try expectAgreement(second, step: 9, "in the opening: \(separator)")
      let third = keyOpening() + text(separator) + line + text(separator) + text("abc\(separator)")
      try expectAgreement(third, step: 9, "in the body: \(separator)")
      try expectAgreement(third + end, step: 9, "before the end: \(separator)")
    }
  }

  @Test("a key block of one letter stands for a key, however its first line ends")
  func monotonousKeys() throws {
    for end in ["\n", "\\n", "\\r\\n", "#015#012"] {
      let begin = text("-----BEGIN " + "PRIVATE KEY-----\(end)")
      for body in ["A", "AB", "x"] {
        let input = begin + text(String(repeating: body, count: 200 / body.count))
        #expect(try count(input) == 0, "\(body) behind \(end)")
        try expectAgreement(input, step: 13, "\(body) behind \(end)")
      }
    }
  }

  // MARK: Tokens

  @Test("a token has five parts at most, none of them empty")
  func tokenParts() throws {
    var maker = BuiltIn.maker(seed: 161)
    let token = maker.token()
    for rest in [
      "", ".", "..", ".a", ".a.", ".a.b", ".a.b.", ".a.b.c", ".a.b.c.d", "..a", ".a..b", ".+",
      ".a+",
    ] {
      try expectAgreement(token + text(rest), step: 3, rest)
      try expectAgreement(token + text(rest + "\n"), step: 3, rest)
    }
  }

  @Test("base64 of a length that nothing encodes to is no header")
  func impossibleHeaders() throws {
    func isValid(_ text: [UInt8]) -> Bool { text.withUnsafeBytes(TokenHeader.isValid) }
    var maker = SpecimenMaker(rules: [], seed: 162)
    for blanks in 0..<4 {
      let json = #"{"alg":"HS256"\#(String(repeating: " ", count: blanks))}"#
      let header = Array(maker.token(header: json).prefix { $0 != UInt8(ascii: ".") })
      #expect(isValid(header), "\(blanks) blanks")
      if header.count % 4 == 0 { #expect(!isValid(header + text("A")), "and a digit more") }
    }
  }

  @Test("a header is at most four deep, whatever it nests, and its JSON is whole")
  func headerDepth() throws {
    func isValid(_ json: String) -> Bool {
      var maker = SpecimenMaker(rules: [], seed: 163)
      let header = maker.token(header: json).prefix { $0 != UInt8(ascii: ".") }
      return Array(header).withUnsafeBytes(TokenHeader.isValid)
    }
    for (json, isRight) in [
      (#"{"x":[[[1]]],"alg":"A"}"#, true), (#"{"x":[[[[1]]]],"alg":"A"}"#, false),
      (#"{"x":{"y":{"z":{}}},"alg":"A"}"#, true), (#"{"x":{"y":{"z":{"w":{}}}},"alg":"A"}"#, false),
      (#"{"x":[],"alg":"A"}"#, true), (#"{"x":[1,2 , 3],"alg":"A"}"#, true),
      (#"{"x":[1 2],"alg":"A"}"#, false), (#"{"x":[1,],"alg":"A"}"#, false),
      (#"{"x":"a\"b","alg":"A"}"#, true), (#"{"x":"a\"#, false), (#"{"x":-1.5e3,"alg":"A"}"#, true),
      (#"{"x":true,"y":false,"z":null,"alg":"A"}"#, true), (#"{"x":tru,"alg":"A"}"#, false),
      (#"{"x" "y","alg":"A"}"#, false), (#"{"alg":"A",}"#, false), (#"{}"#, false),
      (#"{"alg":"A","alg":"none"}"#, false), (#"["alg","A"]"#, false), (#"{"alg":"A"#, false),
      (#"{x:1,"alg":"A"}"#, false), (#"{"gal":"A"}"#, false), (#"{"typ":"A"}"#, false),
    ] {
      #expect(isValid(json) == isRight, "\(json)")
    }
  }
}
