import CSieve
import Testing
import Trials
import WeirCore
import WeirSpecimens

/// What one look at sixty-four bytes says of them, whatever the processor.
@Suite("Signs of placeholders are seen alike on every processor")
struct SignsTests {
  private static let alphabets: [[UInt8]] = [
    Array("exEXplPLchCHreRE/019aAzZ".utf8), Array("ED/e".utf8), Array(0...255),
  ]

  @Test("in texts of any length, where nothing may be read behind them", arguments: alphabets)
  func alike(alphabet: [UInt8]) throws {
    var random = SplitMix64(seed: 951)
    let memory = try #require(GuardedBytes())
    var seen = signs()
    for length in Array(0...130) + (0..<2000).map({ _ in random.below(200) }) {
      let text = memory.place(random.bytes(alphabet, count: length))
      let bytes = text.baseAddress!.assumingMemoryBound(to: UInt8.self)
      let signs = signs_in(bytes, length)
      let plain = signs_plainly_in(bytes, length)
      #expect(signs.parts == plain.parts && signs.rows == plain.rows)
      #expect(signs.slashes == plain.slashes)
      seen.rows |= signs.rows
      seen.slashes |= signs.slashes
      for (first, second) in [(UInt8(ascii: "E"), UInt8(ascii: "D")), (0x2F, 0x2F)] {
        for from in Set([0, length / 2, max(length - 1, 0)]) {
          let place = pair_in(bytes, length, from, first, second)
          #expect(place == pair_plainly_in(bytes, length, from, first, second))
          let expected = (from..<max(from, length - 1)).first {
            text[$0] == first && text[$0 + 1] == second
          }
          #expect(place == expected ?? length)
        }
      }
    }
    #expect(seen.rows > 0 && seen.slashes > 0)
  }

  /// Secrets of more bytes than one look has, and what makes a placeholder of them at every place.
  @Test("a part or a row makes a placeholder of a long secret, wherever it stands")
  func everywhere() {
    let random = Array("q7Wk2Zx9Ty4Hs8Lm3Vb6Nd5Gf0Jc".utf8)
    for count in [15, 23, 56, 57, 58, 63, 64, 65, 114, 120, 180] {
      let body = (0..<count).map { random[$0 % random.count] }
      #expect(!stands(body), "\(count) bytes of chance")
      for place in 0...count {
        #expect(stands(body[..<place] + Array("example".utf8) + body[place...]), "at \(place)")
        // A row of a third of the secret.
        let row = [UInt8](repeating: UInt8(ascii: "7"), count: max(8, count / 2 + 2))
        #expect(stands(body[..<place] + row + body[place...]), "a row at \(place) of \(count)")
      }
    }
  }

  @Test("behind what only begins like a part, and of the fewest bytes")
  func fewest() {
    #expect(stands("q7reW2chK9example4Z".utf8) && !stands("q7reW2chK9exemple4Z".utf8))
    for row in ["abc", "4567", "abcde", "345678", "1234567", "12345678"] {
      #expect(stands(row.utf8), "\(row)")
    }
    #expect(!stands("123456q".utf8))
    #expect(stands("/mnt/data/current".utf8) && !stands("mnt/data/current".utf8))
  }

  private func stands(_ secret: some Sequence<UInt8>) -> Bool {
    Array(secret).withUnsafeBytes { Placeholder.stands(for: $0, prefixBytes: 0) }
  }
}
