public import CWeir
internal import WeirCore
internal import WeirWorkers

/// Memory of a caller, which may be null where it is empty.
private func bytes(_ start: UnsafeRawPointer?, _ count: Int) throws(Refusal)
  -> UnsafeRawBufferPointer
{
  guard count >= 0, start != nil || count == 0 else { throw .invalid }
  return UnsafeRawBufferPointer(start: start, count: count)
}

private func room(
  _ start: UnsafeMutableRawPointer?, _ count: Int
) throws(Refusal) -> UnsafeMutableRawBufferPointer {
  UnsafeMutableRawBufferPointer(mutating: try bytes(start, count))
}

private func overlaps(_ one: UnsafeRawBufferPointer, _ other: UnsafeMutableRawBufferPointer) -> Bool
{
  guard let first = one.baseAddress, let second = UnsafeRawPointer(other.baseAddress) else {
    return false
  }
  return first < second + other.count && second < first + one.count
}

/// Does something with a worker of the engine behind a handle.
@inline(__always)
private func withWorker(
  of engine: OpaquePointer?, for mode: weir_mode, _ body: (Worker) throws -> Void
) throws {
  try Engine.with(engine) { try $0.withWorker(for: mode, body) }
}

@c @implementation
public func weir_record_redact(
  _ engine: OpaquePointer!, _ record: UnsafeRawPointer!, _ record_bytes: Int,
  _ output: UnsafeMutableRawPointer!, _ capacity_bytes: Int,
  _ output_bytes: UnsafeMutablePointer<Int>!, _ finding_count: UnsafeMutablePointer<Int>!
) -> weir_status {
  status {
    let record = try bytes(record, record_bytes)
    let room = try room(output, capacity_bytes)
    guard let output_bytes, !overlaps(record, room) else { throw Refusal.invalid }
    try withWorker(of: engine, for: WEIR_REDACT) { worker in
      let result = try worker.redact(record, into: room)
      output_bytes.pointee = result.byteCount
      finding_count?.pointee = result.findingCount
      if !result.fits { throw Refusal(status: WEIR_TOO_SMALL) }
    }
  }
}

@c @implementation
public func weir_record_scan(
  _ engine: OpaquePointer!, _ record: UnsafeRawPointer!, _ record_bytes: Int,
  _ findings: UnsafeMutablePointer<weir_finding>!, _ finding_bytes: Int, _ capacity: Int,
  _ finding_count: UnsafeMutablePointer<Int>!
) -> weir_status {
  status {
    let record = try bytes(record, record_bytes)
    guard let finding_count, capacity >= 0, findings != nil || capacity == 0,
      finding_bytes >= MemoryLayout<Int>.size
    else { throw Refusal.invalid }
    try withWorker(of: engine, for: WEIR_SCAN) { worker in
      var found = RecordFindings(
        table: try RuleTable.builtIn(), room: findings, findingBytes: finding_bytes,
        capacity: capacity)
      try worker.records.pointee.scan(record, into: &found)
      worker.tally.add(
        records: 1, scannedBytes: UInt64(record.count), maskedBytes: 0,
        findings: UInt64(found.count))
      finding_count.pointee = found.count
      if found.count > capacity { throw Refusal(status: WEIR_TOO_SMALL) }
    }
  }
}

@c @implementation
public func weir_records_redact(
  _ engine: OpaquePointer!, _ records: UnsafePointer<weir_slice>!, _ record_count: Int,
  _ output: UnsafeMutableRawPointer!, _ capacity_bytes: Int, _ ends: UnsafeMutablePointer<Int>!,
  _ done: UnsafeMutablePointer<Int>!, _ finding_count: UnsafeMutablePointer<Int>!
) -> weir_status {
  status {
    let room = try room(output, capacity_bytes)
    guard engine != nil, let done, record_count >= 0,
      record_count == 0 || records != nil && ends != nil
    else {
      throw Refusal.invalid
    }
    for index in 0..<record_count {
      let record = try bytes(records[index].bytes, records[index].byte_count)
      if overlaps(record, room) { throw Refusal.invalid }
    }
    done.pointee = 0
    finding_count?.pointee = 0
    try withWorker(of: engine, for: WEIR_REDACT) { worker in
      var used = 0
      var findings = 0
      for index in 0..<record_count {
        let rest = UnsafeMutableRawBufferPointer(rebasing: room[used...])
        let record = UnsafeRawBufferPointer(
          start: records[index].bytes, count: records[index].byte_count)
        let result = try worker.redact(record, into: rest)
        if !result.fits { throw Refusal(status: WEIR_TOO_SMALL) }
        used += result.byteCount
        findings += result.findingCount
        ends[index] = used
        done.pointee = index + 1
        finding_count?.pointee = findings
      }
    }
  }
}
