import Oracle
import Testing
import WeirCore

/// Of what stands before a value.
extension BoundaryTests {
  @Test("an assignment reaches over eight blanks and three quotes, twice, and no further")
  func assignments() throws {
    let rules = [
      try TestRule.make("t.value", "base62{20}", cue: ["tok"], isAssigned: true, within: 400)
    ]
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

  @Test("a value that is assigned to nothing is none for any of the rules behind one cue")
  func assignmentsOfManyRules() throws {
    let shapes = ["base62{20}", "base62{20}", "digits{2} base62{18} | lower-alnum{20}"]
    let rules = try shapes.enumerated().map {
      try TestRule.make("t.rule\($0)", $1, cue: ["tok"], isAssigned: true, within: 64)
    }
    let catalogue = try Catalogue(compiling: rules)
    let value = text("42") + letters(18, seed: 157).map { $0 | 0x20 }
    for (before, count) in [("tok ", 0), ("tok= ", 1)] {
      let input = text(before) + value
      let found = try scan(input, policy: .scan, catalogue: catalogue).findings.count
      #expect(found == count, "\(before)")
      try expectAgreement(input, rules: rules, catalogue: catalogue, before)
    }
  }
}
