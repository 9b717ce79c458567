import CSieve
import Testing
import WeirSpecimens

@Suite("Line feeds are counted alike on every processor")
struct NewlineTests {
  @Test("in texts of any length, of many line feeds and of few", arguments: [1, 2, 90])
  func counts(others: Int) {
    var random = SplitMix64(seed: 73)
    let alphabet = [0x0A] + (0..<others).map { UInt8(truncatingIfNeeded: 0x0B &+ $0 &* 37) }
    for length in Array(0..<200) + [255, 256, 257, 511, 512, 4096, 70_001] {
      let bytes = random.bytes(alphabet, count: length)
      let count = bytes.count { $0 == 0x0A }
      #expect(newlines_in(bytes, length) == count)
      #expect(newlines_plainly_in(bytes, length) == count)
    }
  }

  @Test("in nothing but line feeds")
  func lineFeeds() {
    let bytes = [UInt8](repeating: 0x0A, count: 1024)
    for length in 0...bytes.count {
      #expect(newlines_in(bytes, length) == length)
      #expect(newlines_plainly_in(bytes, length) == length)
    }
  }
}
