internal import Hyperscan
internal import WeirCore

/// Records of 200 bytes, in the ways in which they can be looked at, from the bare call of Hyperscan on.
final class Records {
  private(set) var measures: [Measure]
  private let text: Text
  private let database: Database
  private let scratch: Scratch
  private let matches = MatchBuffer(capacity: 1 << 14)
  private var scanner: Scanner
  private var records: RecordScanner

  init(_ text: Text, catalogue: Catalogue) throws {
    self.text = text.records
    let serialized = try catalogue.serializedDatabase()
    let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: serialized.count, alignment: 8)
    defer { bytes.deallocate() }
    bytes.copyBytes(from: serialized)
    database = try Database(serialized: UnsafeRawBufferPointer(bytes))
    scratch = try Scratch(for: database)
    scanner = try Scanner(catalogue: catalogue, policy: .redact)
    records = try RecordScanner(catalogue: catalogue, policy: .redact)
    let count = self.text.bytes.count / Text.recordBytes
    measures = [
      "hs_scan, a record a call", "hs_scan, blocks of 128 KiB", "an input each: finish, restart",
      "a record each", "a stream: advance after each", "a stream: blocks of 128 KiB",
    ].map { Measure($0, on: text.name, each: .record, amount: count) }
    measures.append(
      Measure("restart alone", on: text.name, each: .restart, amount: count))
  }

  func run() throws {
    measures[0].add(try bare(Text.recordBytes))
    measures[1].add(try bare(Text.blockBytes))
    measures[2].add(try inputs())
    measures[3].add(try singly())
    measures[4].add(try stream(Text.recordBytes))
    measures[5].add(try stream(Text.blockBytes))
    var sample = Sample()
    sample.time {
      for _ in 0..<measures[6].amount { scanner.restart() }
      return 0
    }
    measures[6].add(sample)
  }

  private func bare(_ pieceBytes: Int) throws -> Sample {
    var sample = Sample()
    try sample.time {
      var count = 0
      try text.forEachPiece(of: pieceBytes) { piece in
        guard try database.scan(piece, knownBytes: 0, scratch: scratch, into: matches) else {
          fail("too many matches")
        }
        count += matches.count
      }
      return count
    }
    return sample
  }

  private func take(_ piece: UnsafeRawBufferPointer) {
    scanner.room(for: piece.count).copyMemory(from: piece)
    scanner.append(count: piece.count)
  }

  /// The way of records.
  private func singly() throws -> Sample {
    var sample = Sample()
    var sink = CountingSink()
    try sample.time {
      try text.forEachPiece(of: Text.recordBytes) { try records.scan($0, into: &sink) }
      return sink.findings
    }
    return sample
  }

  /// Through the window of a stream, which is ended behind each.
  private func inputs() throws -> Sample {
    var sample = Sample()
    var sink = CountingSink()
    try sample.time {
      try text.forEachPiece(of: Text.recordBytes) { piece in
        take(piece)
        try scanner.finish(into: &sink)
        scanner.restart()
      }
      return sink.findings
    }
    return sample
  }

  /// Without borders: what stands in one record may arm rules in the next.
  private func stream(_ pieceBytes: Int) throws -> Sample {
    var sample = Sample()
    var sink = CountingSink()
    try sample.time {
      try text.forEachPiece(of: pieceBytes) { piece in
        take(piece)
        try scanner.advance(into: &sink)
      }
      try scanner.finish(into: &sink)
      scanner.restart()
      return sink.findings
    }
    return sample
  }
}
