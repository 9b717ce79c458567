import Testing
import WeirCore
import WeirRules

/// A shape, and what the reference says of it: a line for each way to write it.
struct SaidShape: Sendable, CustomTestStringConvertible {
  var shape: String
  var words: [String]
  var check: String?

  var testDescription: String { shape }

  init(_ shape: String, _ words: String..., check: String? = nil) {
    self.shape = shape
    self.words = words
    self.check = check
  }
}

@Suite("The reference says a shape as it is matched")
struct ShapeWordsTests {
  private func words(_ said: SaidShape) throws -> [String] {
    let check = try said.check.map { try #require(CheckExpression($0)) }
    return ShapeWords(check: check).alternatives(of: try ShapeParser.parse(said.shape))
  }

  @Test("every alphabet", arguments: alphabets)
  func alphabet(_ said: SaidShape) throws { #expect(try words(said) == said.words) }

  @Test("no two named alphabets of different bytes are said alike")
  func alphabetsDiffer() throws {
    var bytes: [String: ByteSet] = [:]
    for (name, alphabet) in Alphabet.named.sorted(by: { $0.key < $1.key }) {
      let said = try words(SaidShape("\(name){2}"))[0]
      #expect(bytes[said] == nil || bytes[said] == alphabet, "\(name): \(said)")
      bytes[said] = alphabet
    }
  }

  @Test("every length", arguments: lengths)
  func length(_ said: SaidShape) throws { #expect(try words(said) == said.words) }

  @Test("literals, with what nobody would see", arguments: literals)
  func literal(_ said: SaidShape) throws { #expect(try words(said) == said.words) }

  @Test("optional parts, alternatives and brackets", arguments: groups)
  func group(_ said: SaidShape) throws { #expect(try words(said) == said.words) }

  @Test("the secret, and what a check is computed of", arguments: names)
  func name(_ said: SaidShape) throws { #expect(try words(said) == said.words) }

  static let alphabets = [
    SaidShape("digits{4}", "4 digits"),
    SaidShape("lower{4}", "4 lower-case letters"),
    SaidShape("upper{4}", "4 upper-case letters"),
    SaidShape("alpha{4}", "4 letters"),
    SaidShape("hex{4}", "4 lower-case hex digits"),
    SaidShape("HEX{4}", "4 upper-case hex digits"),
    SaidShape("hexmixed{4}", "4 hex digits"),
    SaidShape("base62{4}", "4 letters and digits"),
    SaidShape("lower-alnum{4}", "4 lower-case letters and digits"),
    SaidShape("base36{4}", "4 lower-case letters and digits"),
    SaidShape("upper-alnum{4}", "4 upper-case letters and digits"),
    SaidShape("word{4}", "4 letters, digits and `_`"),
    SaidShape("base32{4}", "4 upper-case letters and `2` to `7`"),
    SaidShape("base32-lower{4}", "4 lower-case letters and `2` to `7`"),
    SaidShape("base58{4}", "4 base58 characters"),
    SaidShape("base64{4}", "4 letters, digits, `+` and `/`"),
    SaidShape("base64url{4}", "4 letters, digits, `-` and `_`"),
    SaidShape("base64any{4}", "4 letters, digits, `+`, `-`, `/` and `_`"),
    SaidShape("bech32{4}", "4 bech32 characters"),
    SaidShape("printable{4}", "4 visible characters"),
    SaidShape("set(!-:<-~){4}", "4 visible characters but `;`"),
    SaidShape("set(!-?A-_a-~){4}", "4 visible characters but `@` and `` ` ``"),
    SaidShape("set(A-P){4}", "4 of `A` to `P`"),
    SaidShape("set(KL){4}", "4 of `K` and `L`"),
    SaidShape("set(a-z2-7#){4}", "4 lower-case letters, `#` and `2` to `7`"),
    SaidShape("set(A-Z\\x20){4}", "4 upper-case letters and a blank"),
    SaidShape("set(0-9\\xe9){4}", "4 digits and `\\xe9`"),
  ]

  static let lengths = [
    SaidShape("digits", "one digit"),
    SaidShape("base62", "one letter or digit"),
    SaidShape("set(KL)", "one of `K` or `L`"),
    SaidShape("set(A-P)", "one of `A` to `P`"),
    SaidShape("set(K)", "`K`"),
    SaidShape("printable", "one visible character"),
    SaidShape("hex{2,8}", "2 to 8 lower-case hex digits"),
    SaidShape("hex{1,8}", "1 to 8 lower-case hex digits"),
    SaidShape("hex{20,}", "20 or more lower-case hex digits"),
    SaidShape("'a' hex{0,8}", "`a`, then up to 8 lower-case hex digits"),
    SaidShape("'a' hex{0,1}", "`a`, then optionally one lower-case hex digit"),
    SaidShape("'a' hex{0,}", "`a`, then any number of lower-case hex digits"),
    SaidShape("base62{4000}", "4,000 letters and digits"),
    SaidShape("set(A-P){2,4096}", "2 to 4,096 of `A` to `P`"),
  ]

  static let literals = [
    SaidShape("'ac_'", "`ac_`"),
    SaidShape("i'ac_'", "`ac_` in any case"),
    SaidShape("'a b'", "`a b`"),
    SaidShape("'ac '", "`ac` and a blank"),
    SaidShape("i' ac  '", "a blank and `ac` in any case and 2 blanks"),
    SaidShape("' '", "a blank"),
    SaidShape("'\\x0a'", "a line feed"),
    SaidShape("'a\\x0ab'", "`a\\x0ab`"),
    SaidShape("'a`b'", "``a`b``"),
    SaidShape("'`'", "`` ` ``"),
    SaidShape("'\\'\\\\'", "`'\\`"),
    SaidShape("'eyJh.eyJp' hex{2}", "`eyJh.`, then `eyJp`, then 2 lower-case hex digits"),
    SaidShape("'a' 'eyJh.eyJp'?", "`a`, then optionally (`eyJh.`, then `eyJp`)"),
    SaidShape("'eyJh.'", "`eyJh.`"),
    SaidShape("'a.eyJh.b'", "`a.eyJh.b`"),
  ]

  static let groups = [
    SaidShape("'a' digits{2} 'b'", "`a`, then 2 digits, then `b`"),
    SaidShape("'a' 'b'?", "`a`, then optionally `b`"),
    SaidShape("'a' ('b' 'c')?", "`a`, then optionally (`b`, then `c`)"),
    SaidShape("'a' ('b' 'c'?)?", "`a`, then optionally (`b`, then optionally `c`)"),
    SaidShape("'a' ('b' | 'c')? 'd'", "`a`, then optionally (`b` or `c`), then `d`"),
    SaidShape("'a' ('b' 'c') 'd'", "`a`, then `b`, then `c`, then `d`"),
    SaidShape("('a' | 'b') 'c'", "`a` or `b`, then `c`"),
    SaidShape("('a' | 'b' | 'c') 'd'", "one of `a`, `b` or `c`, then `d`"),
    SaidShape("'a' ('b' 'c' | 'd')", "`a`, then either (`b`, then `c`) or `d`"),
    SaidShape(
      "'a' ('b' | 'c' ('d' | 'e') | 'f')", "`a`, then one of `b`, (`c`, then `d` or `e`) or `f`"),
    SaidShape("'a' | 'b' digits{2}", "`a`", "`b`, then 2 digits"),
    SaidShape("('a' | 'b')", "`a`", "`b`"),
    SaidShape("'a' uuid", "`a`, then a UUID"),
    SaidShape("uuid", "a UUID"),
    SaidShape("'a' (hex{4} | uuid)", "`a`, then 4 lower-case hex digits or a UUID"),
    SaidShape("jwt", "a JSON web token"),
    SaidShape("'a' key-block", "`a`, then the lines of a key, to its END line"),
  ]

  static let names = [
    SaidShape(
      "'a=' secret:hex{4} ';'", "`a=`, then 4 lower-case hex digits (the secret), then `;`"),
    SaidShape("'a=' secret:('b' | 'c')", "`a=`, then the secret (`b` or `c`)"),
    SaidShape("'a' secret:uuid '@'", "`a`, then a UUID (the secret), then `@`"),
    SaidShape("'a=' secret:hex{4}?", "`a=`, then optionally 4 lower-case hex digits (the secret)"),
    SaidShape("secret:hex{4}", "4 lower-case hex digits"),
    SaidShape("'a' other:hex{4}", "`a`, then 4 lower-case hex digits"),
    SaidShape(
      "'a' body:digits{4} sum:digits{2}", "`a`, then 4 digits (*body*), then 2 digits (a checksum)",
      check: "crc32-base62(body) = sum"),
    SaidShape(
      "body:('a' digits{4}) '_' sum:digits{2}",
      "*body* (`a`, then 4 digits), then `_`, then 2 digits (a checksum)",
      check: "crc32-base62(body) = sum"),
    SaidShape("key:('a' digits{4})", "`a`, then 4 digits", check: "bech32(key)"),
  ]
}
