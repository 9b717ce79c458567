import Testing
import WeirCore
import WeirSpecimens

@Suite("Blocks that are searched ahead make no difference")
struct BlockTests {
  @Test("of any size, however many are ahead", arguments: [1, 2, 7, 63, 64, 300, 5000])
  func sizes(byteCount: Int) throws {
    for (index, vector) in Vectors.all(seed: 21).enumerated() {
      if byteCount < 7, index % 3 != 0 { continue }
      let whole = try scan(vector, policy: SeamTests.policy)
      let blocks = stride(from: 0, to: vector.count, by: byteCount).map {
        vector[$0..<min($0 + byteCount, vector.count)]
      }
      for together in [1, 4] {
        for first in [0, blocks.count / 2] {
          let result = try scanInBlocks(
            blocks, from: first, together: together, policy: SeamTests.policy)
          guard result == whole else {
            Issue.record("\(result.findings) not \(whole.findings) of \(shown(vector))")
            return
          }
        }
      }
    }
  }

  @Test("nor does one that has more matches than it holds")
  func tooManyMatches() throws {
    let rules = [try TestRule.make("t.plus", "'++++' set(+a-z0-9){12}")]
    let catalogue = try Catalogue(compiling: rules)
    // A signature ends at every byte: four times what a block keeps.
    let text = Array(repeating: UInt8(ascii: "+"), count: 250_000) + Array(" ++++q7w3k9x2m5z8".utf8)
    let whole = try scan(text, policy: SeamTests.policy, catalogue: catalogue)
    #expect(whole.findings.count == 1)
    for size in [1 << 17, 100_000] {
      let blocks = stride(from: 0, to: text.count, by: size).map {
        text[$0..<min($0 + size, text.count)]
      }
      let result = try scanInBlocks(blocks, policy: SeamTests.policy, catalogue: catalogue)
      #expect(result == whole)
    }
  }

  @Test("what cannot be delivered is withheld, and was searched")
  func withheld() throws {
    var scanner = try Scanner(catalogue: BuiltIn.catalogue, policy: .redact)
    let search = try BlockSearch(catalogue: BuiltIn.catalogue)
    var sink = NoSink()
    var seam = scanner.seam()
    let blocks = [Block(byteCount: 100), Block(byteCount: 100)]
    for block in blocks {
      block.room().initializeMemory(as: UInt8.self, repeating: 0x0A)
      block.fill(count: 100, behind: &seam)
      search.search(block)
    }
    try scanner.advance(over: blocks[0], into: &sink)
    scanner.withhold(blocks[1])
    let counts = scanner.counts
    #expect(counts.scannedBytes == 200)
    #expect(counts.cleanBytes == 100)
    #expect(counts.withheldBytes == 100)
  }

  @Test("one whose bytes cannot be read, or stand behind others than came, is of no use")
  func notJoined() throws {
    let scanner = try Scanner(catalogue: BuiltIn.catalogue, policy: .redact)
    let search = try BlockSearch(catalogue: BuiltIn.catalogue)
    var seam = scanner.seam()
    let first = Block(byteCount: 100)
    first.room().initializeMemory(as: UInt8.self, repeating: 0x41)
    first.fill(count: 100, behind: &seam)
    let block = Block(byteCount: 100)
    func joins(_ byte: UInt8, at start: UInt64, isRead: Bool = true) -> Bool {
      block.expect(count: 100, at: start, seamBytes: seam.count)
      block.load { room in
        room.initializeMemory(as: UInt8.self, repeating: byte)
        return isRead
      }
      search.search(block)
      return block.join(&seam)
    }
    #expect(seam.count == seam.capacity)
    #expect(!joins(0x41, at: 100, isRead: false))
    #expect(!joins(0x42, at: 100))
    #expect(!joins(0x41, at: 99))
    #expect(joins(0x41, at: 100))
    #expect(seam.end == 200)
  }
}
