import Oracle
import Testing
import WeirCore
import WeirSpecimens

/// Bounds of what may stand before a credential: escapes, colours, entities.
extension BoundaryTests {
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

  @Test("seven stars are a left edge, eight are a mask, behind which none is")
  func stars() throws {
    var maker = BuiltIn.maker(seed: 155)
    let token = maker.specimen(of: "github.personal-token").bytes
    for (stars, isEdge) in [(1, true), (7, true), (8, false), (9, false)] {
      for before in ["", "x"] {
        let input = text(before + String(repeating: "*", count: stars)) + token
        #expect(try count(input) == (isEdge ? 1 : 0), "\(stars) stars behind \(before)")
        try expectAgreement(input, "\(stars) stars behind \(before)")
      }
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
      ("\\b", true), ("\\f", true), ("\\0", true), ("\\e", true), ("\\a", false), ("\\v", false),
      ("\\x1b", true), ("\\xG1", false), ("\\x1G", false), ("x1b", false), ("\\x1", false),
      ("\\012", true), ("\\377", true), ("\\412", false), ("\\182", false), ("\\128", false),
      ("012", false), ("#011", true), ("#037", true), ("#040", false), ("#111", false),
      ("#018", false), ("#11", false), ("%2522", true), ("%2622", false), ("%2G22", false),
      ("2522", false), ("%25G2", false),
    ] {
      for before in ["", "x", " x"] {
        let input = text(before + escape) + token
        #expect(try count(input) == (isEdge ? 1 : 0), "behind \(before)\(escape)")
      }
    }
  }

  @Test("what colours and clears a terminal is a left edge, however ESC is written")
  func controls() throws {
    var maker = BuiltIn.maker(seed: 154)
    let token = maker.specimen(of: "github.personal-token").bytes
    for (control, isEdge) in [
      ("\u{1B}[2K", true), ("\u{1B}[0J", true), ("\u{1B}[2A", true), ("\u{1B}[K", true),
      ("\\u001b[0m", true), ("\\u001B[0m", true), ("\\u001c[0m", false), ("\\u011b[0m", false),
      ("\\x1b[0m", true), ("\\x1B[0m", true), ("\\x1c[0m", false), ("\\033[0m", true),
      ("\\034[0m", false), ("#033[0m", true), ("#032[0m", false), ("\\e[0m", true),
      ("\\t[0m", false), ("^[[0m", true), ("[[0m", false), ("^[0m", false), ("%1B[0m", true),
      ("[0m", false), ("\\u001b[0:m", false), ("\\u001b[1;2;3;4;5;6m", true),
      ("\\u001b[38;5;123;48;m", true), ("\\u001b[38;5;123;48;5m", false),
    ] {
      for before in ["", "x", "\\n"] {
        let input = text(before + control) + token
        #expect(try count(input) == (isEdge ? 1 : 0), "behind \(before)\(control)")
        try expectAgreement(input, control)
      }
    }
    // Many in a row are read one at a time.
    let many = [UInt8](text(String(repeating: "\u{1B}[m", count: 300))) + token
    #expect(try count(many) == 1)
  }

  @Test("an entity stands for a quote or a sign by its name or its number")
  func entities() throws {
    let rules = [try TestRule.make("t.value", "set(a-z0-9){10,20}", cue: ["tok"], isAssigned: true)]
    let catalogue = try Catalogue(compiling: rules)
    for (before, isAssigned) in [
      ("tok=&quot;", true), ("tok=&apos;", true), ("tok=&#34;", true), ("tok=&#039;", true),
      ("tok=&#x22;", true), ("tok=&#X0022;", true), ("tok=&#x00022;", false), ("tok=&#;", false),
      ("tok=&#x;", false), ("tok=&#3a;", false), ("tok=&amp;", false), ("tok=&;", false),
      ("tok&gt;", true), ("tok&#62;", true), ("tok&#x3d;", true), ("tok&#x3A;", true),
      ("tok&lt;", false), ("tok&quot;", false), ("tok\\x3d\\x22", true), ("tok\\x22:\\x22", true),
      ("tok\\x3c", false), ("tok%253D", true), ("tok%253C", false), ("tok=%2522", true),
      ("tok\\u003e", true), ("tok\\u013d", false),
    ] {
      let input = text(before + "q7w3k9x2m5\n")
      let found = try scan(input, catalogue: catalogue).findings.count
      #expect(found == (isAssigned ? 1 : 0), "\(before)")
      try expectAgreement(input, rules: rules, catalogue: catalogue, before)
    }
  }

  @Test("an entity before a value is an escape also where the alphabet has its last byte")
  func entityInZone() throws {
    let rules = [try TestRule.make("t.value", "set(a-z0-9;){6,20}", cue: ["tok"], isAssigned: true)]
    let catalogue = try Catalogue(compiling: rules)
    let input = text("tok=&quot;q7w3k9x\n")
    #expect(try scan(input, catalogue: catalogue).findings.map(\.start) == [10])
    try expectAgreement(input, rules: rules, catalogue: catalogue, "entity")
  }
}
