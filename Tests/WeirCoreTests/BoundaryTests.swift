import Oracle
import Testing
import WeirCore
import WeirSpecimens

/// Every bound that a page names, at its last byte and at the next one.
@Suite("Bounds hold to the byte")
struct BoundaryTests {
  /// The engine finds what the oracle does, however the input is cut in two.
  func expectAgreement(
    _ input: [UInt8], rules: [RuleDefinition] = BuiltIn.definitions,
    catalogue: Catalogue = BuiltIn.catalogue, step: Int = 1, _ note: String
  ) throws {
    for policy in [Policy.redact, .scan] {
      let verdict = Verdict(of: Oracle(rules: rules, policy: policy), on: input)
      for place in stride(from: 0, to: input.count, by: step) {
        let result = try scan(
          [input[..<place], input[place...]], policy: policy, catalogue: catalogue)
        if let difference = disagreement(
          of: result, input: input, with: verdict, catalogue: catalogue)
        {
          Issue.record("\(note), cut at \(place)\n\(difference)")
          return
        }
      }
    }
  }

  func count(_ input: [UInt8], policy: Policy = .scan) throws -> Int {
    try scan(input, policy: policy).findings.count
  }

  func text(_ text: String) -> [UInt8] { Array(text.utf8) }

  func letters(_ count: Int, seed: UInt64) -> [UInt8] {
    var random = SplitMix64(seed: seed)
    return random.bytes(Alphabet.named["base62"]!.bytes, count: count)
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

  @Test(
    "a run before one that may be empty ends at its greatest length, and what goes on like it is no matter"
  )
  func beforeEmptyRun() throws {
    let rules = [
      try TestRule.make("t.value", "'tk-' set(b-d\\-){2} set(a){0,2}"),
      try TestRule.make("t.ranged", "'tr-' set(b-d\\-){2,4} set(a){0,2}"),
    ]
    let catalogue = try Catalogue(compiling: rules)
    for end in ["db", "dbd", "db-", "dba", "dbaa", "dbaad", "dbdb", "dbdbc", "dbdba", "d", "a", ""]
    {
      for head in ["tk-", "tr-"] {
        try expectAgreement(text(head + end + "!"), rules: rules, catalogue: catalogue, head + end)
      }
    }
    // Nothing that stands for a secret: two of its bytes, and one more of the same run.
    #expect(try scan(text("tk-dbd!"), catalogue: catalogue).findings.map(\.end) == [5])
  }

  @Test("a match that begins with a mask is none, whatever its secret")
  func beginsWithMask() throws {
    let rules = [
      try TestRule.make(
        "t.value", "set(A-Z_){8,40} ':' secret:set(a-z0-9){8,20}", cue: ["tok"], isAssigned: true)
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
      let input = text("WEIR_REDACTED\(filler)cohere_key = ") + key
      #expect(try count(input) == (isCue ? 1 : 0), "\(tail) bytes behind")
      try expectAgreement(input, "\(tail) bytes behind")
    }
  }

  @Test(
    "a cue that begins right behind a mask's head, or so many bytes further in its tail, is none")
  func cuesAtMasks() throws {
    let rules = [try TestRule.make("t.value", "'v' set(a-z0-9){9}", cue: ["zap"])]
    let catalogue = try Catalogue(compiling: rules)
    for (behind, isCue) in [
      ("", false), ("_", false), ("__", false), ("_a.b", false), (" ", true), ("_ ", true),
    ] {
      let input = text("WEIR_REDACTED\(behind)zap: vq7w3k9x2m\n")
      let found = try scan(input, catalogue: catalogue).findings.count
      #expect(found == (isCue ? 1 : 0), "\(behind)")
      try expectAgreement(input, rules: rules, catalogue: catalogue, behind)
    }
  }

  @Test("a mask's tail is one also when its head is not kept any more")
  func longTails() throws {
    let key = letters(40, seed: 156)
    for (end, isCue) in [("", false), (",", true)] {
      let tail = String(repeating: "_", count: 40_000) + end
      let input = text("WEIR_REDACTED\(tail)cohere_key = ") + key
      let chunks = stride(from: 0, to: input.count, by: 1000).map {
        input[$0..<min($0 + 1000, input.count)]
      }
      #expect(try scan(chunks).findings.count == (isCue ? 1 : 0))
    }
  }

  @Test("a cue that begins in a mask's head is one, and none in the head of a mask behind another")
  func cuesAcrossMasks() throws {
    let rules = [try TestRule.make("t.value", "'v' set(a-z0-9){9}", cue: ["redactedx"])]
    let catalogue = try Catalogue(compiling: rules)
    for (before, isCue) in [
      ("", true), ("WEIR_REDACTED.", false), ("WEIR_REDACTED", false), ("WEIR_REDACTED,", true),
    ] {
      let input = text(before + "WEIR_REDACTEDX: vq7w3k9x2m\n")
      let found = try scan(input, catalogue: catalogue).findings.count
      #expect(found == (isCue ? 1 : 0), "\(before)")
      try expectAgreement(input, rules: rules, catalogue: catalogue, before)
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
      try TestRule.make("t.armed", "i'Key-' set(g-z){8}", cue: ["arm"], isAssigned: true),
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

  @Test("a last literal that goes on like the run before it needs an edge, another needs none")
  func lastLiterals() throws {
    let rules = [
      try TestRule.make("t.alike", "'tok-' set(a-z){6} 'xyz'"),
      try TestRule.make("t.other", "'key-' set(a-z){6} '-yz'"),
    ]
    let catalogue = try Catalogue(compiling: rules)
    for (end, isEdge) in [
      ("", true), (" ", true), ("7", true), ("\"", true), ("a", false), ("z", false),
      ("********", false), ("WEIR_REDACTED", false),
    ] {
      for (head, count) in [("tok-qwrtpdxyz", isEdge ? 1 : 0), ("key-qwrtpd-yz", 1)] {
        let found = try scan(text(head + end), catalogue: catalogue).findings.count
        #expect(found == count, "\(head)\(end)")
        try expectAgreement(text(head + end), rules: rules, catalogue: catalogue, head + end)
      }
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

  @Test("what is looked back at is there, however far the input has gone on")
  func history() throws {
    let rules = [
      try TestRule.make("t.value", "'v' base62{19}", cue: ["tok"], isAssigned: true, within: 4000),
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
    // A last word waits, for it could be the 52 letters and digits before the mark of an Azure key; `_` and `$` stand in none.
    // The last letter of a longer one waits: with what comes it could be base64.
    for (text, heldBytes) in [
      ("plain words", 5), ("plain words ", 0), ("a line\n", 0), (" gh_", 0), (" ghp_", 4),
      (" ghz_", 0),
      ("xghp_", 0), ("_ghp_", 0), ("-ghp_", 4), ("\\nghp_", 4), ("-----BEGIN PRIVATE KE", 21),
      ("-----BEGIN PRIVATE K,", 0), (" AKI,", 0), ("$ ", 0), ("login: ", 0), ("[y/N] ", 0),
      (" " + String(repeating: "w", count: 52), 52), (" " + String(repeating: "w", count: 60), 1),
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
}
