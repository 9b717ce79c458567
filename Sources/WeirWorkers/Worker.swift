package import WeirCore

/// What a call scans with: of one thread at a time. Some hundred kilobytes, so it is made seldom and used again.
package final class Worker {
  /// Not a variable of the class: each access to one is checked at run time, which costs as much as to search thirty bytes.
  package let records: UnsafeMutablePointer<RecordScanner>
  package let mask: MaskWriter
  package let tally: Tally
  private let tallies: Tallies

  package init(
    catalogue: Catalogue, policy: Policy, mask: MaskWriter, tallies: Tallies
  ) throws(ScanError) {
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
}
