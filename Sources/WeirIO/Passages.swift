public import WeirCore

/// The way of one input after the other, each scanned for itself.
public struct Passages: Sendable {
  /// Big enough that calls cost nothing, small enough to stay in the nearest caches.
  private static let chunkBytes = 1 << 17
  /// Other threads are started when an input has brought so much.
  private static let soloBytes: UInt64 = 1 << 20

  /// One scanner, for input after input.
  private final class Reused: @unchecked Sendable {
    var scanner: Scanner

    init(catalogue: Catalogue, policy: Policy) throws(ScanError) {
      scanner = try Scanner(catalogue: catalogue, policy: policy)
    }
  }

  private typealias Read = (count: Int, isAtEnd: Bool, error: InputError?)

  private let catalogue: Catalogue
  private let policy: Policy
  private let remainder: Passage.Remainder
  private let packedInputs: PackedInputs
  private var threads: Int
  /// The running receipt tells of them.
  private var isShown = true
  private var reused: Reused?
  /// Inputs are called what they are called where they come from.
  var isPlaceKnown = true
  /// What is scanned was found in this commit, in hex digits.
  var commit: String?

  /// - Parameter threads: how many may share the work. What reaches the outlet is the same.
  public init(
    catalogue: Catalogue, policy: Policy, remainder: Passage.Remainder,
    packedInputs: PackedInputs = .taken, threads: Int
  ) {
    self.catalogue = catalogue
    self.policy = policy
    self.remainder = remainder
    self.packedInputs = packedInputs
    self.threads = threads
  }

  /// What is found may depend on where an input comes from.
  var askPlaces: Bool { catalogue.asksPlaces }

  /// The same with a scanner of its own, for bytes that the running receipt counts elsewhere.
  public var beside: Passages {
    var copy = self
    copy.isShown = false
    copy.reused = nil
    return copy
  }

  /// The same for one thread among others, with a scanner of its own.
  var alone: Passages {
    var copy = beside
    copy.threads = 1
    return copy
  }

  /// Sends all of `source` through the scanner into `outlet`.
  public mutating func run<Target: Outlet & ~Copyable>(
    _ source: inout Source, into outlet: inout Target
  ) -> Passage {
    var passage = Passage()
    outlet.begin(source.path)
    let before = outlet.delivery
    do throws(ScanError) {
      if self.reused == nil { self.reused = try Reused(catalogue: catalogue, policy: policy) }
      let reused = self.reused!
      defer { reused.scanner.restart() }
      // A redacted stream is not believed where it says that it comes from.
      if remainder == .scanned, isPlaceKnown, !source.path.isStandardInput {
        reused.scanner.begin(at: InputPlace(path: source.path.bytes, commit: commit))
      }
      passage.failure = pump(
        &source, &reused.scanner, deliveredBefore: before, into: &outlet, &passage.packed)
      if passage.packed != nil { return passage }
      passage.receipt = Receipt(
        reused.scanner.counts, readBytes: source.readBytes, before: before, after: outlet.delivery)
      if isShown { RunningReceipt.end(passage.receipt) }
      let unjudged = reused.scanner.unjudgedWindows
      if !unjudged.isEmpty {
        if policy.masksUnjudged {
          passage.unjudgedWindows = unjudged
        } else if passage.failure == nil {
          passage.failure = .unjudged(source.path, unjudged)
        }
      }
    } catch {
      passage.failure = .scan(source.path, error)
    }
    if case .scan = passage.failure { return passage }
    do { try passage.receipt.verify() } catch { passage.failure = .receipt(source.path, error) }
    return passage
  }

  /// Reads what there is. Of a file that brings less than there is room for the end is looked for at once: a small one is scanned in one step then.
  private static func read(
    from source: inout Source, into room: UnsafeMutableRawBufferPointer
  ) -> Read {
    var count = 0
    do throws(InputError) {
      count = try source.read(into: room)
      guard count > 0 else { return (0, true, nil) }
      guard source.isFile, count < room.count else { return (count, false, nil) }
      let more = try source.read(into: UnsafeMutableRawBufferPointer(rebasing: room[count...]))
      return (count + more, more == 0, nil)
    } catch { return (count, false, error) }
  }

