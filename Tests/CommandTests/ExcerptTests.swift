import Testing
import WeirCatalogue
import WeirCore
import WeirIO
import WeirSpecimens

/// What reports show of the line that a finding stands on.
@Suite("A finding comes with its line, masked, however the input was cut")
struct ExcerptTests {
  private struct Shown: Equatable {
    let before: [UInt8]
    let mask: [UInt8]
    let after: [UInt8]
    let previous: [UInt8]?
  }

  private struct Lines: FindingTarget {
    var shown: [Shown] = []
    mutating func begin(_ path: Path, _ appearance: Appearance?) {}
    mutating func finding(_ finding: Finding, in line: LineExcerpt) {
      #expect(Array(line.text) == Array(line.before) + Array(line.mask) + Array(line.after))
      shown.append(
        Shown(
          before: Array(line.before), mask: Array(line.mask), after: Array(line.after),
          previous: line.previous.map(Array.init)))
    }
    mutating func flush() throws(OutputError) {}
    mutating func close() throws(OutputError) {}
  }

  /// Parts of a text: words, or secrets.
  private enum Part {
    case words([UInt8])
    case secret([UInt8])
  }

  private static func parts(seed: UInt64, longest: Int) throws -> [Part] {
    var secrets = try Secrets(seed: seed)
    var random = SplitMix64(seed: seed)
    let mostWords = random.pick([3, 40, longest])
    return (0..<60).map { _ in
      switch random.below(4) {
      case 0: .secret(secrets.token())
      case 1: .words(random.pick([Array("\n".utf8), Array("\r\n".utf8), Array("\n\n".utf8)]))
      default: .words(random.bytes(Array(" .,;".utf8), count: 1 + random.below(mostWords)) + " ")
      }
    }
  }

  /// The same said slowly: from the whole masked text.
  private static func expected(_ parts: [Part]) -> [Shown] {
    var text: [UInt8] = []
    var masks: [Range<Int>] = []
    for part in parts {
      switch part {
      case .words(let bytes): text += bytes
      case .secret:
        let start = text.count
        text += Array("ghp_****".utf8)
        masks.append(start..<text.count)
        text += Array(" ".utf8)
      }
    }
    let newline = UInt8(ascii: "\n")
    return masks.map { mask in
      let before = text[..<mask.lowerBound].suffix(LineExcerpt.mostBytes)
      let line = before.split(separator: newline, omittingEmptySubsequences: false)
      let after = text[mask.upperBound...].prefix(LineExcerpt.mostBytes).prefix { $0 != newline }
      return Shown(
        before: Array(line.last!), mask: Array(text[mask]), after: Array(after),
        previous: line.dropLast().last.map(Array.init))
    }
  }

  private static func shown(_ input: [UInt8], _ chunk: () -> Int) throws -> [Shown] {
    var scanner = try Scanner(catalogue: try BuiltInCatalogue.load(), policy: Policy())
    var outlet = Excerpts(Lines())
    outlet.begin(Path("input"))
    var rest = input[...]
    while !rest.isEmpty {
      let piece = rest.prefix(chunk())
      rest = rest.dropFirst(piece.count)
      scanner.room(for: piece.count).copyBytes(from: piece)
      scanner.append(count: piece.count)
      try scanner.advance(into: &outlet)
      try outlet.flush()
    }
    try scanner.finish(into: &outlet)
    outlet.endInput()
    try outlet.flush()
    return outlet.target.shown
  }

  @Test(
    "Lines are those of the whole masked text, cut anywhere",
    arguments: 1...16 as ClosedRange<UInt64>)
  func anyCut(seed: UInt64) throws {
    let parts = try Self.parts(seed: seed, longest: seed % 2 == 0 ? 300 : 9000)
    let input = parts.flatMap { part -> [UInt8] in
      switch part {
      case .words(let bytes): bytes
      case .secret(let bytes): bytes + " "
      }
    }
    let expected = Self.expected(parts)
    var random = SplitMix64(seed: seed)
    #expect(try Self.shown(input) { input.count } == expected)
    #expect(try Self.shown(input) { 1 } == expected)
    for most in [7, 300, 5000] {
      #expect(try Self.shown(input) { 1 + random.below(most) } == expected)
    }
  }

  @Test("Many findings of one long line are each shown, in bounded memory")
  func longLine() throws {
    var secrets = try Secrets(seed: 7)
    let token = secrets.token() + " "
    let input = Array(repeatElement(token, count: 3000).joined())
    let shown = try Self.shown(input) { 1 << 17 }
    #expect(shown.count == 3000)
    #expect(shown.allSatisfy { $0.before.count <= 4096 && $0.after.count <= 4096 })
    #expect(!shown.contains { ($0.before + $0.mask + $0.after).firstRange(of: token) != nil })
    #expect(shown[1500].after.count == 4096)
  }
}
