public import WeirCore
internal import WeirSpecimens

/// Where a corpus goes: files one after the other, and labels as they are put in.
public protocol CorpusSink {
  mutating func open(_ file: String) throws
  mutating func write(_ bytes: [UInt8]) throws
  mutating func add(_ label: Label) throws
}

/// A labelled corpus to order. The same order makes the same bytes, on every machine.
public struct Corpus {
  private static let deliveredBytes = 1 << 18

  private let rules: [RuleDefinition]
  private let byteCount: UInt64
  private let density: Double
  private let seed: UInt64
  private let dresses: [Dress]

  /// - Parameters:
  ///   - byteCount: of all files, in equal parts for the dresses; each may take a record more.
  ///   - density: credentials a byte, 0 for none.
  public init(
    rules: [RuleDefinition], byteCount: UInt64, density: Double, seed: UInt64,
    dresses: [Dress] = Dress.allCases
  ) {
    self.rules = rules
    self.byteCount = byteCount
    self.density = density
    self.seed = seed
    self.dresses = dresses
  }

  /// Holds at most a piece of one file at a time.
  public func write(to sink: inout some CorpusSink) throws {
    var schedule = Schedule(density: density, seed: seed ^ 0x5C4E_D01E)
    var before: UInt64 = 0
    for (index, dress) in dresses.enumerated() {
      let end = byteCount / UInt64(dresses.count) * UInt64(index + 1)
      before += try write(
        dress, byteCount: end > before ? end - before : 0, after: before, schedule: &schedule,
        to: &sink)
    }
  }

  /// - Returns: how many bytes were written.
  private func write(
    _ dress: Dress, byteCount: UInt64, after before: UInt64, schedule: inout Schedule,
    to sink: inout some CorpusSink
  ) throws -> UInt64 {
    // A dress has chance of its own.
    let number = UInt64(Dress.allCases.firstIndex(of: dress)!)
    var seeds = SplitMix64(seed: seed &+ number &* 0xD1B5_4A32_D192_ED03)
    var sheet = Sheet(dress: dress, seed: seeds.next())
    var planter = Planter(rules: rules, seed: seeds.next())
    var writer = dress.writer
    var written: UInt64 = 0
    var fileNumber = 0
    while written < byteCount {
      let file = writer.nextFile(fileNumber, &sheet)
      fileNumber += 1
      sheet.open("\(dress.rawValue)/\(file.name)")
      try sink.open(sheet.file)
      writer.begin(&sheet)
      let fileBytes = min(file.bytes.map(UInt64.init) ?? .max, byteCount - written)
      repeat {
        let isDue = schedule.isDue(at: before + written + sheet.count)
        let leak = isDue ? planter.leak(for: writer.slots) : nil
        writer.record(&sheet, leak)
        if sheet.bytes.count >= Self.deliveredBytes { try sheet.deliver(to: &sink) }
      } while sheet.count < fileBytes
      writer.end(&sheet)
      try sheet.deliver(to: &sink)
      written += sheet.count
    }
    return written
  }
}
