package import WeirCore

/// An input that comes in calls. Between two of them it keeps a worker only while something is open in it; otherwise a kilobyte.
package struct OpenInput: ~Copyable {
  private var paused = PausedInput()
  private var worker: Unmanaged<Worker>?
  /// What the worker that was kept last takes in memory, even if it is kept no more.
  package private(set) var workerBytes = 0
  /// Of what is over, or was paused last.
  package private(set) var counts = Scanner.Counts.none
  /// What tallies have of it.
  private var tallied = (scanned: UInt64(0), masked: UInt64(0), findings: UInt64(0))

  package init() {}

  package var keepsWorker: Bool { worker != nil }

  /// What the worker takes in memory that is kept now.
  package var keptBytes: Int { worker == nil ? 0 : workerBytes }

  /// What it takes in memory beside itself.
  package var footprintBytes: Int { paused.footprintBytes + keptBytes }

  /// A call begins: with the worker that was kept, or with a free one, which the caller owns.
  package func beginCall(
    orWith free: () throws(ScanError) -> Unmanaged<Worker>
  ) throws(ScanError) -> Unmanaged<Worker> {
    if let worker { return worker }
    let worker = try free()
    resume(in: worker)
    return worker
  }

  /// A call ends: its worker is kept, or given back.
  ///
  /// - Parameters:
  ///   - isOver: the input has ended, or cannot go on.
  ///   - findingCount: of the input so far.
  /// - Returns: by how many bytes more is kept than before, or less.
  @discardableResult
  package mutating func endCall(
    of worker: Unmanaged<Worker>, isOver: Bool, findingCount: UInt64, pool: Pool
  ) -> Int {
    let before = keptBytes
    count(worker, findingCount: findingCount)
    if isOver || pause(worker) {
      self.worker = nil
      Self.giveBack(worker, to: pool)
    } else {
      self.worker = worker
      workerBytes = worker.records.pointee.scanner.footprintBytes
    }
    return keptBytes - before
  }

  /// What is open is dropped: nothing more comes.
  ///
  /// - Returns: as `endCall`.
  @discardableResult
  package mutating func abort(pool: Pool) -> Int {
    guard let worker else { return 0 }
    let before = keptBytes
    counts = worker.records.pointee.scanner.counts
    drop(pool: pool)
    self.worker = nil
    return -before
  }

  /// The same, where nothing can be changed any more: in a `deinit`.
  package func drop(pool: Pool) {
    guard let worker else { return }
    Self.giveBack(worker, to: pool)
  }

  private static func giveBack(_ worker: Unmanaged<Worker>, to pool: Pool) {
    worker.records.pointee.scanner.restart()
    pool.put(worker)
  }

  /// Whether the worker is free for other inputs now; it is yet to be restarted.
  package mutating func pause(_ worker: Unmanaged<Worker>) -> Bool {
    worker.records.pointee.scanner.pause(into: &paused)
  }

  package func resume(in worker: Unmanaged<Worker>) {
    worker.records.pointee.scanner.resume(paused)
  }

  /// Adds what is new to the worker's tally.
  package mutating func count(_ worker: Unmanaged<Worker>, findingCount: UInt64) {
    counts = worker.records.pointee.scanner.counts
    worker.tally.add(
      records: 0, scannedBytes: counts.scannedBytes - tallied.scanned,
      maskedBytes: counts.maskedBytes - tallied.masked,
      findings: findingCount - tallied.findings)
    tallied = (counts.scannedBytes, counts.maskedBytes, findingCount)
  }
}
