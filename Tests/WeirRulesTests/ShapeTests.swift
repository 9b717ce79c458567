import Testing
import WeirCore
import WeirRules

/// A shape that is refused: where, counted in columns of its text from 1, and what was expected there.
struct WrongShape: Sendable, CustomTestStringConvertible {
  var testDescription: String
  var shape: String
  var column: Int
  var expected: String

  init(_ name: String, _ shape: String, at column: Int, _ expected: String) {
    testDescription = name
    self.shape = shape
    self.column = column
    self.expected = expected
  }
}

@Suite("A wrong shape is refused at the column where it goes wrong")
struct ShapeTests {
  /// `shape = "` stands before the shape's first byte.
  private static let head = 9

  @Test("every mistake has its column", arguments: wrong)
  func isRefused(_ wrong: WrongShape) {
    let error = #expect(throws: RuleError.self) {
      try RuleText().shape(wrong.shape).definitions()
    }
    #expect(error?.line == 7)
    #expect(error.map { $0.column - Self.head } == wrong.column)
    #expect(error?.rule == "acme.token")
    #expect(error?.reason == "expected \(wrong.expected)")
  }

  @Test("right shapes are read", arguments: right)
  func isRead(_ shape: String) {
    #expect(throws: Never.self) { try RuleText().shape(shape).definitions() }
  }

  @Test("in long quotes the line is the shape's own")
  func hasLines() {
    let text = """
      shape = \"\"\"
      'acme_'
        base62{20} bogus{6}
      \"\"\"
      """
    let error = #expect(throws: RuleError.self) {
      try RuleText().replacing(7, with: text).definitions()
    }
    #expect(error?.line == 9)
    #expect(error?.column == 14)
  }

  static let right = [
    "'acme_' base62{20}",
    "'acme_' base62{20,40}",
    "'acme_' base62{20,}",
    "i'acme_' hex{32}",
    "'acme_' ( 'a' | 'b' )? hex{32} | 'acme-' hexmixed{32}",
    "'acme_' uuid",
    "jwt",
    "bip39-phrase | slip39-phrase",
    "'-----BEGIN ' set(A-Z\\\\x20){0,16} '-----' key-block",
    "'acme://' set(!-9;-?A-~){0,64} ':' secret:set(!-.0-?A-~){1,128} '@'",
  ]

  static let wrong = [
    WrongShape("an empty shape", "", at: 1, "a literal, an alphabet or '('"),
    WrongShape("an empty alternative", "'acme_' |", at: 10, "a literal, an alphabet or '('"),
    WrongShape("an unknown alphabet", "'acme_' base63{20}", at: 9, "\(alphabets), not base63"),
    WrongShape("an open literal", "'acme_ base62{20}", at: 18, "' at the end of the literal"),
    WrongShape("an empty literal", "'' base62{20}", at: 2, "at least one byte in the literal"),
    WrongShape("an unknown escape", "'ac\\\\qme' base62{20}", at: 6, #"one of \' \) \- \\ \xHH"#),
    WrongShape("a short hex escape", "'ac\\\\x4' base62{20}", at: 7, #"two hex digits after \x"#),
    WrongShape(
      "a backslash at the end of the shape", "'ac\\\\", at: 6, "a byte after the backslash"),
    WrongShape(
      "a backslash at the end of a set", "set(a\\\\", at: 8, "a byte after the backslash"),
    WrongShape("an open set", "'acme_' set(a-z{20}", at: 20, "')' at the end of the set"),
    WrongShape("an empty set", "'acme_' set(){20}", at: 14, "at least one byte in the set"),
    WrongShape("a set without parentheses", "'acme_' set{20}", at: 12, "'(' after set"),
    WrongShape(
      "a range upside down", "'acme_' set(z-a){20}", at: 16,
      "a range whose first byte is not the greater"),
    WrongShape("an open group", "'acme_' ('a' | 'b' base62{20}", at: 30, "')'"),
    WrongShape(
      "a group that nobody opened", "'acme_' 'a') base62{20}", at: 12,
      "a segment, '|' or the end of the shape"),
    WrongShape("an empty group", "'acme_' () base62{20}", at: 10, "a literal, an alphabet or '('"),
    WrongShape("lengths without end", "'acme_' base62{20", at: 18, "'}' or ','"),
    WrongShape("lengths without a number", "'acme_' base62{}", at: 16, "a number up to 4096"),
    WrongShape(
      "lengths upside down", "'acme_' base62{20,10}", at: 21,
      "a greatest length that is not below 20"),
    WrongShape(
      "the length 0", "'acme_' base62{0}", at: 17, "a greatest length that is not below 1"),
    WrongShape("a length too great", "'acme_' base62{5000}", at: 16, "a number up to 4096"),
    WrongShape("a form too wide", "'acme_' base62{4096}", at: 1, "a shape of at most 4096 bytes"),
    WrongShape(
      "a word that is no segment", "'acme_' +base62{20}", at: 9, "a literal, an alphabet or '('"),
    WrongShape(
      "a name without a segment", "'acme_' body:", at: 14, "a literal, an alphabet or '('"),
    WrongShape(
      "an ambiguous run", "'acme_' base62{20,24} hex{4}", at: 1,
      "after a run of variable length something that no byte of its alphabet begins"),
    WrongShape(
      "an ambiguous literal", "'acme_' base62{20,24} 'x'", at: 1,
      "after a run of variable length something that no byte of its alphabet begins"),
    WrongShape(
      "an open run that is not the last", "'acme_' base62{20,} '-'", at: 1,
      "an open run at the end only"),
    WrongShape(
      "an open run before an optional end", "'acme_' base62{20,} '-'?", at: 1,
      "an open run at the end only"),
    WrongShape(
      "a segment behind a tail", "'acme_' jwt 'x'", at: 1,
      "jwt, key-block and phrases at the end only"),
    WrongShape(
      "a phrase behind a literal", "'acme_' monero-phrase", at: 1,
      "a phrase with nothing before it"),
    WrongShape(
      "a tail behind an open run", "'acme_' hex{4,} key-block", at: 1,
      "a tail after a run with a greatest length"),
    WrongShape(
      "a name used twice", "'acme_' a:hex{4} '-' a:hex{4}", at: 1,
      "each name once in a way to write the shape out"),
    WrongShape("a shape that may be empty", "base62{0,20}", at: 1, "a shape that cannot be empty"),
    WrongShape("nothing but an optional part", "'acme_'?", at: 1, "a shape that cannot be empty"),
    WrongShape("a tail alone", "key-block", at: 1, "a shape that cannot be empty"),
    WrongShape(
      "too many ways to write it out",
      "'acme_' ('a' | 'b')? ('c' | 'd')? ('e' | 'f')? ('g' | 'h')?", at: 1,
      "at most 64 ways to write the shape out"),
    WrongShape(
      "too many segments in a row",
      "'acme_' " + Array(repeating: "hex{2} '-'", count: 8).joined(separator: " "), at: 1,
      "at most 16 segments in a row"),
  ]
}
