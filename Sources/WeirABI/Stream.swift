internal import CSystem
internal import CWeir
internal import Synchronization
internal import WeirCore
internal import WeirWorkers

/// One input that comes in pieces. Between calls it keeps a worker only while something is open in it; otherwise a kilobyte.
final class Stream {
  /// A long write is taken in pieces of this size.
  private static let pieceBytes = 1 << 16

  private enum Phase { case open, finished, aborted, broken }

  private let engine: Engine
  private var setup: Setup
  private let mode: weir_mode
  private let isEntered = Atomic<Bool>(false)
  private var phase = Phase.open
  private var input = OpenInput()
  private var delivery: Delivery
  private var takenBytes: UInt64 = 0

  init(_ engine: Engine, _ given: UnsafePointer<weir_stream_options>?) throws(Refusal) {
    let defaults = weir_stream_options(
      size: 0, mode: WEIR_REDACT, output: nil, finding: nil, context: nil, pulls_findings: 0,
      most_waiting_bytes: 0)
    let options = try weir_stream_options.read(given, defaults: defaults)
    guard options.mode == WEIR_REDACT || options.mode == WEIR_SCAN, options.pulls_findings <= 1,
      options.pulls_findings == 0 || options.finding == nil
    else { throw .invalid }
    self.engine = engine
    setup = engine.setup
    mode = options.mode
    delivery = Delivery(options, setup: setup)
    engine.streamCount.add(1, ordering: .relaxed)
    engine.openStreamCount.add(1, ordering: .relaxed)
  }

  deinit {
    drop()
    engine.openStreamCount.subtract(1, ordering: .relaxed)
  }

  /// Does something as the only one in the stream.
  static func enter<Result>(
    _ handle: OpaquePointer?, _ body: (Stream) throws -> Result
  ) throws -> Result {
    guard let handle else { throw Refusal.invalid }
    let stream = Unmanaged<Stream>.fromOpaque(UnsafeRawPointer(handle)).takeUnretainedValue()
    guard !stream.isEntered.exchange(true, ordering: .acquiring) else {
      throw Refusal(status: WEIR_BUSY)
    }
    defer { stream.isEntered.store(false, ordering: .releasing) }
    return try body(stream)
  }

  // MARK: The way of a write

  /// - Parameter taken: how many of the bytes were, also when this throws.
  func write(_ bytes: UnsafeRawBufferPointer, taken: inout Int) throws {
    guard phase == .open else { throw Refusal(status: WEIR_ORDER) }
    if bytes.isEmpty { return }
    if delivery.isFull { throw Refusal(status: WEIR_FULL) }
    try work { worker in
      while taken < bytes.count {
        let rest = UnsafeRawBufferPointer(rebasing: bytes[taken...])
        let piece = UnsafeRawBufferPointer(rebasing: rest.prefix(pieceByteCount(of: rest)))
        worker.records.pointee.scanner.room(for: piece.count).copyMemory(from: piece)
        worker.records.pointee.scanner.append(count: piece.count)
        taken += piece.count
        takenBytes += UInt64(piece.count)
        try worker.records.pointee.scanner.advance(into: &delivery)
        if engine.moves(on: setup), piece.last == 0x0A, try move(&worker) { continue }
        if delivery.isFull, taken < bytes.count { throw Refusal(status: WEIR_FULL) }
      }
    }
  }

  /// While the stream is to move on to new rules, a line is a piece.
  private func pieceByteCount(of rest: UnsafeRawBufferPointer) -> Int {
    let most = min(rest.count, Self.pieceBytes)
    guard engine.moves(on: setup) else { return most }
    return rest.prefix(most).firstIndex(of: 0x0A).map { $0 + 1 } ?? most
  }

  /// Goes on with the current rules, if nothing is open.
  private func move(_ worker: inout Unmanaged<Worker>) throws(ScanError) -> Bool {
    guard input.pause(worker) else { return false }
    let next = engine.setup
    let fresh = try next.worker(for: mode, tallies: engine.tallies)
    input.count(worker, findingCount: delivery.findingCount)
    worker.records.pointee.scanner.restart()
    setup.giveBack(worker, of: mode)
    input.resume(in: fresh)
    worker = fresh
    setup = next
    delivery.mask = next.mask
    return true
  }

  func finish() throws {
    guard phase == .open else { throw Refusal(status: WEIR_ORDER) }
    try work { worker in
      phase = .finished
      try worker.records.pointee.scanner.finish(into: &delivery)
    }
  }

  /// What is undecided is withheld.
  func abort() throws {
    guard phase == .open else { throw Refusal(status: WEIR_ORDER) }
    phase = .aborted
    drop()
  }

  func flush() throws {
    guard phase == .open else { throw Refusal(status: WEIR_ORDER) }
  }

  /// Does something with the worker of the stream, or a free one, which is kept if something is open behind it.
  private func work(_ body: (inout Unmanaged<Worker>) throws -> Void) throws {
    let bytes = engine.keptBytes.load(ordering: .relaxed)
    if bytes > 0, !input.keepsWorker, bytes + input.workerBytes >= setup.mostMemoryBytes {
      throw Refusal(status: WEIR_BUDGET)
    }
    var current = try input.beginCall { () throws(ScanError) in
      try setup.worker(for: mode, tallies: engine.tallies)
    }
    do {
      try body(&current)
    } catch let error as ScanError {
      phase = .broken
      settle(current, isOver: true)
      throw error
    } catch {
      settle(current, isOver: false)
      throw error
    }
    settle(current, isOver: phase != .open)
  }

  /// A call ends: the worker is kept, or given back.
  private func settle(_ current: Unmanaged<Worker>, isOver: Bool) {
    addKept(
      input.endCall(
        of: current, isOver: isOver, findingCount: delivery.findingCount,
        pool: setup.pool(of: mode)))
  }

  private func drop() { addKept(input.abort(pool: setup.pool(of: mode))) }

  private func addKept(_ bytes: Int) {
    if bytes != 0 { engine.keptBytes.add(bytes, ordering: .relaxed) }
  }

  // MARK: What is counted

  var receipt: weir_receipt {
    let counts = input.counts
    return weir_receipt(
      size: 0, taken_bytes: takenBytes, scanned_bytes: counts.scannedBytes,
      clean_bytes: counts.cleanBytes, masked_bytes: counts.maskedBytes,
      withheld_bytes: counts.withheldBytes, mask_text_bytes: delivery.maskTextBytes,
      delivered_bytes: delivery.deliveredBytes, waiting_bytes: delivery.waitingBytes,
      finding_count: delivery.findingCount)
  }

  /// Of the object itself, as malloc has it, of its history, its worker and what waits.
  var footprintBytes: Int {
    let object = malloc_usable_size(Unmanaged.passUnretained(self).toOpaque())
    return object + input.footprintBytes + delivery.footprintBytes
  }

  func takeOutput(into room: UnsafeMutableRawBufferPointer) -> Int {
    delivery.takeOutput(into: room)
  }

  func takeFinding() -> weir_finding? { delivery.takeFinding() }
}
