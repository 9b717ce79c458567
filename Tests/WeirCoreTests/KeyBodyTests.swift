import Oracle
import Testing
import WeirCore
import WeirSpecimens

@Suite("A key block says whether it is whole: one DER value, as long as it says")
struct KeyBodyTests {
  private static let policy = Policy(minConfidence: .low, keepsRefuted: true)
  private static let oracle = Oracle(rules: BuiltIn.definitions, policy: policy)

  /// A sequence of so many bytes inside.
  private func sequence(_ length: Int, seed: UInt64, inner: UInt8 = 0x02) -> [UInt8] {
    var random = SplitMix64(seed: seed)
    let head: [UInt8] =
      switch length {
      case ..<0x80: [0x30, UInt8(length)]
      case ..<0x100: [0x30, 0x81, UInt8(length)]
      default: [0x30, 0x82, UInt8(length >> 8), UInt8(length & 0xFF)]
      }
    return head + [inner] + random.bytes(Array(0...255), count: length - 1)
  }

  private func block(_ body: [UInt8], dress: KeyDress = .lineFeeds) -> [UInt8] {
    var lines = [Array("-----BEGIN ".utf8) + Array("PRIVATE KEY-----".utf8)]
    var rest = body[...]
    while !rest.isEmpty {
      lines.append(Array(rest.prefix(64)))
      rest = rest.dropFirst(64)
    }
    lines.append(Array("-----END ".utf8) + Array("PRIVATE KEY-----".utf8))
    return dress.dressed(lines)
  }

  private func check(of text: [UInt8]) throws -> CheckOutcome? {
    let result = try scan(text, policy: Self.policy)
    let verdict = Verdict(of: Self.oracle, on: text)
    #expect(
      disagreement(of: result, input: text, with: verdict, catalogue: BuiltIn.catalogue) == nil)
    #expect(result.findings.count == 1)
    return result.findings.first?.check
  }

  @Test("of each length, padded or not, in every dress", arguments: [49, 127, 128, 255, 256, 1190])
  func lengths(length: Int) throws {
    for inner in [0x02, 0x30] as [UInt8] {
      let body = Base64.encode(sequence(length, seed: UInt64(length), inner: inner))
      for dress in KeyDress.allCases {
        #expect(try check(of: block(body, dress: dress)) == .valid, "\(dress)")
      }
      let digits = body.filter { $0 != UInt8(ascii: "=") }
      #expect(try check(of: block(digits)) == .valid)
      #expect(try check(of: block(digits.dropLast())) == CheckOutcome.none)
      #expect(try check(of: block(digits + Array("AAAA".utf8))) == CheckOutcome.none)
    }
  }

  @Test(
    "what begins as no key does, or with a length that says another, is a key block all the same")
  func others() throws {
    let key = sequence(300, seed: 1)
    for (place, byte) in [(0, 0x31), (1, 0x83), (1, 0x80), (3, 0x2B), (4, 0x04)] {
      var other = key
      other[place] = UInt8(byte)
      #expect(try check(of: block(Base64.encode(other))) == CheckOutcome.none)
    }
  }

  @Test("without its lines too, where the form ends amid the body")
  func bare() throws {
    var random = SplitMix64(seed: 2)
    // Version 0 and a modulus of 257 bytes: the key of the common size.
    let key = [0x30, 0x82, 0x04, 0xA4, 0x02, 0x01, 0x00, 0x02, 0x82, 0x01, 0x01, 0x00] as [UInt8]
    let body = Base64.encode(key + random.bytes(Array(1...255), count: 0x4A4 - 8))
    #expect(try check(of: body) == .valid)
    #expect(try check(of: Array("key: ".utf8) + body + [0x0A]) == .valid)
    #expect(try check(of: body.dropLast(4)) == CheckOutcome.none)
  }

  @Test("where it is encoded, as where it is plain")
  func encoded() throws {
    let text = block(Base64.encode(sequence(300, seed: 3)))
    for dress in [EncodedDress.hex, .utf16Little, .percent, .json] {
      #expect(try check(of: dress.encoded(text)) == .valid)
    }
  }

  @Test("an END line that never comes makes no difference to a whole body")
  func unended() throws {
    let text = block(Base64.encode(sequence(300, seed: 4)))
    let end = try #require(text.lastIndex(of: 0x0A))
    #expect(try check(of: Array(text[..<end])) == .valid)
    #expect(try check(of: Array(text[...end]) + Array("and prose.".utf8)) == .valid)
  }
}
