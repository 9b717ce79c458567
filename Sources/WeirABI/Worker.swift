internal import Synchronization
internal import WeirCore

/// What a call scans with: of one thread at a time. Some hundred kilobytes, so it is made seldom and used again.
final class Worker {
  var records: RecordScanner
  let tally: Tally
  private let tallies: Tallies

  init(catalogue: Catalogue, policy: Policy, tallies: Tallies) throws(ScanError) {
    records = try RecordScanner(catalogue: catalogue, policy: policy)
    self.tallies = tallies
    tally = tallies.add()
  }

  deinit { tallies.remove(tally) }
}

/// Workers that are free. Taken and given back without a lock, so that a call in a process that was forked in the midst of another thread's waits for nobody.
final class Pool: Sendable {
  /// More are free at a time only where more calls were made at a time; those are not kept.
  private static let capacity = 32
  private nonisolated(unsafe) let slots: UnsafeMutablePointer<Atomic<UInt>>
  private let isClosed = Atomic<Bool>(false)

  init() {
    slots = .allocate(capacity: Self.capacity)
    for slot in 0..<Self.capacity { (slots + slot).initialize(to: Atomic(0)) }
  }

  deinit {
    while take() != nil {}
    slots.deinitialize(count: Self.capacity)
    slots.deallocate()
  }

  func take() -> Worker? {
    for slot in 0..<Self.capacity where slots[slot].load(ordering: .relaxed) != 0 {
      let bits = slots[slot].exchange(0, ordering: .acquiringAndReleasing)
      if let pointer = UnsafeRawPointer(bitPattern: bits) {
        return Unmanaged<Worker>.fromOpaque(pointer).takeRetainedValue()
      }
    }
    return nil
  }

  func close() {
    isClosed.store(true, ordering: .sequentiallyConsistent)
    while take() != nil {}
  }

  func put(_ worker: Worker) {
    if isClosed.load(ordering: .relaxed) { return }
    let retained = Unmanaged.passRetained(worker)
    let bits = UInt(bitPattern: retained.toOpaque())
    for slot in 0..<Self.capacity where slots[slot].load(ordering: .relaxed) == 0 {
      let (isPut, _) = slots[slot].compareExchange(
        expected: 0, desired: bits, ordering: .acquiringAndReleasing)
      if isPut {
        // It may have been closed in between.
        if isClosed.load(ordering: .sequentiallyConsistent) { close() }
        return
      }
    }
    retained.release()
  }
}
