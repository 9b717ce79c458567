import Testing
import WeirCore
import WeirSpecimens

#if canImport(Glibc)
  import Glibc
#endif

@Suite("Memory is bounded", .serialized)
struct MemoryTests {
  /// Counts only.
  private struct CountingSink: Sink {
    var cleanBytes = 0
    var findings = 0
    mutating func clean(_ bytes: UnsafeRawBufferPointer) { cleanBytes += bytes.count }
    mutating func finding(_ finding: Finding) { findings += 1 }
    mutating func mask(_ finding: Finding, byteCount: UInt64) {}
  }

  private static let chunkBytes = 1 << 17
  private static let totalBytes = (64 << 20) * Scale.factor
  private static let mostGrowthBytes = 8 << 20
  /// What is kept of so many bytes shows, even beside what other tests take at the same time.
  private static let tellingBytes = 3 * mostGrowthBytes / 2

  /// The second field of /proc/self/statm, in bytes.
  private static func residentBytes() -> Int {
    guard let file = fopen("/proc/self/statm", "r") else { return 0 }
    defer { fclose(file) }
    var buffer = [UInt8](repeating: 0, count: 256)
    let count = fread(&buffer, 1, buffer.count, file)
    let fields = String(decoding: buffer[..<count], as: UTF8.self).split(separator: " ")
    return (fields.count > 1 ? Int(fields[1]) ?? 0 : 0) * Int(sysconf(Int32(_SC_PAGESIZE)))
  }

  /// Feeds `opening` and then `filler` again and again.
  private func expectBounded(
    opening: [UInt8], filler: [UInt8], totalBytes: Int, note: String
  ) throws {
    var sink = CountingSink()
    var scanner = try Scanner(catalogue: BuiltIn.catalogue, policy: .redact)
    let repeats = Array(repeatElement(filler, count: Self.chunkBytes / filler.count + 1).joined())
    var fed = 0
    var growth = 0
    var start: Int?
    func feed(_ bytes: ArraySlice<UInt8>) throws {
      let room = scanner.room(for: bytes.count)
      bytes.withUnsafeBytes { room.copyMemory(from: $0) }
      scanner.append(count: bytes.count)
      try scanner.advance(into: &sink)
      fed += bytes.count
      let counts = scanner.counts
      #expect(counts.withheldBytes - counts.growingBytes <= 16_384, "\(note): held at \(fed)")
    }
    try feed(opening[...])
    while fed < totalBytes {
      try feed(repeats.prefix(Self.chunkBytes))
      if fed > 4 * Self.chunkBytes {
        start = start ?? Self.residentBytes()
        growth = Self.residentBytes() - start!
      }
    }
    try scanner.finish(into: &sink)
    #expect(growth < Self.mostGrowthBytes, "\(note): grew by \(growth) bytes")
    #expect(scanner.counts.withheldBytes == 0)
  }

  @Test("behind every rule's anchor runs that never end")
  func endlessRuns() throws {
    var maker = BuiltIn.maker(seed: 81)
    let each = max(Self.totalBytes / BuiltIn.definitions.count / 4, Self.tellingBytes)
    for rule in BuiltIn.definitions {
      var specimen = maker.specimen(of: rule).bytes
      specimen.removeLast()
      for filler in ["A", "a1", "Ab9-", "0"] {
        try expectBounded(
          opening: specimen, filler: Array(filler.utf8), totalBytes: each,
          note: "\(rule.id) + \(filler)")
      }
    }
  }

  @Test("in key blocks that never end")
  func endlessKeyBlocks() throws {
    var maker = BuiltIn.maker(seed: 82)
    let block = maker.specimen(of: "pem.private-key").bytes
    let line = block.split(separator: 0x0A)[1] + [0x0A]
    for (note, filler) in [
      ("lines", Array(line)), ("one line", Array(line.dropLast())), ("blanks", [0x20]),
      ("dashes", [0x2D]), ("backslashes", [0x5C]), ("short words", Array("abc ".utf8)),
    ] {
      try expectBounded(
        opening: Array(block.dropLast(100)), filler: filler,
        totalBytes: max(Self.totalBytes / 16, Self.tellingBytes),
        note: note)
    }
  }

  @Test("under repeated anchors and words")
  func repeatedAnchors() throws {
    for form in BuiltIn.definitions.flatMap({ (try? $0.shape.forms()) ?? [] }) {
      guard case .literal(let anchor, _)? = form.elements.first else { continue }
      try expectBounded(
        opening: [], filler: anchor, totalBytes: 1 << 20, note: shown(anchor))
    }
    for word in Set(BuiltIn.definitions.flatMap { $0.context + $0.cue }).sorted() {
      try expectBounded(
        opening: [], filler: Array("\(word)=".utf8), totalBytes: 1 << 20, note: word)
    }
  }
}
