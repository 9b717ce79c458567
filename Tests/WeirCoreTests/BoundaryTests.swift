import Oracle
import Testing
import WeirCore
import WeirSpecimens

/// Every bound that a page names, at its last byte and at the next one.
@Suite("Bounds hold to the byte")
struct BoundaryTests {
  /// The engine finds what the oracle does, however the input is cut in two.
  private func expectAgreement(
    _ input: [UInt8], rules: [RuleDefinition] = BuiltIn.definitions,
    catalogue: Catalogue = BuiltIn.catalogue, step: Int = 1, _ note: String
  ) throws {
    for policy in [Policy.redact, .scan] {
      let oracle = Oracle(rules: rules, policy: policy)
      for place in stride(from: 0, to: input.count, by: step) {
        let agrees = try WeirCoreTests.expectAgreement(
          input, policy, oracle, chunks: [input[..<place], input[place...]], note: note,
          catalogue: catalogue)
        if !agrees { return }
      }
    }
  }

  private func count(_ input: [UInt8], policy: Policy = .scan) throws -> Int {
    try scan(input, policy: policy).findings.count
  }

  private func text(_ text: String) -> [UInt8] { Array(text.utf8) }

  private func letters(_ count: Int, seed: UInt64) -> [UInt8] {
    var random = SplitMix64(seed: seed)
    return random.bytes(Alphabet.named["base62"]!.bytes, count: count)
  }

  // MARK: Left edges

  @Test("a colour of twelve bytes is a left edge, one of thirteen is none")
  func colours() throws {
    var maker = BuiltIn.maker(seed: 151)
    let token = maker.specimen(of: "github.personal-token").bytes
    for (codes, isEdge) in [("", true), ("38;5;123;48;", true), ("38;5;123;48;5", false)] {
      let input = [0x1B] + text("[\(codes)m") + token
      #expect(try count(input) == (isEdge ? 1 : 0), "\(codes)")
      try expectAgreement(input, codes)
    }
  }

  @Test("an escape is one with all its digits, of the right case, only")
  func escapes() throws {
    var maker = BuiltIn.maker(seed: 152)
    let token = maker.specimen(of: "github.personal-token").bytes
    for (escape, isEdge) in [
      ("\\u001b", true), ("\\u00G1", false), ("\\u0G1b", false), ("\\uG01b", false),
      ("u001b", false),
      ("%1b", true), ("%1B", true), ("%G1", false), ("=1B", true), ("=1b", false), ("=B1", true),
      ("=b1", false), ("\\n", true), ("\\x", false), ("&quot;", true), ("quot;x", false),
    ] {
      for before in ["", "x", " x"] {
        let input = text(before + escape) + token
        #expect(try count(input) == (isEdge ? 1 : 0), "behind \(before)\(escape)")
      }
    }
  }

  @Test("an entity before a value is an escape also where the alphabet has its last byte")
  func entityInZone() throws {
    let rules = [try TestRule.make("t.value", "set(a-z0-9;){6,20}", context: ["tok"])]
    let catalogue = try Catalogue(compiling: rules)
    let input = text("tok=&quot;q7w3k9x\n")
    #expect(try scan(input, catalogue: catalogue).findings.map(\.start) == [10])
    try expectAgreement(input, rules: rules, catalogue: catalogue, "entity")
  }

  // MARK: Right edges and masks

  @Test("a mask is no edge, wherever in the last bytes of a credential it begins")
  func masksAtTheEnd() throws {
    let body = letters(16, seed: 153).map { byte in
      Alphabet.named["base32"]!.contains(byte) ? byte : UInt8(ascii: "Q")
    }
    let id = text("AKIA")
    for back in 0...4 {
      let head = text("WEIR_REDACTED")
      let input = id + body.prefix(16 - back) + head
      #expect(try count(input) == 0, "\(back) bytes back")
      try expectAgreement(input, "\(back) bytes back")
      #expect(try count(id + body.prefix(16 - back) + head.prefix(back) + text("_RED")) == 1)
    }
    for (stars, isEdge) in [(7, true), (8, false), (9, false)] {
      let input = id + body + [UInt8](repeating: UInt8(ascii: "*"), count: stars)
      #expect(try count(input) == (isEdge ? 1 : 0), "\(stars) stars")
      try expectAgreement(input, "\(stars) stars")
      try expectAgreement(input + text("\n"), "\(stars) stars and more")
    }
  }

