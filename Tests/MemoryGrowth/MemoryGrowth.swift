internal import Glibc
internal import Trials
internal import WeirCore
internal import WeirSpecimens

/// Feeds the engine what never ends, and watches that its memory does not grow.
///
/// `MemoryGrowth runs|blocks|anchors|encoded` prints `<part>: <n> inputs, grew by at most <m> bytes`; the first broken promise ends it with 1.
/// A program of its own: beside other tests, the memory of the process would be theirs. Run by `Tests/CommandTests/GrowthTests.swift`.
@main
struct MemoryGrowth {
  private static let chunkBytes = 1 << 17
  private static let mostGrowthBytes = 1 << 20
  /// What is kept of so many bytes shows.
  private static let tellingBytes = 2 * mostGrowthBytes * Scale.factor

  private var inputCount = 0
  private var mostGrowth = 0

  static func main() throws {
    var growth = MemoryGrowth()
    let part = CommandLine.arguments.dropFirst().first ?? ""
    switch part {
    case "runs": try growth.feedEndlessRuns()
    case "blocks": try growth.feedEndlessKeyBlocks()
    case "anchors": try growth.feedRepeatedAnchors()
    case "encoded": try growth.feedEncodedAnchors()
    default: Self.fail("usage: MemoryGrowth runs|blocks|anchors|encoded")
    }
    print("\(part): \(growth.inputCount) inputs, grew by at most \(growth.mostGrowth) bytes")
  }

  /// Behind the specimens of rules, runs that never end.
  private mutating func feedEndlessRuns() throws {
    var maker = BuiltIn.maker(seed: 81)
    for rule in Self.some(oneIn: 64) {
      var specimen = maker.specimen(of: rule).bytes
      specimen.removeLast()
      for filler in ["A", "a1", "Ab9-", "0"] {
        try feed(
          specimen, then: Array(filler.utf8), note: "\(rule.id) + \(filler)")
      }
    }
  }

  private mutating func feedEndlessKeyBlocks() throws {
    var maker = BuiltIn.maker(seed: 82)
    let block = maker.specimen(of: "pem.private-key").bytes
    let line = block.split(separator: 0x0A)[1] + [0x0A]
    for (note, filler) in [
      ("lines", Array(line)), ("one line", Array(line.dropLast())), ("blanks", [0x20]),
      ("dashes", [0x2D]), ("backslashes", [0x5C]), ("short words", Array("abc ".utf8)),
    ] {
      try feed(
        Array(block.dropLast(100)), then: filler, note: note)
    }
  }

  /// The anchors of rules, and the words that arm them, over and over.
  private mutating func feedRepeatedAnchors() throws {
    let rules = Self.some(oneIn: 16)
    for form in rules.flatMap({ (try? $0.shape.forms()) ?? [] }) {
      guard case .literal(let anchor, _)? = form.elements.first else { continue }
      try feed([], then: anchor, note: shown(anchor))
    }
    for word in Set(rules.flatMap { $0.context + $0.cue }).sorted() {
      let filler = Array("\(word)=".utf8)
      try feed([], then: filler, note: word)
    }
  }

  /// The anchors of rules that are found encoded, over and over in one run of each coding.
  private mutating func feedEncodedAnchors() throws {
    let encoded = Set(BuiltIn.catalogue.rules.filter(\.isFoundEncoded).map(\.id))
    let rules = Self.some(oneIn: 16).filter { encoded.contains($0.id) }
    for form in rules.flatMap({ (try? $0.shape.forms()) ?? [] }) {
      guard case .literal(let anchor, _)? = form.elements.first else { continue }
      // Three times, so that base64 ends with a quartet.
      let unit = Array(repeatElement(anchor, count: 3).joined())
      for dress in [EncodedDress.base64, .hex, .utf16Little] {
        try feed([], then: dress.encoded(unit), note: "\(dress) of \(shown(anchor))")
      }
    }
  }

  /// Feeds `opening` and then `filler` again and again.
  private mutating func feed(
    _ opening: [UInt8], then filler: [UInt8], note: String
  ) throws {
    var sink = NoSink()
    var scanner = try Scanner(catalogue: BuiltIn.catalogue, policy: .redact)
    let repeats = Array(
      repeatElement(filler, count: Self.chunkBytes / filler.count + 1).joined()
    ).prefix(Self.chunkBytes)
    var fed = 0
    func feed(_ bytes: ArraySlice<UInt8>) throws {
      let room = scanner.room(for: bytes.count)
      bytes.withUnsafeBytes { room.copyMemory(from: $0) }
      scanner.append(count: bytes.count)
      try scanner.advance(into: &sink)
      fed += bytes.count
      let held = scanner.counts.withheldBytes - scanner.counts.growingBytes
      if held > 16_384 { Self.fail("\(note): held \(held) bytes at \(fed)") }
    }
    try feed(opening[...])
    // The buffers have their size after a few chunks.
    for _ in 0..<4 { try feed(repeats) }
    let start = Self.residentBytes()
    while fed < Self.tellingBytes { try feed(repeats) }
    let growth = Self.residentBytes() - start
    try scanner.finish(into: &sink)
    if growth >= Self.mostGrowthBytes { Self.fail("\(note): grew by \(growth) bytes") }
    if scanner.counts.withheldBytes != 0 { Self.fail("\(note): bytes were left at the end") }
    inputCount += 1
    mostGrowth = max(mostGrowth, growth)
  }

  /// Of all, an hour would not do: those whose secret may grow without end, and of the others one in so many.
  private static func some(oneIn count: Int) -> [RuleDefinition] {
    BuiltIn.definitions.enumerated().filter { index, rule in
      index % count == 0 || rule.shapeText.contains(",}") || rule.shapeText.contains("key-block")
        || rule.shapeText.contains("jwt")
    }.map(\.element)
  }

  /// The second field of /proc/self/statm, in bytes.
  private static func residentBytes() -> Int {
    guard let file = fopen("/proc/self/statm", "r") else { fail("no /proc/self/statm") }
    defer { fclose(file) }
    var buffer = [UInt8](repeating: 0, count: 256)
    let count = fread(&buffer, 1, buffer.count, file)
    let fields = String(decoding: buffer[..<count], as: UTF8.self).split(separator: " ")
    guard fields.count > 1, let pages = Int(fields[1]) else { fail("/proc/self/statm is odd") }
    return pages * Int(sysconf(Int32(_SC_PAGESIZE)))
  }

  private static func fail(_ what: String) -> Never {
    print("broken: \(what)")
    exit(1)
  }
}
