internal import Synchronization
package import WeirCore

/// Workers that are free. Taken and given back without a lock, so that a call in a process that was forked in the midst of another thread's waits for nobody;
/// and without counting their owners, for each count costs as much as to search fifteen bytes.
package final class Pool: Sendable {
  /// More are free at a time only where more calls were made at a time; those are not kept.
  private static let capacity = 32
  private nonisolated(unsafe) let slots: UnsafeMutablePointer<Atomic<UInt>>
  private let isClosed = Atomic<Bool>(false)

  package init() {
    slots = .allocate(capacity: Self.capacity)
    for slot in 0..<Self.capacity { (slots + slot).initialize(to: Atomic(0)) }
  }

  deinit {
    while let worker = take() { worker.release() }
    slots.deinitialize(count: Self.capacity)
    slots.deallocate()
  }

  /// The taker owns it.
  package func take() -> Unmanaged<Worker>? {
    for slot in 0..<Self.capacity where slots[slot].load(ordering: .relaxed) != 0 {
      let bits = slots[slot].exchange(0, ordering: .acquiringAndReleasing)
      if let pointer = UnsafeRawPointer(bitPattern: bits) { return .fromOpaque(pointer) }
    }
    return nil
  }

  /// Nothing is kept any more.
  package func close() {
    isClosed.store(true, ordering: .sequentiallyConsistent)
    while let worker = take() { worker.release() }
  }

  /// The pool owns it.
  package func put(_ worker: Unmanaged<Worker>) {
    guard !isClosed.load(ordering: .relaxed) else {
      worker.release()
      return
    }
    let bits = UInt(bitPattern: worker.toOpaque())
    for slot in 0..<Self.capacity where slots[slot].load(ordering: .relaxed) == 0 {
      let (isPut, _) = slots[slot].compareExchange(
        expected: 0, desired: bits, ordering: .acquiringAndReleasing)
      guard isPut else { continue }
      // It may have been closed in between.
      if isClosed.load(ordering: .sequentiallyConsistent) { close() }
      return
    }
    worker.release()
  }
}

extension Unmanaged<Worker> {
  /// Of a worker that the caller owns.
  package var records: UnsafeMutablePointer<RecordScanner> {
    _withUnsafeGuaranteedRef { $0.records }
  }
  package var tally: Tally { _withUnsafeGuaranteedRef { $0.tally } }
}