  @Test("the dot before a run that is empty belongs to what stands before it")
  func dotBeforeEmptyRun() throws {
    let rules = [try TestRule.make("t.dotted", "'tk.' set(a-z.){2,5}")]
    let catalogue = try Catalogue(compiling: rules)
    for end in ["", "!", ".", ".!", "a", "a.", "ab.", "ab.!", "ab.c", "abcde.", "abcdef", "abcd.."]
    {
      try expectAgreement(text("tk.\(end)"), rules: rules, catalogue: catalogue, end)
    }
  }

  @Test("a match that begins with a mask is none, whatever its secret")
  func beginsWithMask() throws {
    let rules = [
      try TestRule.make(
        "t.value", "set(A-Z_){8,40} ':' secret:set(a-z0-9){8,20}", context: ["tok"])
    ]
    let catalogue = try Catalogue(compiling: rules)
    for (name, isMask) in [
      ("WEIR_REDACTED", true), ("WEIR_REDACTED_", true), ("A_WEIR_REDACTED", true),
      ("WEIR_REDACTEX", false), ("EIR_REDACTED", false),
    ] {
      let input = text("tok = \(name):q7w3k9x2m5\n")
      let found = try scan(input, catalogue: catalogue).findings.count
      #expect(found == (isMask ? 0 : 1), "\(name)")
      try expectAgreement(input, rules: rules, catalogue: catalogue, name)
    }
  }

  @Test("a cue is none in a mask's tail, however long, and is one behind its end")
  func cuesBehindMasks() throws {
    let key = letters(40, seed: 154)
    for (tail, end, isCue) in [
      (0, "", false), (64, "", false), (65, "", false), (3000, "", false), (0, " ", true),
      (64, ",", true), (3000, "/", true),
    ] {
      let filler = String(repeating: "_", count: tail) + end
      let input = text("WEIR_REDACTED\(filler)cohere = ") + key
      #expect(try count(input) == (isCue ? 1 : 0), "\(tail) bytes behind")
      try expectAgreement(input, "\(tail) bytes behind")
    }
  }

  // MARK: Runs and literals

  @Test("an open run needs an edge up to 4,095 bytes, and none from 4,096 on")
  func greatestHold() throws {
    let rules = [try TestRule.make("t.open", "'tok_' set(a-z0-9){20,}")]
    let catalogue = try Catalogue(compiling: rules)
    var random = SplitMix64(seed: 168)
    let body = random.bytes(Alphabet.named["lower-alnum"]!.bytes, count: 4097 - 4)
    for width in 4094...4097 {
      let input = text("tok" + "_") + body.prefix(width - 4) + text("WEIR_REDACTED")
      let found = try scan(input, catalogue: catalogue).findings
      #expect(found.map(\.end) == (width < 4096 ? [] : [UInt64(width)]))
      try expectAgreement(input, rules: rules, catalogue: catalogue, step: 211, "\(width) bytes")
    }
  }

  @Test("a literal in any case is one wherever it stands")
  func caselessLiterals() throws {
    let rules = [
      try TestRule.make("t.inner", "'tok_' hex{6} i'-Key-' hex{4}"),
      try TestRule.make("t.armed", "i'Key-' set(g-z){8}", context: ["arm"]),
    ]
    let catalogue = try Catalogue(compiling: rules)
    for key in ["key", "KEY", "Key", "kEy", "kex"] {
      for input in ["tok_3f9a1c-\(key)-b27e ", "arm = \(key)-qwrtzupm "] {
        let found = try scan(text(input), catalogue: catalogue).findings.count
        #expect(found == (key == "kex" ? 0 : 1), "\(input)")
        try expectAgreement(text(input), rules: rules, catalogue: catalogue, input)
      }
    }
  }

  @Test("a quote or an ampersand ends the last run, though its alphabet has them")
  func quotesInTheAlphabet() throws {
    let rules = [try TestRule.make("t.value", "'tok_' set(!-~){8,40}")]
    let catalogue = try Catalogue(compiling: rules)
    for end in ["\"", "'", "`", "&", "\\"] {
      let input = text("tok_q7w3k9x2m5\(end)a8z1 ")
      let found = try scan(input, catalogue: catalogue).findings
      #expect(found.map(\.end) == [14], "\(end)")
      try expectAgreement(input, rules: rules, catalogue: catalogue, end)
    }
  }

