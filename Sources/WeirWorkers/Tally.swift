internal import Synchronization

/// What one worker has counted. It alone adds; anybody may read.
package final class Tally: Sendable {
  let recordCount = Atomic<UInt64>(0)
  let scannedBytes = Atomic<UInt64>(0)
  let maskedBytes = Atomic<UInt64>(0)
  let findingCount = Atomic<UInt64>(0)

  /// As cheap as a plain addition: nobody else writes.
  package func add(
    records: UInt64, scannedBytes scanned: UInt64, maskedBytes masked: UInt64, findings: UInt64
  ) {
    recordCount.store(recordCount.load(ordering: .relaxed) &+ records, ordering: .relaxed)
    scannedBytes.store(scannedBytes.load(ordering: .relaxed) &+ scanned, ordering: .relaxed)
    if masked > 0 {
      maskedBytes.store(maskedBytes.load(ordering: .relaxed) &+ masked, ordering: .relaxed)
    }
    if findings > 0 {
      findingCount.store(findingCount.load(ordering: .relaxed) &+ findings, ordering: .relaxed)
    }
  }

  package var sums: Sums {
    Sums(
      recordCount: recordCount.load(ordering: .relaxed),
      scannedBytes: scannedBytes.load(ordering: .relaxed),
      maskedBytes: maskedBytes.load(ordering: .relaxed),
      findingCount: findingCount.load(ordering: .relaxed))
  }
}

package struct Sums {
  package var recordCount: UInt64 = 0
  package var scannedBytes: UInt64 = 0
  package var maskedBytes: UInt64 = 0
  package var findingCount: UInt64 = 0

  static func += (sums: inout Sums, other: Sums) {
    sums.recordCount += other.recordCount
    sums.scannedBytes += other.scannedBytes
    sums.maskedBytes += other.maskedBytes
    sums.findingCount += other.findingCount
  }
}

/// The tallies of all workers of an engine. Locked when a worker is made or ends, and when somebody asks.
package final class Tallies: Sendable {
  private struct State {
    var open: [Tally] = []
    var ended = Sums()
  }

  private let state = Mutex(State())

  package init() {}

  package func add() -> Tally {
    let tally = Tally()
    state.withLock { $0.open.append(tally) }
    return tally
  }

  package func remove(_ tally: Tally) {
    state.withLock {
      $0.ended += tally.sums
      $0.open.removeAll { $0 === tally }
    }
  }

  package var sums: Sums {
    state.withLock { state in
      state.open.reduce(into: state.ended) { $0 += $1.sums }
    }
  }
}
