import Testing
import Trials
import WeirCore
import WeirSpecimens

@Suite("An input may pause, and its scanner serve others")
struct PauseTests {
  @Test("wherever a vector is cut in two, the pause changes nothing")
  func everySplit() throws {
    try expectEverySplit(seed: 51, step: (3, 13)) {
      try scanWithPauses($0, policy: SeamTests.policy)
    }
  }

  @Test("pauses at random places, also many in one line, change nothing")
  func randomSplits() throws {
    var random = SplitMix64(seed: 52)
    for vector in Vectors.all(seed: 52) {
      let whole = try scan(vector, policy: SeamTests.policy)
      for most in [1, 5, 40, 300] {
        let chunks = randomChunks(of: vector, atMost: most, random: &random)
        let cut = try scanWithPauses(chunks, policy: SeamTests.policy)
        guard cut == whole else {
          Issue.record(
            "cut at \(chunks.map(\.startIndex)): \(cut.findings) not \(whole.findings) of \(shown(vector))"
          )
          break
        }
      }
    }
  }

  @Test("what stands before the pause is what later bytes look back at: edges, names, masks, lines")
  func looksBack() throws {
    var maker = BuiltIn.maker(seed: 53)
    let token = maker.specimen(of: "github.personal-token").bytes
    let value = Array("aZ9".utf8) + maker.specimen(of: "github.personal-token").bytes.suffix(20)
    let texts: [[UInt8]] = [
      Array("one\ntwo ".utf8) + token, Array("word".utf8) + token, Array("\\n".utf8) + token,
      Array("********".utf8) + token, Array("acme WEIR_REDACTED_x.y password=".utf8) + value,
      Array("password=".utf8) + value, Array("cohere WEIR_REDACTED api_key: ".utf8) + value,
      token + Array(" ".utf8) + token + Array("\n".utf8) + token,
      Array("WEIR_REDACTED_xpassword=".utf8) + value,
      Array("WEIR_REDACTED_xmy_token = \"".utf8) + value + Array("\"".utf8),
      Array("WEIR_REDACTED_".utf8) + token,
    ]
    for text in texts {
      let text = text + Array("\n".utf8)
      let whole = try scan(text, policy: SeamTests.policy)
      let cut = try scanWithPauses(
        text.indices.map { text[$0..<$0 + 1] }, policy: SeamTests.policy)
      #expect(cut == whole, "\(shown(text))")
    }
  }

  @Test("a name before a mask does not speak for what stands behind it")
  func masks() throws {
    let rule = try TestRule.make(
      "t.key", "lower{12}", specificity: .context, context: ["acme"], within: 64)
    let catalogue = try Catalogue(compiling: [rule])
    for (text, count) in [("acme ", 1), ("acme WEIR_REDACTED_x.y ", 0)] {
      let pieces = [Array(text.utf8), Array("key=".utf8), Array("qzvkwxjpyhmb\n".utf8)]
      let input = pieces.flatMap { $0 }
      let cut = try scanWithPauses(
        [input[..<pieces[0].count], input[pieces[0].count...]], catalogue: catalogue)
      #expect(cut.findings.count == count, "\(text)")
      #expect(try scan(input, catalogue: catalogue) == cut)
    }
  }

  @Test("encoded secrets, one behind the other, with pauses between and other inputs in them")
  func encoded() throws {
    var maker = BuiltIn.maker(seed: 56)
    for dress in EncodedDress.allCases {
      var input: [UInt8] = []
      for _ in 0..<3 {
        let token = maker.specimen(of: "github.personal-token").bytes
        input += Array("see ".utf8) + dress.encoded(token) + Array(" and\n".utf8)
      }
      let whole = try scan(input, policy: SeamTests.policy)
      #expect(whole.findings.count == 3, "\(dress)")
      for size in 1...24 {
        let chunks = stride(from: 0, to: input.count, by: size).map {
          input[$0..<min($0 + size, input.count)]
        }
        #expect(try scanWithPauses(chunks, policy: SeamTests.policy) == whole, "\(dress) \(size)")
      }
    }
  }

  @Test("at the end of a line nothing waits, and what is kept is little more than a kilobyte")
  func lines() throws {
    var maker = BuiltIn.maker(seed: 54)
    var scanner = try Scanner(catalogue: BuiltIn.catalogue, policy: SeamTests.policy)
    var sink = RecordingSink { _, _ in [] }
    for id in ["github.personal-token", "openai.project-key", "url.password", "jwt.signed"] {
      let secret = maker.specimen(of: id).bytes
      for line in [Array("a clean line".utf8), Array("key = ".utf8) + secret, secret] {
        let text = Array(repeating: UInt8(ascii: "."), count: 3000) + [0x20] + line + [0x0A]
        text.withUnsafeBytes { scanner.room(for: text.count).copyMemory(from: $0) }
        scanner.append(count: text.count)
        try scanner.advance(into: &sink)
        var paused = PausedInput()
        let isPaused = scanner.pause(into: &paused)
        #expect(isPaused, "\(shown(text.suffix(200)))")
        let footprint = paused.footprintBytes
        #expect(footprint <= 1200)
      }
    }
    #expect(sink.findings.count == 8)
  }

  @Test("a secret that is not over yet does not pause")
  func openSecrets() throws {
    var maker = BuiltIn.maker(seed: 55)
    for id in ["github.personal-token", "pem.private-key", "jwt.signed"] {
      let secret = maker.specimen(of: id).bytes
      var scanner = try Scanner(catalogue: BuiltIn.catalogue, policy: SeamTests.policy)
      var sink = RecordingSink { _, _ in [] }
      let part = secret.prefix(secret.count - 5)
      part.withUnsafeBytes { scanner.room(for: part.count).copyMemory(from: $0) }
      scanner.append(count: part.count)
      try scanner.advance(into: &sink)
      var paused = PausedInput()
      let isPaused = scanner.pause(into: &paused)
      #expect(!isPaused, "\(id)")
    }
  }
}