  @Test("forms that begin alike are all looked for")
  func formsOfOneBeginning() throws {
    let rules = [
      try TestRule.make("t.forms", "'tk-' (hex{2} 'wxyz' | set(k-p){3} 'stuv' | upper{9}) hex{4}")
    ]
    let catalogue = try Catalogue(compiling: rules)
    for input in ["tk-3fwxyzb27e", "tk-kpmstuvb27e", "tk-QWERTZUIPb27e", "tk-3fwxyab27e"] {
      let found = try scan(text(input), catalogue: catalogue).findings.count
      #expect(found == (input.contains("wxya") ? 0 : 1), "\(input)")
      try expectAgreement(text(input), rules: rules, catalogue: catalogue, input)
    }
  }

  @Test("what sticks out of a secret that still grows keeps its bytes")
  func bytesOfWaiting() throws {
    let rules = [
      try TestRule.make("t.block", "'-----BEGIN K-----' key-block"),
      try TestRule.make("t.wide", "'/WIDE' set(A-Za-z0-9){1200,3000} ','"),
    ]
    let catalogue = try Catalogue(compiling: rules)
    let policy = Policy(keepsRefuted: true, key: FingerprintKey(Array(1...32)))
    let first =
      text("-----BEGIN K-----") + letters(80, seed: 172) + text("/WIDE")
      + letters(2500, seed: 173) + text(",")
    let second = [UInt8](repeating: UInt8(ascii: " "), count: 30_000)
    let whole = try scan(first + second, policy: policy, catalogue: catalogue)
    #expect(whole.findings.map { catalogue.ruleID($0.rule) } == ["t.block", "t.wide"])
    let cut = [first[...], second[..<100], second[100...]]
    #expect(try scan(cut, policy: policy, catalogue: catalogue) == whole)
  }

  // MARK: Assignments

  @Test("an assignment reaches over eight blanks and three quotes, twice, and no further")
  func assignments() throws {
    let rules = [try TestRule.make("t.value", "base62{20}", context: ["tok"], within: 400)]
    let catalogue = try Catalogue(compiling: rules)
    let value = letters(20, seed: 155)
    func blanks(_ count: Int) -> String { String(repeating: " ", count: count) }
    func flag(_ count: Int) -> String { "tok " + "-" + String(repeating: "f", count: count - 1) }
    for (before, isAssigned) in [
      ("tok=" + blanks(16), true), ("tok=" + blanks(17), false),
      ("tok=" + blanks(8) + "'" + blanks(8), true), ("tok=" + blanks(9) + "'" + blanks(8), false),
      ("tok=" + blanks(8) + "'" + blanks(9), false),
      ("tok='''", true), ("tok='''' ", false), ("tok=''''''", true), ("tok='''''''", false),
      ("tok=''' '''", true),
      ("tok='''' '''", false), ("tok=''' ''''", false),
      ("tok=\\u0022\\u0022\\u0022 ", true), ("tok=\\u0022\\u0022\\u0022\\u0022 ", false),
      ("tok%3D", true), ("tok%3a", true), ("tok\\u003d", true), ("tok\\u003A", true),
      ("tok\\u013d", false), ("tok\\u103d", false), ("tok%4D", false), ("tok%4a", false),
      ("tok=3C", false), ("tok%3B", false),
      ("tok: bearer ", true), ("tok: Basic ", true), ("tok: x bearer ", false),
      ("tok:bearer ", true), ("tok:xbearer ", false), ("tok:-bearer ", false),
      ("tok:-token ", false), ("tok:_token ", false),
      ("tok: -bearer ", true), ("tok: --basic ", true), ("tok%3Dbearer ", false),
      ("tok%3D bearer ", true),
      (flag(64) + " ", true), (flag(65) + " ", false), (flag(63) + blanks(16), true),
      (flag(64) + blanks(16), true), (flag(64) + blanks(17), false),
      ("tok -f ", true), ("tok\t-f ", true), ("tokx-f ", false), ("-tok ", true),
      ("\n-tok ", true), ("x-tok ", false), (" -tok ", true), ("tok ", false), ("tok>", true),
    ] {
      let input = text(before) + value
      let found = try scan(input, policy: .scan, catalogue: catalogue).findings.count
      #expect(found == (isAssigned ? 1 : 0), "\(before)")
      // Cut inside the value too: then what stands before it is history.
      try expectAgreement(input, rules: rules, catalogue: catalogue, before)
    }
  }

