internal import Hyperscan

/// Scans records, each an input of its own: the messages of a log daemon, the rows of a table.
///
///     var records = try RecordScanner(catalogue: catalogue, policy: .redact)
///     try records.scan(message, into: &sink)
///
/// The sink gets of each record what it gets of an input of the same bytes, and offsets count from the record's start. In most records no
/// signature ends: they cost one search of their bytes where they lie, are passed on from there, and begin nothing anew.
/// Of one thread at a time; the catalogue is shared.
public struct RecordScanner: ~Copyable {
  /// A longer record is taken in pieces of this size.
  private static let pieceBytes = 1 << 17

  private let catalogue: Catalogue
  private let search: SignatureSearch
  /// The first match is enough to know.
  private let match: MatchBuffer
  /// Between records it is free for other inputs; whoever takes it leaves it restarted.
  package var scanner: Scanner

  public init(catalogue: Catalogue, policy: Policy) throws(ScanError) {
    let scanner = try Scanner(catalogue: catalogue, policy: policy)
    search = try SignatureSearch(for: catalogue)
    self.catalogue = catalogue
    self.scanner = scanner
    match = MatchBuffer(capacity: 1)
  }

  /// Scans one record. The sink is called before this returns, and not later; the record need not outlive the call.
  ///
  /// After an error what the sink got of this record is right, but not all; the next record may come.
  public mutating func scan<Target: Sink & ~Copyable>(
    _ record: UnsafeRawBufferPointer, into sink: inout Target
  ) throws(ScanError) {
    if record.isEmpty { return }
    if record.count <= Self.pieceBytes, catalogue.lineRules == nil, try !holdsSignature(record) {
      sink.clean(record)
      return
    }
    defer { scanner.restart() }
    var rest = record
    while !rest.isEmpty {
      let piece = UnsafeRawBufferPointer(rebasing: rest.prefix(Self.pieceBytes))
      scanner.room(for: piece.count).copyMemory(from: piece)
      scanner.append(count: piece.count)
      rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(piece.count))
      if !rest.isEmpty { try scanner.advance(into: &sink) }
    }
    try scanner.finish(into: &sink)
  }

  /// A candidate begins at a signature's end, or behind a cue or name, which are signatures: without one there is no finding.
  private func holdsSignature(_ record: UnsafeRawBufferPointer) throws(ScanError) -> Bool {
    do {
      let isComplete = try search.search(
        record, knownBytes: 0, catalogue: catalogue, into: match)
      return !isComplete || match.count > 0
    } catch { throw .hyperscan(error) }
  }
}
