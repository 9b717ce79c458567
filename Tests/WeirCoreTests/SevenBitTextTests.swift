import Testing
import WeirCore
import WeirSpecimens

@Suite("Bytes survive as text of seven bits")
struct SevenBitTextTests {
  @Test("of every length, back as they were")
  func roundTrip() {
    var random = SplitMix64(seed: 5)
    for count in 0...64 {
      let bytes = random.bytes(Array(0...255), count: count)
      let characters = SevenBitText.characters(of: bytes)
      #expect(characters.allSatisfy { $0 < 0x80 })
      let back = characters.withUnsafeBytes { SevenBitText.bytes(of: $0, count: count) }
      #expect(back == bytes)
    }
  }

  @Test("text that is not that of so many bytes is refused")
  func cutShort() {
    let characters = SevenBitText.characters(of: [1, 2, 3, 4, 5, 6, 7, 8])
    for count in [0, 7, 15] {
      #expect(characters.withUnsafeBytes { SevenBitText.bytes(of: $0, count: count) } == nil)
    }
    #expect(characters.dropLast().withUnsafeBytes { SevenBitText.bytes(of: $0, count: 8) } == nil)
  }

  @Test("a literal reads as the bytes it was written of")
  func literal() {
    let bytes: [UInt8] = [0x00, 0x11, 0x5F, 0xB8, 0xFF, 0x0A, 0x22]
    #expect(SevenBitText.literal(of: bytes) == #"\0\"|B{_\u{2}\u{11}"#)
    let text = SevenBitText(byteCount: 7, text: "\0\"|B{_\u{2}\u{11}")
    #expect(text.decoded() == bytes)
  }
}
