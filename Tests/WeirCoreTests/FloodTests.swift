import Testing
import WeirCore
import WeirSpecimens

/// More signatures than the buffer of matches holds.
@Suite("A flood of anchors hides nothing")
struct FloodTests {
  @Test("credentials are found among anchors by the ten thousand, and everything is counted")
  func amongAnchors() throws {
    var maker = BuiltIn.maker(seed: 141)
    for anchor in ["AKIA", "eyJ", "://a:", "ghp_"] {
      var input: [UInt8] = []
      var starts: [UInt64] = []
      for turn in 0..<12 {
        input += repeatElement(Array(anchor.utf8), count: 3000 + 1500 * (turn % 4)).joined()
        input.append(0x0A)
        starts.append(UInt64(input.count))
        input += maker.specimen(of: "slack.bot-token").bytes
        input.append(0x0A)
      }
      // The sums of the receipt are compared by `scan`.
      let whole = try scan(input, policy: .scan)
      #expect(whole.findings.map(\.start) == starts, "among \(anchor)")
      let halves = [input[..<(input.count / 2)], input[(input.count / 2)...]]
      #expect(try scan(halves, policy: .scan) == whole, "among \(anchor)")
    }
  }

  @Test("more matches in 256 bytes than can be held end the scan by name")
  func tooMany() throws {
    // A blank of a cue is a dash as well: two signatures of each width.
    let words = (3...48).flatMap { width in
      let dashes = String(repeating: "-", count: width - 1)
      return ["-" + dashes, " " + dashes]
    }
    let rule = try TestRule.make("t.cue", "set(0-9){20}", cue: words)
    let catalogue = try Catalogue(compiling: [rule])
    let input = [UInt8](repeating: UInt8(ascii: "-"), count: 10_000)
    #expect(throws: ScanError.tooManyMatches(offset: 0)) {
      try scan(input, policy: .scan, catalogue: catalogue)
    }
    // Fewer bytes have fewer matches.
    #expect(try scan(Array(input.prefix(150)), catalogue: catalogue).findings.isEmpty)
  }
}
