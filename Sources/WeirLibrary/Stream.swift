internal import Synchronization
internal import WeirCore
internal import WeirWorkers

extension Engine {
  /// One input that comes in pieces, cut in any way: what is found does not depend on the cuts.
  ///
  ///     var stream = engine.stream()
  ///     while let bytes = next() { send(try stream.write(bytes).bytes) }
  ///     send(try stream.finish().bytes)
  ///
  /// Any task may have it, one at a time. A stream that goes out of use without `finish` is aborted: what is undecided, for it may be part of a
  /// secret, is withheld. Behind a line's end it takes mostly less than 2 KB; while a secret is open in it, some hundreds.
  public struct Stream: ~Copyable {
    public enum Mode: Sendable {
      /// Clean bytes and masks come out, and findings.
      case redact
      /// Findings only.
      case find
    }

    /// A long write is taken in pieces of this size.
    private static let pieceBytes = 1 << 16

    private enum Phase { case open, finished, broken }

    let engine: Engine
    let mode: Mode
    private var phase = Phase.open
    private var input = OpenInput()
    private var takenBytes: UInt64 = 0
    private var maskTextBytes: UInt64 = 0
    private var findingCount: UInt64 = 0

    init(_ engine: Engine, mode: Mode) {
      self.engine = engine
      self.mode = mode
      engine.streamCount.add(1, ordering: .relaxed)
      engine.openStreamCount.add(1, ordering: .relaxed)
    }

    deinit {
      input.drop(pool: engine.pool(of: mode))
      engine.openStreamCount.subtract(1, ordering: .relaxed)
    }

    /// What is decided has been delivered: this moves nothing, and tells whether the stream can go on.
    public func flush() throws(WeirError) {
      guard phase == .open else { throw .streamBroken }
    }

    /// The input ends, and what is undecided is withheld.
    @discardableResult
    public consuming func abort() -> Receipt {
      input.abort(pool: engine.pool(of: mode))
      return receipt
    }

    /// What has become of the bytes so far.
    public var receipt: Receipt {
      let counts = input.counts
      return Receipt(
        takenBytes: takenBytes, scannedBytes: counts.scannedBytes, cleanBytes: counts.cleanBytes,
        maskedBytes: counts.maskedBytes, withheldBytes: counts.withheldBytes,
        maskTextBytes: maskTextBytes, findingCount: findingCount)
    }

    mutating func take(
      _ bytes: UnsafeRawBufferPointer, into delivery: inout Delivery
    ) throws(WeirError) {
      try call(&delivery) { worker, delivery, takenBytes throws(ScanError) in
        var rest = bytes
        while !rest.isEmpty {
          let piece = UnsafeRawBufferPointer(rebasing: rest.prefix(Self.pieceBytes))
          rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(piece.count))
          worker.pointee.scanner.room(for: piece.count).copyMemory(from: piece)
          worker.pointee.scanner.append(count: piece.count)
          takenBytes += UInt64(piece.count)
          try worker.pointee.scanner.advance(into: &delivery)
        }
      }
    }

    mutating func end(into delivery: inout Delivery) throws(WeirError) {
      try call(&delivery, isLast: true) { worker, delivery, _ throws(ScanError) in
        try worker.pointee.scanner.finish(into: &delivery)
      }
    }

    /// Does something with the worker that the stream keeps, or with a free one.
    @inline(__always)
    private mutating func call(
      _ delivery: inout Delivery, isLast: Bool = false,
      _ body: (UnsafeMutablePointer<RecordScanner>, inout Delivery, inout UInt64) throws(ScanError)
        -> Void
    ) throws(WeirError) {
      guard phase == .open else { throw .streamBroken }
      do throws(ScanError) {
        let (engine, mode) = (engine, mode)
        let pool = engine.pool(of: mode)
        let worker = try input.beginCall { () throws(ScanError) in
          try engine.worker(from: pool, for: mode)
        }
        // Unless this returns, the stream is broken.
        phase = .broken
        defer {
          maskTextBytes += delivery.maskTextBytes
          findingCount += delivery.findingCount
          input.endCall(
            of: worker, isOver: phase != .open, findingCount: findingCount, pool: pool)
        }
        try body(worker.records, &delivery, &takenBytes)
        phase = isLast ? .finished : .open
      } catch { throw WeirError(error) }
    }
  }

  /// Begins an input.
  public func stream(_ mode: Stream.Mode = .redact) -> Stream { Stream(self, mode: mode) }
}

/// It may be given to another task: whoever has it has it alone, and what is read without changing it may be read by several.
extension Engine.Stream: @unchecked Sendable {}

/// Proves that every byte was looked at: taken = scanned = clean + masked + withheld.
public struct Receipt: Hashable, Sendable {
  /// From writes.
  public var takenBytes: UInt64
  /// Given to the search.
  public var scannedBytes: UInt64
  public var cleanBytes: UInt64
  public var maskedBytes: UInt64
  /// Undecided yet, or for good behind an abort.
  public var withheldBytes: UInt64
  /// With the clean bytes, what came out.
  public var maskTextBytes: UInt64
  public var findingCount: UInt64
}
