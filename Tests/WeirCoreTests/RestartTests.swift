import Testing
import WeirCore

@Suite("One scanner for input after input")
struct RestartTests {
  @Test("finds in each what a new one finds, whatever the last one ended in")
  func inputs() throws {
    var scanner = try Scanner(catalogue: BuiltIn.catalogue, policy: SeamTests.policy)
    let search = try BlockSearch(catalogue: BuiltIn.catalogue)
    for (number, vector) in Vectors.all(seed: 23).enumerated() {
      let half = vector.count / 2
      // Cut in the midst of a credential, its rest, and an input in which no signature ends.
      for input in [vector[..<half], vector[half...], [0x0A], vector[...]] {
        var sink = RecordingSink { finding, _ in
          MaskText.head + Array("_\(BuiltIn.catalogue.ruleID(finding.rule))".utf8)
        }
        if number % 2 == 0 {
          let room = scanner.room(for: input.count)
          input.withUnsafeBytes { room.copyMemory(from: $0) }
          scanner.append(count: input.count)
        } else {
          let block = Block(byteCount: input.count)
          var seam = scanner.seam()
          input.withUnsafeBytes { block.room().copyMemory(from: $0) }
          block.fill(count: input.count, behind: &seam)
          search.search(block)
          try scanner.advance(over: block, into: &sink)
        }
        try scanner.finish(into: &sink)
        let alone = try scan([input], policy: SeamTests.policy)
        #expect(sink.findings == alone.findings, "\(shown(input))")
        #expect(sink.output == alone.output, "\(shown(input))")
        scanner.restart()
      }
    }
  }
}
