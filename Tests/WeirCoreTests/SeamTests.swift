import Testing
import WeirCore
import WeirSpecimens

@Suite("Nothing leaks through a seam")
struct SeamTests {
  static let policy = Policy(keepsRefuted: true, key: FingerprintKey(Array(0..<32)))

  @Test("every split of every vector into two gives the one-shot result")
  func everySplit() throws {
    try expectEverySplit(seed: 1, step: (1, 7)) { try scan($0, policy: Self.policy) }
  }

  @Test("one byte at a time gives the one-shot result")
  func oneByteAtATime() throws {
    for vector in Vectors.all(seed: 2) {
      let whole = try scan(vector, policy: Self.policy)
      let cut = try scan(vector.indices.map { vector[$0..<$0 + 1] }, policy: Self.policy)
      if cut != whole {
        Issue.record("\(cut.findings) not \(whole.findings) of \(shown(vector))")
      }
    }
  }

  @Test("random splits into many give the one-shot result")
  func randomSplits() throws {
    var random = SplitMix64(seed: 3)
    for vector in Vectors.all(seed: 3) {
      let whole = try scan(vector, policy: Self.policy)
      for _ in 0..<10 * Scale.factor {
        let most = random.pick([3, 17, 70, 400])
        let chunks = randomChunks(of: vector, atMost: most, random: &random)
        let cut = try scan(chunks, policy: Self.policy)
        if cut != whole {
          Issue.record(
            """
            cut at \(chunks.map(\.startIndex))
            \(cut.findings) not \(whole.findings)
            of \(shown(vector))
            """)
          return
        }
      }
    }
  }
}
