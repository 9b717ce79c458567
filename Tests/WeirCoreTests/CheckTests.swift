import Testing
import WeirCore
import WeirSpecimens

@Suite("Checks compute what others compute")
struct CheckTests {
  @Test("CRC-32 of the check string")
  func crc32() {
    #expect(Array("123456789".utf8).withUnsafeBytes(CRC32.checksum) == 0xCBF4_3926)
    #expect([UInt8]().withUnsafeBytes(CRC32.checksum) == 0)
    #expect(CRC32.text(0, digits: CRC32.base62, width: 6) == Array("000000".utf8))
    #expect(CRC32.text(.max, digits: CRC32.base62, width: 6) == Array("4gfFC3".utf8))
    #expect(CRC32.text(.max, digits: CRC32.base36, width: 7) == Array("1z141z3".utf8))
  }

  @Test("base58check of the first Bitcoin address, and of every change to it")
  func base58Check() {
    let address = Array("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa".utf8)
    #expect(address.withUnsafeBytes(Base58Check.isValid))
    for place in address.indices {
      var changed = address
      changed[place] = changed[place] == UInt8(ascii: "2") ? UInt8(ascii: "3") : UInt8(ascii: "2")
      #expect(!changed.withUnsafeBytes(Base58Check.isValid))
    }
  }

  @Test("the header of a JWT is one JSON object that names an algorithm")
  func tokenHeader() {
    func isValid(_ json: String) -> Bool {
      var maker = SpecimenMaker(rules: [], seed: 1)
      let token = maker.token(header: json)
      return Array(token.prefix { $0 != UInt8(ascii: ".") }).withUnsafeBytes(TokenHeader.isValid)
    }
    #expect(isValid(#"{"alg":"HS256"}"#))
    #expect(isValid(#"{ "typ" : [1, {"a": null}], "alg" : "EdDSA" }"#))
    #expect(!isValid(#"{"alg":"none"}"#))
    #expect(!isValid(#"{"typ":"JWT"}"#))
    #expect(!isValid(#"{"alg":"HS256"} {}"#))
    #expect(!isValid(#"{"alg":256}"#))
    #expect(!isValid(#"{"alg":"HS256""#))
    #expect(!isValid(#"{"x":{"alg":"HS256"}}"#))
    #expect(!isValid(#"{"x":[[[[1]]]],"alg":"HS256"}"#))
  }
}
