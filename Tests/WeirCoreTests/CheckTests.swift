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

  /// The sum of the check string, CBF43926, in each spelling.
  @Test("the spellings of a CRC-32")
  func checksumTexts() {
    func text(_ kind: CheckExpression.Kind, _ source: String, width: Int = 8) -> String? {
      Array(source.utf8).withUnsafeBytes {
        ChecksumText.expected(kind, of: $0, width: width).map {
          String(decoding: $0, as: UTF8.self)
        }
      }
    }
    #expect(text(.crc32Hex, "123456789") == "cbf43926")
    #expect(text(.crc32HexLittle, "123456789") == "2639f4cb")
    #expect(text(.crc32Atlassian, "123456789") == "CBF43926")
    #expect(text(.crc32Base62, "123456789", width: 6) == "3jZRME")
    #expect(text(.crc32Base62Lower, "123456789", width: 6) == "3Jzrme")
    #expect(text(.crc32Base36, "123456789", width: 7) == "1kl8mjq")
    // Of the sign as it is, and as URLs and property files write it. The sum is zlib's.
    for sign in ["=", "%3D", "\\="] {
      #expect(text(.crc32Atlassian, "123456789" + sign) == "58ACD258")
    }
    #expect(text(.crc32Hex, "123456789=") == "58acd258")
    #expect(text(.bech32, "123456789") == nil)
  }

  /// BIP 173 lists these as valid and invalid.
  @Test("bech32 of the standard's own examples, and of every change to one")
  func bech32() {
    func isValid(_ text: String) -> Bool { Array(text.utf8).withUnsafeBytes(Bech32.isValid) }
    let sample = "abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw"
    for text in [
      "A12UEL5L", "a12uel5l", sample, sample.uppercased(),
      "an83characterlonghumanreadablepartthatcontainsthenumber1andtheexcludedcharactersbio1tt5tgs",
      "split1checkupstagehandshakeupstreamerranterredcaperred2y9e3w", "?1ezyfcl",
    ] {
      #expect(isValid(text), "\(text)")
    }
    for text in [
      "A1G7SGD8", "pzry9x0s0muk", "1pzry9x0s0muk", "x1b4n0q5v", "li1dgmt3", "a12UEL5L", "",
    ] {
      #expect(!isValid(text), "\(text)")
    }
    for place in sample.utf8.indices where place > sample.utf8.firstIndex(of: 0x31)! {
      var changed = Array(sample.utf8)
      let offset = sample.utf8.distance(from: sample.utf8.startIndex, to: place)
      changed[offset] = changed[offset] == UInt8(ascii: "q") ? UInt8(ascii: "p") : UInt8(ascii: "q")
      #expect(!changed.withUnsafeBytes(Bech32.isValid))
    }
  }

  /// The vectors of the tests of the .NET runtime.
  @Test("Marvin32 of the reference's vectors")
  func marvin32() {
    let vectors: [([UInt8], UInt64)] = [
      ([], 0x30ED_35C1_00CD_3C7D), ([0xAF], 0x48E7_3FC7_7D75_DDC1),
      ([0xE7, 0x0F], 0xB5F6_E1FC_485D_BFF8), ([0x37, 0xF4, 0x95], 0xF0B0_7C78_9B8C_F7E8),
      ([0x86, 0x42, 0xDC, 0x59], 0x7008_F2E8_7E9C_F556),
      ([0x15, 0x3F, 0xB7, 0x98, 0x26], 0xE6C0_8C6D_A2AF_A997),
      ([0x09, 0x32, 0xE6, 0x24, 0x6C, 0x47], 0x6F04_BF1A_5EA2_4060),
      ([0xAB, 0x42, 0x7E, 0xA8, 0xD1, 0x0F, 0xC7], 0xE118_47E4_F067_8C41),
    ]
    for (bytes, state) in vectors {
      let seed: UInt64 = 0x004F_B61A_001B_DBCC
      #expect(bytes.withUnsafeBytes { Marvin32.state($0, seed: seed) } == state)
      let folded = UInt32(truncatingIfNeeded: state >> 32 ^ state)
      #expect(bytes.withUnsafeBytes { Marvin32.checksum($0, seed: seed) } == folded)
    }
  }

  /// The examples of RFC 4648.
  @Test("base64 both ways")
  func base64() {
    let pairs = [
      ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
      ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
    ]
    for (plain, text) in pairs {
      #expect(Base64.encode(Array(plain.utf8)) == Array(text.utf8))
      #expect(Base64.decode(text.utf8.prefix { $0 != UInt8(ascii: "=") }) == Array(plain.utf8))
    }
    #expect(Base64.decode("Zm-v".utf8) == nil)
  }

  @Test("an Azure key without a mark is not checked, with one it is")
  func azureKey() {
    func outcome(_ text: [UInt8]) -> CheckOutcome {
      text.withUnsafeBytes(AzureKey.outcome(ofHIS:))
    }
    var random = SplitMix64(seed: 3)
    let digits = Base64.digits
    #expect(outcome(random.bytes(digits, count: 43) + Array("=".utf8)) == .none)
    let mark = Array("+ASb".utf8)
    #expect(
      outcome(random.bytes(digits, count: 33) + mark + random.bytes(digits, count: 6)) == .failed)
    let head = Base64.decode(random.bytes(digits, count: 33) + mark + [UInt8(ascii: "A")])!.prefix(
      28)
    for seed in AzureKey.seedsOfMark[mark]! {
      #expect(outcome(AzureKey.hisKey(Array(head), seed: seed)) == .valid)
    }
    #expect(outcome(AzureKey.hisKey(Array(head), seed: 0)) == .failed)
  }

  @Test("both spellings of the hash behind an Azure CASK key, and no third")
  func azureCASK() throws {
    var random = SplitMix64(seed: 4)
    let head = random.bytes(Alphabet.named["base62"]!.bytes, count: 80)
    let bytes = try #require(Base64.decode(head))
    // The seed is "Default0" as a number.
    let sum = bytes.withUnsafeBytes { Marvin32.checksum($0, seed: 0x4465_6661_756C_7430) }
    let hash = [0, 8, 16, 24].map { UInt8(truncatingIfNeeded: sum >> $0) }
    func isValid(_ end: [UInt8]) -> Bool { (head + end).withUnsafeBytes(AzureKey.isValidCASK) }
    #expect(isValid(Base64.encode(Array(hash.prefix(3)))))
    #expect(isValid(Base64.encode(hash)))
    for isLong in [false, true] {
      let end = try #require(AzureKey.caskEnd(of: head, isLong: isLong))
      #expect(end.count == (isLong ? 8 : 4))
      #expect(isValid(end))
      #expect(!isValid([end[0] == 0x30 ? 0x31 : 0x30] + end.dropFirst()))
    }
    #expect(!isValid([]))
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