  @Test("what is looked back at is there, however far the input has gone on")
  func history() throws {
    let rules = [
      try TestRule.make("t.value", "'v' base62{19}", context: ["tok"], within: 4000),
      try TestRule.make("t.late", "'://' set(a-z){0,500} ':' secret:base62{8,20} '@'"),
    ]
    let catalogue = try Catalogue(compiling: rules)
    let value = [UInt8(ascii: "v")] + letters(19, seed: 156)
    let flag = "tok -" + String(repeating: "f", count: 63)
    let name = String(repeating: "n", count: 500)
    for input in [
      text(flag + String(repeating: " ", count: 8) + "\\u0022\\u0022\\u0022        Bearer ")
        + value,
      text(flag + String(repeating: " ", count: 16)) + value + text("\n"),
      text("://\(name):") + value + text("@"),
    ] {
      let whole = try scan(input, catalogue: catalogue)
      // Every byte a read of its own: all that may go has gone.
      let bytes = input.indices.map { input[$0..<$0 + 1] }
      #expect(try scan(bytes, catalogue: catalogue) == whole)
      #expect(whole.findings.count == 1)
    }
  }

  // MARK: Bytes flow

  @Test("what no rule can claim leaves in the call that brought it")
  func nothingIsWithheld() throws {
    for (text, heldBytes) in [
      ("plain words", 0), ("a line\n", 0), (" gh", 2), (" ghp", 3), (" ghz", 0), (" gpz", 0),
      ("xghp", 0), ("_ghp", 0), ("-ghp", 3), ("\\nghp", 3), ("-----BEGIN PRIVATE KE", 21),
      ("-----BEGIN PRIVATE KX", 0), (" AKI", 3), (" AKJ", 0), ("xAKI", 0),
    ] {
      var sink = RecordingSink { _, _ in [] }
      var scanner = try Scanner(catalogue: BuiltIn.catalogue, policy: .redact)
      let bytes = Array(text.utf8)
      scanner.room(for: bytes.count).copyBytes(from: bytes)
      scanner.append(count: bytes.count)
      try scanner.advance(into: &sink)
      #expect(scanner.counts.withheldBytes == UInt64(heldBytes), "\(text)")
      #expect(sink.output == Array(bytes.dropLast(heldBytes)), "\(text)")
    }
  }

