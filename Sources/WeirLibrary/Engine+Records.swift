internal import WeirCore
internal import WeirWorkers

// A record is an input of its own: nothing of the one before is known to it.
extension Engine {
  /// The record with masks; if nothing is to be masked the same array, not copied.
  public func redact(_ record: [UInt8]) throws(WeirError) -> [UInt8] {
    try masked(record.span.bytes) ?? record
  }

  /// The record with masks; if nothing is to be masked the same string, not copied.
  ///
  /// Should a mask cut a character in two, what is left of it becomes U+FFFD.
  public func redact(_ record: String) throws(WeirError) -> String {
    try masked(record.utf8Span.span.bytes).map { String(decoding: $0, as: UTF8.self) } ?? record
  }

  /// Appends the record with masks. When this throws, `output` is what it was.
  ///
  /// - Returns: how many secrets were found.
  @discardableResult
  public func redact(
    _ record: RawSpan, appendingTo output: inout [UInt8]
  ) throws(WeirError) -> Int {
    let before = output.count
    return try record.withUnsafeBytes { record throws(WeirError) in
      try withWorker(for: .redact) { worker throws(ScanError) in
        var result = MaskedRecord(of: record, worker: worker, behind: exchange(&output, with: []))
        defer { output = result.output }
        do throws(ScanError) { try worker.redact(record, into: &result) } catch {
          result.drop(to: before)
          throw error
        }
        result.end()
        return result.findingCount
      }
    }
  }

  /// What is found in the record.
  public func find(_ record: [UInt8]) throws(WeirError) -> [Finding] {
    try find(record.span.bytes)
  }

  /// What is found in the record; places are those of its UTF-8.
  public func find(_ record: String) throws(WeirError) -> [Finding] {
    try find(record.utf8Span.span.bytes)
  }

  /// What is found in the record.
  public func find(_ record: RawSpan) throws(WeirError) -> [Finding] {
    try record.withUnsafeBytes { record throws(WeirError) in
      try withWorker(for: .find) { worker throws(ScanError) in
        var result = RecordFindings(ids: ids)
        try worker.records.pointee.scan(record, into: &result)
        worker.tally.add(
          records: 1, scannedBytes: UInt64(record.count), maskedBytes: 0,
          findings: UInt64(result.findings.count))
        return result.findings
      }
    }
  }

  /// Nil when nothing is to be masked.
  private func masked(_ record: RawSpan) throws(WeirError) -> [UInt8]? {
    try record.withUnsafeBytes { record throws(WeirError) in
      try withWorker(for: .redact) { worker throws(ScanError) in
        var result = MaskedRecord(of: record, worker: worker)
        try worker.redact(record, into: &result)
        return result.isMasked ? result.output : nil
      }
    }
  }

  @inline(__always)
  private func withWorker<Result>(
    for mode: Stream.Mode, _ body: (Worker) throws(ScanError) -> Result
  ) throws(WeirError) -> Result {
    do throws(ScanError) {
      let pool = pool(of: mode)
      let worker = try worker(from: pool, for: mode)
      defer { pool.put(worker) }
      return try worker._withUnsafeGuaranteedRef { worker in
        Swift.Result { () throws(ScanError) in try body(worker) }
      }.get()
    } catch { throw WeirError(error) }
  }
}

extension Worker {
  @inline(__always)
  fileprivate func redact(
    _ record: UnsafeRawBufferPointer, into result: inout MaskedRecord
  ) throws(ScanError) {
    try records.pointee.scan(record, into: &result)
    tally.add(
      records: 1, scannedBytes: UInt64(record.count), maskedBytes: result.maskedBytes,
      findings: UInt64(result.findingCount))
  }
}
