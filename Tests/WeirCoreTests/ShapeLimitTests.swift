import Testing
import WeirCore
import WeirSpecimens

/// What the fuzzer and its making found in shapes and catalogues.
@Suite("A shape stands as it is written, or is refused")
struct ShapeLimitTests {
  private func expectRefused(_ text: String, _ reason: String) {
    do {
      _ = try ShapeParser.parse(text).forms()
      Issue.record("\(text.prefix(60)) is a shape")
    } catch {
      #expect(error.expected.contains(reason), "\(error)")
      #expect(error.offset <= text.utf8.count)
    }
  }

  private func found(_ text: String, by rules: [RuleDefinition]) throws -> [Range<UInt64>] {
    try scan(Array(text.utf8), catalogue: Catalogue(compiling: rules)).findings.map {
      $0.start..<$0.end
    }
  }

  @Test("brackets do not go deeper than the parser may")
  func depth() throws {
    expectRefused(String(repeating: "(", count: 100_000), "brackets")
    let deep = String(repeating: "(", count: 16) + "'abc'" + String(repeating: ")", count: 16)
    #expect(try ShapeParser.parse(deep).forms().count == 1)
    expectRefused("(\(deep))", "brackets")
  }

  @Test("alternatives of the whole shape count as those in brackets")
  func alternatives() throws {
    func shape(_ count: Int) -> String {
      (0..<count).map { "'abc\($0)'" }.joined(separator: " | ")
    }
    #expect(try ShapeParser.parse(shape(64)).forms().count == 64)
    expectRefused(shape(65), "at most 64 ways")
    expectRefused("(\(shape(65)))", "at most 64 ways")
  }

  @Test("two hex digits are two hex digits")
  func hexDigits() {
    for digits in ["+f", "-1", " f", "f"] { expectRefused("'\\x\(digits)'", "two hex digits") }
  }

  @Test("an open run begins and has its least length within what is held")
  func openRunWidth() throws {
    expectRefused("'abc' base62{4094,}", "4096 bytes")
    expectRefused("'abc' hex{4000} '-' hex{90} base62{4,}", "4096 bytes")
    #expect(try ShapeParser.parse("'abc' base62{4093,}").forms().count == 1)
  }

  @Test("a literal wider than a signature is read to its end", arguments: [49, 60, 255, 256, 900])
  func wideLiterals(count: Int) throws {
    let literal = String((0..<count).map { Character(UnicodeScalar(UInt8(97 + $0 % 26))) })
    let rule = try TestRule.make("t.wide", "'\(literal)' '-' digits{4}")
    let whole = "\(literal)-2907"
    #expect(try found(whole, by: [rule]) == [0..<UInt64(whole.utf8.count)])
    #expect(try found(literal.dropLast() + "-2907", by: [rule]) == [])
    #expect(try found(literal.dropLast() + "+-2907", by: [rule]) == [])
  }

  @Test("a literal beside the same in any case stays as it is written")
  func caseOfAlternatives() throws {
    let rule = try TestRule.make("t.case", "'ABC' digits{4} | i'ABC' lower{4}")
    #expect(try found("ABC2907", by: [rule]) == [0..<7])
    #expect(try found("abc2907", by: [rule]) == [])
    #expect(try found("abcxkqw", by: [rule]) == [0..<7])
  }

  @Test("more literals than the tables hold are refused, and not a crash")
  func manyLiterals() throws {
    let rules = try (0..<40).map {
      try TestRule.make("t.rule-\($0)", "'\(String(repeating: "ab-\($0)", count: 400))' digits{4}")
    }
    #expect(throws: CatalogueError.tooManyRules) { try Catalogue(compiling: rules) }
  }
}
