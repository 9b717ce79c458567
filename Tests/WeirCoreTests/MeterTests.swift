import PlainTexts
import Testing
import WeirCore
import WeirSpecimens

@Suite("A meter counts what rules cost, the same on every machine")
struct MeterTests {
  private func counted(
    _ chunks: [ArraySlice<UInt8>], catalogue: Catalogue = BuiltIn.catalogue
  ) throws -> Meter {
    var meter = try Meter(catalogue: catalogue)
    for chunk in chunks { try chunk.withUnsafeBytes { try meter.append($0) } }
    try meter.endInput()
    return meter
  }

  @Test("however the input was cut, also where it is longer than a piece")
  func cuts() throws {
    var maker = BuiltIn.maker(seed: 420)
    var text = PlainText.logs.bytes(400_000, seed: 421)
    for rule in BuiltIn.definitions where rule.id.utf8.count % 7 == 0 {
      text += maker.specimen(of: rule).bytes + [0x0A]
    }
    while text.count < Meter.pieceBytes + 100_000 { text += text.prefix(4_000_000) }
    let whole = try counted([text[...]])
    var random = SplitMix64(seed: 422)
    var chunks: [ArraySlice<UInt8>] = []
    while let start = chunks.last?.endIndex ?? 0 as Int?, start < text.count {
      chunks.append(text[start..<min(start + random.number(1, 900_000), text.count)])
    }
    let cut = try counted(chunks)
    #expect(cut.rows == whole.rows)
    #expect(cut.total == whole.total)
    #expect(whole.byteCount == UInt64(text.count))
    let findings = try scan(text, policy: .scan).findings.count
    #expect(whole.total.findings == UInt64(findings))
  }

  @Test("signatures are hits of their rules, and forms that are run are candidates")
  func rules() throws {
    let rules = [
      try TestRule.make("t.rare", "'tok_' base62{20}"),
      try TestRule.make("t.dear", "'the ' lower{4} ' ' base62{20}"),
      try TestRule.make("t.cued", "digits{30}", cue: ["ebb", "tide"]),
    ]
    let catalogue = try Catalogue(compiling: rules)
    var random = SplitMix64(seed: 423)
    let token = Array("tok_".utf8) + random.bytes(Alphabet.named["base62"]!.bytes, count: 20)
    let text =
      Array("the word here, the word there, the tok_ and the EBB 12, tide 99\n".utf8) + token
    let meter = try counted([text[...]], catalogue: catalogue)
    func row(_ name: String) -> Costs? { meter.rows.first { $0.name == name }?.costs }
    #expect(row("t.rare")?.hits == 2)
    #expect(row("t.rare")?.candidates == 1)
    #expect(row("t.rare")?.findings == 1)
    #expect(row("t.dear")?.hits == 4)
    #expect(row("t.dear")?.candidates == 0)
    #expect(row("t.cued")?.hits == 2)
    #expect(row("\"ebb\"")?.hits == 1)
    #expect(row("\"tide\"")?.hits == 1)
    // A run of 20 and the byte that is missing to one more; nothing is read twice.
    #expect(row("t.rare")?.bytes == 20)
    // "word", the blank and up to the comma.
    #expect((row("t.dear")?.bytes ?? 0) > 10)
    #expect(meter.total.hits == 8)
    let weights = meter.rows.map(\.costs.weight)
    #expect(weights == weights.sorted(by: >))
  }

  @Test("every finding of a scan was a candidate of the replay")
  func candidates() throws {
    var maker = BuiltIn.maker(seed: 425)
    var text: [UInt8] = []
    for rule in BuiltIn.definitions { text += maker.specimen(of: rule).bytes + [0x0A] }
    let meter = try counted([text[...]])
    let rows = meter.rows.filter { $0.costs.findings > 0 }
    #expect(rows.count > BuiltIn.definitions.count / 2)
    for row in rows { #expect(row.costs.candidates >= row.costs.findings, "\(row.name)") }
  }

  @Test("each cue has its own row, by the word of its rule")
  func cues() throws {
    var random = SplitMix64(seed: 424)
    let words = BuiltIn.definitions.flatMap(\.cue)
    for _ in 0..<24 {
      let word = random.pick(words)
      let meter = try counted([Array("\n\(word)\n".utf8)[...]])
      let names = meter.rows.filter { $0.kind == "cue" }.map(\.name)
      #expect(names.contains { $0.lowercased() == "\"\(word)\"".lowercased() }, "\(word): \(names)")
    }
  }
}

extension SplitMix64 {
  /// From `low` to `high`.
  fileprivate mutating func number(_ low: Int, _ high: Int) -> Int { low + below(high - low + 1) }
}
