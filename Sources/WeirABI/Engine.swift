public import CWeir
internal import Synchronization
internal import WeirCore
internal import WeirWorkers

/// The rules that calls scan with. Shared by threads; what changes is which setup is the current one.
final class Engine: Sendable {
  /// All that there were, so that a call may use the current one without owning it. The last is it.
  private let setups: Mutex<[Setup]>
  private let currentBits: Atomic<UInt>
  /// Streams of setups before this one move on at a line's end.
  private let movingNumber = Atomic<UInt64>(0)
  let tallies = Tallies()
  let streamCount = Atomic<UInt64>(0)
  let openStreamCount = Atomic<UInt64>(0)
  /// Of workers that streams keep.
  let keptBytes = Atomic<Int>(0)

  init(_ options: UnsafePointer<weir_engine_options>?) throws(Refusal) {
    let setup = try Setup(options, number: 0)
    setups = Mutex([setup])
    currentBits = Atomic(Self.bits(setup))
  }

  private static func bits(_ setup: Setup) -> UInt {
    UInt(bitPattern: Unmanaged.passUnretained(setup).toOpaque())
  }

  private var currentSetup: Unmanaged<Setup> {
    .fromOpaque(UnsafeRawPointer(bitPattern: currentBits.load(ordering: .acquiring))!)
  }

  var setup: Setup { currentSetup.takeUnretainedValue() }

  func reload(_ options: UnsafePointer<weir_engine_options>?, movesOpen: Bool) throws(Refusal) {
    try setups.withLock { setups throws(Refusal) in
      let setup = try Setup(options, number: UInt64(setups.count))
      setups.last?.retire()
      setups.append(setup)
      currentBits.store(Self.bits(setup), ordering: .releasing)
      if movesOpen { movingNumber.store(setup.number, ordering: .releasing) }
    }
  }

  /// Does something with a worker of the current setup, which a reload may replace, but not end, meanwhile.
  @inline(__always)
  func withWorker(for mode: weir_mode, _ body: (Worker) throws -> Void) throws {
    try currentSetup._withUnsafeGuaranteedRef { setup in
      let worker = try setup.worker(for: mode, tallies: tallies)
      defer { setup.giveBack(worker, of: mode) }
      try worker._withUnsafeGuaranteedRef { try body($0) }
    }
  }

  /// A stream that began with this setup is to go on with the current one.
  func moves(on setup: Setup) -> Bool {
    setup.number < movingNumber.load(ordering: .acquiring)
  }

  /// What it has done since it was opened.
  var counters: weir_counters {
    let sums = tallies.sums
    return weir_counters(
      size: 0, record_count: sums.recordCount, stream_count: streamCount.load(ordering: .relaxed),
      open_stream_count: openStreamCount.load(ordering: .relaxed),
      scanned_bytes: sums.scannedBytes, masked_bytes: sums.maskedBytes,
      finding_count: sums.findingCount)
  }

  /// Does something with the engine behind a handle. The caller owns it while the call lasts, and nobody counts: some calls come millions of times a second.
  @inline(__always)
  static func with<Result>(
    _ handle: OpaquePointer?, _ body: (Engine) throws -> Result
  ) throws -> Result {
    guard let handle else { throw Refusal.invalid }
    return try Unmanaged<Engine>.fromOpaque(UnsafeRawPointer(handle))._withUnsafeGuaranteedRef {
      try body($0)
    }
  }
}

@c @implementation
public func weir_engine_open(
  _ engine: UnsafeMutablePointer<OpaquePointer?>!, _ options: UnsafePointer<weir_engine_options>!
) -> weir_status {
  status {
    guard let engine else { throw Refusal.invalid }
    engine.pointee = OpaquePointer(Unmanaged.passRetained(try Engine(options)).toOpaque())
  }
}

@c @implementation
public func weir_engine_retain(_ engine: OpaquePointer!) -> weir_status {
  status { try Engine.with(engine) { _ = Unmanaged.passRetained($0) } }
}

@c @implementation
public func weir_engine_free(_ engine: OpaquePointer!) -> weir_status {
  if let engine { Unmanaged<Engine>.fromOpaque(UnsafeRawPointer(engine)).release() }
  return WEIR_OK
}

@c @implementation
public func weir_engine_reload(
  _ engine: OpaquePointer!, _ options: UnsafePointer<weir_engine_options>!, _ when: weir_reload
) -> weir_status {
  status {
    guard when == WEIR_RELOAD_NEW || when == WEIR_RELOAD_AT_LINE else { throw Refusal.invalid }
    try Engine.with(engine) { try $0.reload(options, movesOpen: when == WEIR_RELOAD_AT_LINE) }
  }
}

@c @implementation
public func weir_engine_rule_count(
  _ engine: OpaquePointer!, _ count: UnsafeMutablePointer<Int>!
) -> weir_status {
  status {
    guard let count else { throw Refusal.invalid }
    count.pointee = try Engine.with(engine) { $0.setup.table.rules.count }
  }
}

@c @implementation
public func weir_engine_rule(
  _ engine: OpaquePointer!, _ index: Int, _ rule: UnsafeMutablePointer<weir_rule>!
) -> weir_status {
  status {
    let table = try Engine.with(engine) { $0.setup.table }
    guard table.rules.indices.contains(index) else { throw Refusal.invalid }
    try table.rule(at: index).write(to: rule)
  }
}

@c @implementation
public func weir_engine_counters(
  _ engine: OpaquePointer!, _ counters: UnsafeMutablePointer<weir_counters>!
) -> weir_status {
  status { try Engine.with(engine) { $0.counters }.write(to: counters) }
}
