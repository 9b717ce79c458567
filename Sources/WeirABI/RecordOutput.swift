internal import CWeir
internal import WeirCore
internal import WeirWorkers

/// A record as it leaves: clean bytes and masks, into memory of the caller, or counted only where that is full.
struct RecordOutput: Sink {
  private let room: UnsafeMutableRawBufferPointer
  /// It outlives this, and so is not owned.
  private unowned(unsafe) let worker: Worker
  /// What it came to, whether or not there was room.
  private(set) var byteCount = 0
  private(set) var findingCount = 0
  private(set) var maskedBytes: UInt64 = 0

  init(to room: UnsafeMutableRawBufferPointer, worker: Worker) {
    self.room = room
    self.worker = worker
  }

  var fits: Bool { byteCount <= room.count }

  mutating func clean(_ bytes: UnsafeRawBufferPointer) { append(bytes) }

  mutating func finding(_ finding: Finding) { findingCount += 1 }

  mutating func mask(_ finding: Finding, byteCount count: UInt64) {
    maskedBytes += count
    if worker.mask.style == .stars {
      let end = byteCount + Int(count)
      if end <= room.count {
        UnsafeMutableRawBufferPointer(rebasing: room[byteCount..<end])
          .initializeMemory(as: UInt8.self, repeating: UInt8(ascii: "*"))
      }
      byteCount = end
      return
    }
    worker.mask.withText(of: finding) { append($0) }
  }

  private mutating func append(_ bytes: UnsafeRawBufferPointer) {
    let end = byteCount + bytes.count
    if end <= room.count, !bytes.isEmpty {
      UnsafeMutableRawBufferPointer(rebasing: room[byteCount..<end]).copyMemory(from: bytes)
    }
    byteCount = end
  }
}

extension Worker {
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

/// Findings of a record, into an array of the caller; counted only where that is full.
struct RecordFindings: Sink {
  private unowned(unsafe) let table: RuleTable
  let room: UnsafeMutableRawPointer?
  /// Of one, as the caller knows it.
  let findingBytes: Int
  let capacity: Int
  private(set) var count = 0

  init(table: RuleTable, room: UnsafeMutableRawPointer?, findingBytes: Int, capacity: Int) {
    self.table = table
    self.room = room
    self.findingBytes = findingBytes
    self.capacity = capacity
  }

  mutating func clean(_ bytes: UnsafeRawBufferPointer) {}

  mutating func finding(_ finding: Finding) {
    if count < capacity, let room {
      // Its size was asked before.
      try? table.finding(finding).write(to: room + count * findingBytes, size: findingBytes)
    }
    count += 1
  }

  mutating func mask(_ finding: Finding, byteCount: UInt64) {}
}
