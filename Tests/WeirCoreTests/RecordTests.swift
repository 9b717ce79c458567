import Testing
import WeirCore
import WeirSpecimens

@Suite("Records, each an input of its own")
struct RecordTests {
  private static let policy = Policy(keepsRefuted: true, key: FingerprintKey(Array(1...32)))

  private func sink() -> RecordingSink {
    RecordingSink { finding, _ in
      MaskText.head + Array("_\(BuiltIn.catalogue.ruleID(finding.rule))".utf8)
    }
  }

  private func expectAgreement(_ inputs: [[UInt8]]) throws {
    var records = try RecordScanner(catalogue: BuiltIn.catalogue, policy: Self.policy)
    for input in inputs {
      var sink = sink()
      try input.withUnsafeBytes { try records.scan($0, into: &sink) }
      let alone = try scan([input[...]], policy: Self.policy)
      #expect(sink.findings == alone.findings, "\(shown(input))")
      #expect(sink.output == alone.output, "\(shown(input))")
    }
  }

  @Test("give what inputs of the same bytes give, whatever came before")
  func inputs() throws {
    try expectAgreement(Vectors.all(seed: 24))
  }

  @Test("are parted: what one ends in is not there for the next")
  func borders() throws {
    var maker = BuiltIn.maker(seed: 25)
    var inputs: [[UInt8]] = []
    for id in BuiltIn.catalogue.rules.map(\.id).filter({ $0.hasPrefix("a") }) {
      let secret = maker.specimen(of: id).bytes
      let place = secret.count / 2
      inputs += [Array(secret[..<place]), Array(secret[place...]), secret, []]
    }
    try expectAgreement(inputs)
  }

  @Test("of any length, from none to more than a piece, and with nothing in them")
  func lengths() throws {
    var maker = BuiltIn.maker(seed: 26)
    let secret = maker.specimen(of: "github.personal-token").bytes
    let clean = Array("a line of a log, without any of it. ".utf8)
    var inputs: [[UInt8]] = [[], [0], [0xC0, 0xC1], clean, secret]
    for count in [(1 << 17) - 1, 1 << 17, (1 << 17) + 1, 300_000] {
      let long = Array((0..<count / clean.count + 1).flatMap { _ in clean }.prefix(count))
      inputs += [long, long + secret, Array(long.prefix(1 << 17).dropLast(10)) + secret + long]
    }
    try expectAgreement(inputs)
  }
}
