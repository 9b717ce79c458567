internal import WeirCore
internal import WeirWorkers

/// A record as it leaves. Nothing is copied until something is masked.
struct MaskedRecord: Sink {
  private let record: UnsafeRawBufferPointer
  /// It outlives this, and so is not owned.
  private unowned(unsafe) let worker: Worker
  /// So many of the record's first bytes stay as they are; all, if nothing is masked.
  private var passedBytes = 0
  private(set) var isMasked = false
  /// Behind what was there before: the record as it leaves, if something is masked.
  private(set) var output: [UInt8]
  private(set) var maskedBytes: UInt64 = 0
  private(set) var findingCount = 0

  init(of record: UnsafeRawBufferPointer, worker: Worker, behind output: consuming [UInt8] = []) {
    self.record = record
    self.worker = worker
    self.output = output
  }

  mutating func clean(_ bytes: UnsafeRawBufferPointer) {
    if isMasked { output += bytes } else { passedBytes += bytes.count }
  }

  mutating func finding(_ finding: WeirCore.Finding) { findingCount += 1 }

  mutating func mask(_ finding: WeirCore.Finding, byteCount: UInt64) {
    maskedBytes += byteCount
    if !isMasked {
      isMasked = true
      output.reserveCapacity(output.count + record.count + MaskWriter.greatestBytes)
      output += record.prefix(passedBytes)
    }
    worker.mask.write(finding, byteCount: byteCount) { output += $0 }
  }

  /// All has come: what nothing was masked in is appended too.
  mutating func end() {
    if !isMasked { output += record }
  }

  /// The output is what it was when it had so many bytes.
  mutating func drop(to count: Int) { output.removeLast(output.count - count) }
}

/// The findings of a record.
struct RecordFindings: Sink {
  private let ids: [String]
  private(set) var findings: [Finding] = []

  init(ids: [String]) { self.ids = ids }

  mutating func clean(_ bytes: UnsafeRawBufferPointer) {}
  mutating func finding(_ finding: WeirCore.Finding) { findings.append(Finding(finding, ids: ids)) }
  mutating func mask(_ finding: WeirCore.Finding, byteCount: UInt64) {}
}