  private func pump<Target: Outlet & ~Copyable>(
    _ source: inout Source, _ scanner: inout Scanner, deliveredBefore before: Delivery?,
    into outlet: inout Target, _ packed: inout Packed?
  ) -> Passage.Failure? {
    var failure: InputError?
    do {
      show(scanner.counts, readBytes: 0, before: before, after: outlet.delivery)
      while failure == nil {
        if threads > 1, source.readBytes >= Self.soloBytes,
          var blocks = ReadAhead(
            behind: scanner.seam(), threads: threads, catalogue: catalogue,
            countsLines: policy.countsLines)
        {
          failure = try pump(
            &blocks, from: &source, &scanner, deliveredBefore: before, into: &outlet)
          break
        }
        let room = scanner.room(for: Self.chunkBytes)
        var read = Self.read(from: &source, into: room)
        if packedInputs != .taken, source.readBytes == read.count, source.mayBePacked {
          packed = self.packed(&source, in: room, &read)
          if packed != nil { return nil }
        }
        scanner.append(count: read.count)
        // What ends here is decided in one step, below.
        if !read.isAtEnd {
          try scanner.advance(into: &outlet)
          try outlet.flush()
          show(
            scanner.counts, readBytes: source.readBytes, before: before, after: outlet.delivery)
        }
        failure = read.error
        if read.isAtEnd { break }
      }
      // A signal is no end of the input either: a scan would claim a right edge that is none.
      let isCut = failure.map { remainder == .withheld || $0.isInterruption } ?? false
      if !isCut { try scanner.finish(into: &outlet) }
      outlet.endInput()
      try outlet.flush()
      return failure.map { .input($0) }
    } catch let error as OutputError {
      return .output(error)
    } catch let error as ScanError {
      // What was decided before is right, and leaves.
      outlet.endInput()
      try? outlet.flush()
      return .scan(source.path, error)
    } catch {
      preconditionFailure("an error of no known kind: \(error)")
    }
  }
}

extension Passages {
  private func show(
    _ counts: Scanner.Counts, readBytes: UInt64, before: Delivery?, after: Delivery?
  ) {
    guard isShown else { return }
    RunningReceipt.update(Receipt(counts, readBytes: readBytes, before: before, after: after))
  }
}

// Packed inputs.
extension Passages {
  /// How the input is packed whose first bytes stand in `room`; nil where it is to be scanned.
  private func packed(
    _ source: inout Source, in room: UnsafeMutableRawBufferPointer, _ read: inout Read
  ) -> Packed? {
    var head: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: room[..<read.count]) }
    if packedInputs == .handedBack {
      while !read.isAtEnd, read.error == nil, Packing.mayBegin(head) {
        let more = Self.read(
          from: &source, into: UnsafeMutableRawBufferPointer(rebasing: room[read.count...]))
        read = (read.count + more.count, more.isAtEnd, more.error)
      }
    }
    guard let packing = Packing(of: head) else { return nil }
    if packedInputs == .handedBack { return Packed(packing: packing, head: Array(head)) }
    StandardError.say(
      "\(source.path.text): is packed (\(packing.name)), and passes as it is: what is in it was not "
        + "looked at; --decompress unpacks what is compressed")
    return nil
  }
}

// A long input.
extension Passages {
  /// Goes on while a crew searches what is read ahead.
  ///
  /// - Returns: why reading ended before the end; all that was read before is decided.
  private func pump<Target: Outlet & ~Copyable>(
    _ blocks: inout ReadAhead, from source: inout Source, _ scanner: inout Scanner,
    deliveredBefore before: Delivery?, into outlet: inout Target
  ) throws -> InputError? {
    var failure: InputError?
    do {
      var isMore = true
      while isMore {
        do throws(InputError) {
          if failure == nil { try blocks.fill(from: &source) }
        } catch { failure = error }
        isMore = try blocks.next(from: &source) { block throws in
          try scanner.advance(over: block, into: &outlet)
          try outlet.flush()
        }
        show(
          scanner.counts, readBytes: source.readBytes - blocks.byteCount, before: before,
          after: outlet.delivery)
      }
    } catch let error as OutputError {
      while blocks.next(from: &source, { block in scanner.withhold(block) }) {}
      throw error
    }
    return failure
  }
}

extension Receipt {
  /// Clean bytes that a failed write lost were not delivered: they are withheld.
  fileprivate init(
    _ counts: Scanner.Counts, readBytes: UInt64, before: Delivery?, after: Delivery?
  ) {
    self.init(
      readBytes: readBytes, scannedBytes: counts.scannedBytes, cleanBytes: counts.cleanBytes,
      maskedBytes: counts.maskedBytes, withheldBytes: counts.withheldBytes)
    guard let before, let after else { return }
    let delivery = after - before
    cleanBytes -= delivery.lostCleanBytes
    withheldBytes += delivery.lostCleanBytes
    output = .init(writtenBytes: delivery.writtenBytes, maskTextBytes: delivery.maskTextBytes)
  }
}
