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
    // 26 39 F4 CB in base64, as much as there is room for.
    #expect(text(.crc32Base64, "123456789", width: 6) == "Jjn0yw")
    #expect(text(.crc32Base64, "123456789", width: 4) == "Jjn0")
    // FIPS 180-4: the SHA-256 of "abc" begins BA 78 16 BF 8F.
    #expect(text(.sha256Base32, "abc") == "XJ4BNP4P")
    #expect(text(.bech32, "123456789") == nil)
  }

  @Test("the CRC-32 at the end of a text of any length")
  func checksumEnd() {
    let kind = CheckExpression.Kind.crc32Base62End
    #expect(outcome(kind, "1234567893jZRME") == .valid)
    #expect(outcome(kind, "1234567893jZRMF") == .failed)
    #expect(outcome(kind, "123456789") == .failed)
    #expect(outcome(kind, "3jZRME") == .failed)
  }

  private func outcome(_ kind: CheckExpression.Kind, _ source: String) -> CheckOutcome {
    Array(source.utf8).withUnsafeBytes {
      Check.outcome(of: kind, $0, UnsafeRawBufferPointer(rebasing: $0[..<0]))
    }
  }

  /// The check value of CRC-16/XMODEM, and seeds that the tests of Stellar and the documentation of
  /// NATS have printed; in two
  /// pieces, for whoever looks for seeds.
  @Test("CRC-16 of the check string, and behind published seeds")
  func crc16() {
    #expect(CRC16.checksum(Array("123456789".utf8)) == 0x31C3)
    #expect(CRC16.end(of: Array("123456789".utf8)) == [0xC3, 0x31])
    for (first, second) in [
      ("SBU2RRGLXH3E5CQHTD3ODLDF2BWD", "CYUSSBLLZ5GNW7JXHDIYKXZWHOKR"),
      ("SUACSSL3UAHUDXKFSNVUZRF5UHPMW", "Z6BFDTJ7M6USDXIEDNPPQYYYCU3VY"),
    ] {
      #expect(outcome(.crc16Base32, first + second) == .valid)
      #expect(outcome(.crc16Base32, first.lowercased() + second) == .failed)
      #expect(outcome(.crc16Base32, "SC" + first.dropFirst(2) + second) == .failed)
    }
    #expect(outcome(.crc16Base32, "AAA") == .failed)
  }

  /// The examples of RFC 4648.
  @Test("base32 both ways")
  func base32() {
    for (plain, text) in [
      ("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foob", "MZXW6YQ"),
      ("fooba", "MZXW6YTB"), ("foobar", "MZXW6YTBOI"),
    ] {
      #expect(Base32.encode(Array(plain.utf8)) == Array(text.utf8))
      #expect(Array(text.utf8).withUnsafeBytes(Base32.decode) == Array(plain.utf8))
    }
    #expect(Array("MZXW1".utf8).withUnsafeBytes(Base32.decode) == nil)
  }

  /// The seed of "masterpassphrase" that the XRP Ledger documents, in two pieces.
  @Test("base58check in the digits of the XRP Ledger")
  func ripple() {
    let seed = "snoPBrXtMeMyMHU" + "VTgbuqAfg1SUTb"
    #expect(outcome(.base58CheckXRP, seed) == .valid)
    #expect(outcome(.base58Check, seed) == .failed)
    #expect(outcome(.base58CheckXRP, "snoPBrXtMeMyMHV" + "VTgbuqAfg1SUTb") == .failed)
  }

  /// Both are in the Bitcoin Wiki, and each is a text in two pieces here.
  @Test("the hash of a mini key begins with a zero byte")
  func miniKey() {
    #expect(outcome(.miniKey, "S6c56bnXQiBjk9m" + "qSYE7ykVQ7NzrRy") == .valid)
    #expect(outcome(.miniKey, "S4b3N3oGqDq" + "R5jNuxEvDwf") == .valid)
    #expect(outcome(.miniKey, "S6c56bnXQiBjk9m" + "qSYE7ykVQ7NzrRz") == .failed)
  }

  /// The first is a test of js-macaroon; the others are that one with something else in it.
  @Test("a macaroon of version 2 is one to its last byte, in base64 and in hex")
  func macaroon() {
    let text =
      "AgETaHR0cDovL2V4YW1wbGUub3JnLwIFa2V5aWQAAAYg"
      + "fN7nklEcW8b1KEhYBd/psk54XijiqZMB+dcRxgnjjvc="
    let bytes = Base64.decode(text.utf8.prefix { $0 != UInt8(ascii: "=") })!
    #expect(outcome(.macaroon, text) == .valid)
    #expect(outcome(.macaroon, String(text.dropLast())) == .valid)
    #expect(outcome(.macaroon, String(text.dropLast(3))) == .failed)
    #expect(outcome(.macaroon, text.dropLast() + "A") == .failed)
    func hex(_ bytes: [UInt8]) -> String {
      bytes.map { byte in
        let digits = String(byte, radix: 16)
        return digits.count == 1 ? "0" + digits : digits
      }.joined()
    }
    #expect(outcome(.macaroon, hex(bytes)) == .valid)
    #expect(outcome(.macaroon, hex(bytes).uppercased()) == .valid)
    #expect(outcome(.macaroon, hex(bytes) + "0") == .failed)
    let (head, end) = (bytes.prefix(30), bytes.suffix(35))
    let middles: [([UInt8], Bool)] = [
      ([], true), ([2, 1, 9, 0], true), ([1, 1, 7, 2, 1, 9, 0], true),
      ([2, 1, 9, 4, 1, 8, 0], true), ([2, 0x81, 0, 9, 0], true), ([1, 1, 7, 0], false),
      ([4, 1, 8, 0], false), ([2, 1, 9, 1, 1, 7, 0], false), ([2, 1, 9, 3, 1, 7, 0], false),
      ([2, 1, 9, 2, 1, 9, 0], false), ([1, 1, 7, 4, 1, 8, 0], false), ([2, 0x7F, 9, 0], false),
      ([0], false),
    ]
    for (middle, isRight) in middles {
      #expect(
        outcome(.macaroon, hex(head + middle + end)) == (isRight ? .valid : .failed), "\(middle)")
    }
    #expect(outcome(.macaroon, hex([1] + bytes.dropFirst())) == .failed)
    #expect(outcome(.macaroon, hex([2] + end)) == .failed)
    #expect(outcome(.macaroon, "") == .failed)
  }

  @Test("numbers below the order of Ed25519's group, and numbers that X25519 leaves as they are")
  func scalars() {
    // The order itself (RFC 8032, 5.1), and one less, the lowest byte first.
    let rest = "d3f55c1a631258d69cf7a2def9de14" + "000000000000000000000000000000" + "10"
    #expect(outcome(.ed25519Scalar, "ed" + rest) == .failed)
    #expect(outcome(.ed25519Scalar, "ec" + rest) == .valid)
    #expect(outcome(.ed25519Scalar, ("ec" + rest).uppercased()) == .valid)
    #expect(outcome(.ed25519Scalar, "ec" + rest.dropLast(2) + "11") == .failed)
    #expect(outcome(.ed25519Scalar, "ec" + rest.dropLast(2)) == .failed)
    func isClamped(first: UInt8, last: UInt8) -> CheckOutcome {
      let bytes = [first] + [UInt8](repeating: 0xA7, count: 30) + [last]
      return outcome(.x25519Scalar, String(decoding: Base64.encode(bytes), as: UTF8.self))
    }
    for (first, last) in [(0x00, 0x40), (0xF8, 0x7F), (0x08, 0x55)] as [(UInt8, UInt8)] {
      #expect(isClamped(first: first, last: last) == .valid)
    }
    for (first, last) in [
      (0x01, 0x40), (0x02, 0x40), (0x04, 0x40), (0x00, 0x3F), (0x00, 0xC0), (0x00, 0x80),
    ] as [(UInt8, UInt8)] {
      #expect(isClamped(first: first, last: last) == .failed)
    }
    #expect(outcome(.x25519Scalar, "QEA=") == .failed)
  }

  @Test("text, logins and numbers in base64 of either alphabet, padded as you like")
  func encodedText() {
    func base64(_ text: String) -> String {
      String(decoding: Base64.encode(Array(text.utf8)), as: UTF8.self)
    }
    func bytes(_ bytes: [UInt8]) -> String {
      String(decoding: Base64.encode(bytes), as: UTF8.self)
    }
    for (text, isText, isLogin) in [
      ("user:word", true, true), ("user:", true, true), (":word", true, true), (":", true, false),
      ("user", true, false), ("", false, false), ("a\u{1}:b", false, false),
      ("a\t:b\r\n", true, true), ("ä:ö~?", true, true), ("a:\u{85}", false, false),
      ("a:\u{7F}", false, false),
    ] {
      #expect(outcome(.base64Text, base64(text)) == (isText ? .valid : .failed), "\(text)")
      #expect(outcome(.base64Login, base64(text)) == (isLogin ? .valid : .failed), "\(text)")
    }
    #expect(outcome(.base64Text, bytes([0x61, 0xFF])) == .failed)
    #expect(outcome(.base64Text, bytes([0xC3])) == .failed)
    // "?" and "~" are "/" and "+" in the third place.
    #expect(base64("ab?ab~ab").hasPrefix("YWI/YWJ+"))
    for end in ["", "=", "%3D"] {
      #expect(outcome(.base64Text, "YWI/YWJ+YWI" + end) == .valid)
      #expect(outcome(.base64Text, "YWI_YWJ-YWI" + end) == .valid)
    }
    #expect(outcome(.base64Text, "YWI=YWI") == .failed)
    // A digit too many holds no byte.
    #expect(outcome(.base64Text, "YWIhY") == .valid)
    for (text, isNumber) in [
      ("0123456789", true), ("12:ab", true), ("12a:b", false), (":12", false), ("", false),
      ("1/", false),
    ] {
      #expect(outcome(.base64Number, base64(text)) == (isNumber ? .valid : .failed), "\(text)")
    }
    #expect(outcome(.base64Number, bytes([0x31, 0x3A, 0xFF, 0x00])) == .valid)
  }

  @Test("one JSON object in base64, and two with a dot between are the beginning of a JWT")
  func encodedObjects() {
    func base64(_ text: String) -> String {
      String(decoding: Base64.encode(Array(text.utf8)), as: UTF8.self)
    }
    for (json, isObject) in [
      (#"{"a":"?~"}"#, true), (" {}\n", true), (#"{"alg":"none"}"#, true),
      (#"{"a":[{"b":[]}]}"#, true),
      (#"{"a":[[[[1]]]]}"#, false), ("[]", false), (#"{"a":1}{"#, false), (#"{"a":"#, false),
      ("", false),
    ] {
      #expect(outcome(.base64JSON, base64(json)) == (isObject ? .valid : .failed), "\(json)")
    }
    #expect(outcome(.base64JSON, "eyJhIjoiPz4_Pj8-In0") == .valid)
    #expect(outcome(.base64JSON, "eyJhIjoiPz4/Pj8+In0=") == .valid)
    func unpadded(_ text: String) -> String { base64(text).filter { $0 != "=" } }
    let (header, claims) = (unpadded(#"{"alg":"HS256"}"#), unpadded(#"{"sub":"a"}"#))
    for (text, isToken) in [
      (header + "." + claims, true), (header + "." + claims + ".abc", true), (header, false),
      (header + ".", false), (claims + "." + claims, false),
      (header + "." + unpadded("[1]"), false),
      (unpadded(#"{"alg":"none"}"#) + "." + claims, false), ("." + claims, false),
    ] {
      #expect(outcome(.jwt, text) == (isToken ? .valid : .failed), "\(text)")
    }
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
    // Of Functions: 40 bytes in the alphabet of URLs, which may write the padding otherwise.
    let url = Base64.decodeEither(
      random.bytes(Alphabet.named["base64url"]!.bytes, count: 44) + Array("AzFu".utf8))!
    let key = AzureKey.hisKey(url, seed: AzureKey.seedsOfMark[Array("AzFu".utf8)]![0])
    let spelled = key.prefix { $0 != UInt8(ascii: "=") }.map { digit -> UInt8 in
      digit == UInt8(ascii: "+") ? 0x2D : digit == UInt8(ascii: "/") ? 0x5F : digit
    }
    #expect(outcome(spelled + Array("==".utf8)) == .valid)
    #expect(outcome(spelled + Array("%3D%3D".utf8)) == .valid)
    #expect(outcome(Array(spelled.dropLast(2)) + Array("AB==".utf8)) == .failed)
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
