import Testing
import WeirCore
import WeirSpecimens

@Suite("Lines and columns are those of a naive count")
struct PlaceTests {
  private func expectPlaces(_ input: [UInt8], chunkBytes: Int) throws {
    let chunks = stride(from: 0, to: input.count, by: chunkBytes).map {
      input[$0..<min($0 + chunkBytes, input.count)]
    }
    for finding in try scan(chunks).findings {
      let before = input[..<Int(finding.start)]
      let line = before.count { $0 == 0x0A } + 1
      let lineStart = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
      #expect(finding.line == line && finding.column == finding.start - UInt64(lineStart) + 1)
    }
  }

  @Test("of every vector, in a text of lines", arguments: [1, 13, 1000, 1 << 17])
  func vectors(chunkBytes: Int) throws {
    var random = SplitMix64(seed: 71)
    var input: [UInt8] = []
    for vector in Vectors.all(seed: 71) {
      input += vector
      if random.below(3) > 0 { input.append(0x0A) }
      input += random.bytes(Array("ab \n".utf8), count: random.below(60))
    }
    try expectPlaces(chunkBytes == 1 ? Array(input.prefix(60_000)) : input, chunkBytes: chunkBytes)
  }

  @Test("behind very long lines")
  func longLines() throws {
    var maker = BuiltIn.maker(seed: 72)
    let token = maker.specimen(of: "github.personal-token").bytes
    let long = [UInt8](repeating: UInt8(ascii: " "), count: 300_000)
    let input = long + token + long + [0x0A] + token + [0x0A, 0x0A] + long + token
    #expect(try scan(input).findings.count == 3)
    try expectPlaces(input, chunkBytes: 4096)
    try expectPlaces(input, chunkBytes: 1 << 20)
  }

  @Test("of a secret that was held while others behind it were placed")
  func placedLater() throws {
    var maker = BuiltIn.maker(seed: 74)
    let token = maker.specimen(of: "github.personal-token").bytes
    let lines = maker.specimen(of: "pem.private-key").bytes.split(separator: 0x0A).map(Array.init)
    // In a header line before the body, where nothing is decided yet.
    let block = [lines[0], Array("Note: ".utf8) + token] + lines[1...]
    let input = Array("one\ntwo \n  ".utf8) + Array(block.joined(separator: [0x0A]))
    #expect(try scan(input).findings.map(\.line) == [3])
    for chunkBytes in [1, 2, 7, 30, 64, 100] {
      try expectPlaces(input, chunkBytes: chunkBytes)
    }
  }

  @Test("are 0 when nobody asked")
  func notCounted() throws {
    var maker = BuiltIn.maker(seed: 73)
    let token = maker.specimen(of: "github.personal-token").bytes
    let finding = try scan([0x0A] + token, policy: Policy(countsLines: false)).findings.first
    #expect(finding?.line == 0 && finding?.column == 0)
  }
}