  @Test("any number of empty lines is counted", arguments: [254, 255, 256, 257, 510, 512, 65_536])
  func manyLines(count: Int) throws {
    var maker = BuiltIn.maker(seed: 157)
    let token = maker.specimen(of: "github.personal-token").bytes
    let finding = try scan([UInt8](repeating: 0x0A, count: count) + token).findings.first
    #expect(finding?.line == UInt64(count + 1) && finding?.column == 1)
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

  @Test("a key block of one letter stands for a key")
  func monotonousKeys() throws {
    let begin = text("-----BEGIN " + "PRIVATE KEY-----\n")
    for body in ["A", "AB", "x"] {
      let input = begin + text(String(repeating: body, count: 200 / body.count))
      #expect(try count(input) == 0, "\(body)")
      try expectAgreement(input, step: 13, body)
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

  // MARK: Placeholders and confidence

  @Test("a pattern is eight bytes and a third of the secret, wherever it stands")
  func patterns() {
    func isPlaceholder(_ text: String) -> Bool {
      Array(text.utf8).withUnsafeBytes { Placeholder.stands(for: $0, prefixBytes: 0) }
    }
    let random = "q7Wk2Zr9Ty4Hs8Lm3Vb6Xn1Pd5Gf0Jc"
    for place in 0...16 {
      let (head, rest) = (random.prefix(place), random.dropFirst(place).prefix(16 - place))
      #expect(isPlaceholder(head + "11111111" + rest), "eight at \(place)")
      #expect(isPlaceholder(head + "EFGHIJKL" + rest), "a row of eight at \(place)")
      #expect(!isPlaceholder(head + "1111111" + rest + "w"), "seven at \(place)")
    }
    #expect(isPlaceholder("11111111" + random.prefix(16)), "a third")
    #expect(!isPlaceholder("11111111" + random.prefix(17)), "less than a third")
    for row in ["34567890abcdef", "6789abcdefgh", "VWXYZabcdef", "uvwxyz012345", "vwxyzABCDEF"] {
      #expect(isPlaceholder(row), "\(row)")
    }
    #expect(isPlaceholder("password") && isPlaceholder("Passwd") && !isPlaceholder("passwird"))
    #expect(!isPlaceholder("paSs1word"))
  }

  @Test(
    "a part that no key has by chance makes a placeholder, wherever it stands and in any case",
    arguments: ["example", "placeholder", "changeme", "redacted"])
  func parts(part: String) {
    func isPlaceholder(_ text: String) -> Bool {
      Array(text.utf8).withUnsafeBytes { Placeholder.stands(for: $0, prefixBytes: 0) }
    }
    let random = "q7Wk2Zx9Ty4Hs8Lm"
    for place in 0...random.utf8.count {
      let (head, rest) = (random.prefix(place), random.dropFirst(place))
      #expect(isPlaceholder(head + part + rest), "at \(place)")
      #expect(isPlaceholder(head + part.uppercased() + rest), "at \(place)")
      #expect(!isPlaceholder("\(head)\(part.dropLast())\(rest)"), "at \(place)")
    }
  }

  @Test("three different bytes are too few for a secret, four are enough; of a short one two")
  func distinctBytes() {
    func isMonotonous(_ text: String) -> Bool {
      Array(text.utf8).withUnsafeBytes(Placeholder.isMonotonous)
    }
    #expect(isMonotonous("abcabcabc") && !isMonotonous("abcdabcd"))
    #expect(isMonotonous("aaaaaaa") && !isMonotonous("aaaaaab") && isMonotonous("aaaaaaab"))
    #expect(isMonotonous("\u{7F}\u{80}\u{7F}\u{80}") == false)
  }

  @Test("a digest is no key where the rule says so")
  func digests() throws {
    var random = SplitMix64(seed: 164)
    let digest = random.bytes(Alphabet.named["hex"]!.bytes, count: 40)
    #expect(try count(text("cohere_api_key = \"") + digest + text("\"")) == 0)
    #expect(try count(text("cohere_api_key = \"") + digest.dropLast() + text("g\"")) == 1)
  }

  @Test("findings of just the confidence asked for are reported")
  func confidence() throws {
    var rules = [try TestRule.make("t.token", "'tok_' base62{20}")]
    let token = text("tok" + "_") + letters(20, seed: 165)
    for confidence in Confidence.allCases {
      rules[0].confidence = confidence
      let catalogue = try Catalogue(compiling: rules)
      for asked in Confidence.allCases {
        let result = try scan(token, policy: Policy(minConfidence: asked), catalogue: catalogue)
        #expect(result.findings.map(\.confidence) == (confidence >= asked ? [confidence] : []))
      }
    }
  }

  // MARK: Fingerprints

  private func fingerprint(_ input: [UInt8]) throws -> Fingerprint? {
    let policy = Policy(keepsRefuted: true, key: FingerprintKey(Array(1...32)))
    let result = try scan(input, policy: policy)
    let bytewise = try scan(input.indices.map { input[$0..<$0 + 1] }, policy: policy)
    #expect(result == bytewise)
    #expect(result.findings.count == 1, "\(result.findings)")
    return result.findings.first?.fingerprint
  }

  @Test("a percent escape at the end of a password, or half a one, is read like any")
  func percentAtTheEnd() throws {
    let password = String(decoding: letters(9, seed: 166), as: UTF8.self)
    func of(_ password: String) throws -> Fingerprint? {
      try fingerprint(text("postgres://app:" + password) + text("@db/"))
    }
    let plain = try of(password + "A")
    #expect(plain != nil)
    #expect(try of(password + "%41") == plain)
    #expect(try of(password + "%4") != plain)
    #expect(try of(password + "%4") == of(password + "%254"))
    #expect(try of("%41" + password) == of("A" + password))
  }

  @Test("a key's fingerprint is that of its base64: slashes escaped or not, whatever its label")
  func keyBody() throws {
    var body = letters(256, seed: 167)
    for place in stride(from: 5, to: 256, by: 23) { body[place] = UInt8(ascii: "/") }
    func block(_ label: String, _ body: [UInt8]) -> [UInt8] {
      text("-----BEGIN \(label)-----\\n") + body + text("\\n-----END \(label)-----")
    }
    let plain = try fingerprint(block("PRIVATE " + "KEY", body))
    #expect(plain != nil)
    #expect(try fingerprint(block("RSA PRIVATE " + "KEY", body)) == plain)
    for header in ["Version: 2", "Proc-Type: 4,ENCRYPTED", "X-Made-By: 1\\nComment: a b"] {
      let dressed = text("\(header)\\n\\n") + body
      #expect(try fingerprint(block("PRIVATE " + "KEY", dressed)) == plain, "\(header)")
    }
    let escaped = body.flatMap { $0 == UInt8(ascii: "/") ? [UInt8(ascii: "\\"), $0] : [$0] }
    #expect(try fingerprint(block("PRIVATE " + "KEY", escaped)) == plain)
    #expect(try fingerprint(block("PRIVATE " + "KEY", Array(body.dropLast()))) != plain)
  }
}
