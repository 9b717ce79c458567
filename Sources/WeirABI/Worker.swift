internal import WeirCore

/// What a call scans with: of one thread at a time. Some hundred kilobytes, so it is made seldom and used again.
final class Worker {
  /// Not a variable of the class: each access to one is checked at run time, which costs as much as to search thirty bytes.
  let records: UnsafeMutablePointer<RecordScanner>
  let mask: MaskWriter
  let tally: Tally
  private let tallies: Tallies

  init(catalogue: Catalogue, policy: Policy, mask: MaskWriter, tallies: Tallies) throws(ScanError) {
    let scanner = try RecordScanner(catalogue: catalogue, policy: policy)
    records = .allocate(capacity: 1)
    records.initialize(to: scanner)
    self.mask = mask
    self.tallies = tallies
    tally = tallies.add()
  }

  deinit {
    records.deinitialize(count: 1)
    records.deallocate()
    tallies.remove(tally)
  }

  /// Masks a record into `room`.
  func redact(
    _ record: UnsafeRawBufferPointer, into room: UnsafeMutableRawBufferPointer
  ) throws(ScanError) -> RecordOutput {
    var output = RecordOutput(to: room, worker: self)
    try records.pointee.scan(record, into: &output)
    tally.add(
      records: 1, scannedBytes: UInt64(record.count), maskedBytes: output.maskedBytes,
      findings: UInt64(output.findingCount))
    return output
  }
}
