import Testing
import WeirCore
import WeirSpecimens

@Suite("A mask completes nothing")
struct MaskCompletionTests {
  @Test("no key block takes the letters of a mask for its body")
  func keyBlock() throws {
    var maker = BuiltIn.maker(seed: 161)
    let begin = Array(("-----BEGIN " + "PGP PRIVATE KEY BLOCK-----\n").utf8)
    let inner = maker.specimen(of: "pem.private-key").bytes
    for count in 56...66 {
      let body = maker.random.bytes(Alphabet.named["base62"]!.bytes, count: count)
      let once = try scan(begin + body + inner)
      let twice = try scan(once.output)
      #expect(twice.output == once.output && twice.findings.isEmpty, "\(count) bytes")
      // Nor is it found when the mask was there from the beginning, however it is cut.
      let masked = begin + body + MaskText.head
      let isOpened = count >= 64
      for cut in begin.count..<masked.count {
        let cut = try scan([masked[..<cut], masked[cut...]])
        #expect(cut.findings.count == (isOpened ? 1 : 0), "\(count) bytes")
      }
    }
  }

  @Test("a cue that a mask's tail hid stays hidden when another mask takes the first letters")
  func cueInTail() throws {
    var maker = BuiltIn.maker(seed: 162)
    let begin = Array(("-----BEGIN " + "PGP PRIVATE KEY BLOCK-----\n").utf8)
    let letters = Alphabet.named["base62"]!.bytes
    let secret = maker.specimen(of: "cohere.api-key")
    for count in [0, 20, 40, 60, 64, 65, 70, 200, 3000] {
      let tail = Array("_".utf8) + maker.random.bytes(letters, count: count) + Array("_".utf8)
      let text =
        begin + maker.random.bytes(letters, count: 80) + MaskText.head + tail + secret.bytes
      for mask in MaskMode.allCases where mask != .stars {
        let once = try scan(text, mask: mask)
        let twice = try scan(once.output, mask: mask)
        #expect(twice.output == once.output && twice.findings.isEmpty, "\(count) bytes, \(mask)")
        #expect(try scan(text.map { [$0][...] }, mask: mask) == once)
      }
    }
  }
}
