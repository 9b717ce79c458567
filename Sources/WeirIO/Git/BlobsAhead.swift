internal import WeirCore

/// Blobs that have been asked for and not taken up yet, in order. A crew reads and scans them meanwhile, each thread through a git of its own.
///
/// Bound: so many batches as `Ahead` holds, each of at most `BlobReader.mostAsked` blobs with at most `mostFindings` findings, whose lines
/// take `mostLineBytes` at most.
public struct BlobsAhead: ~Copyable {
  private static let fewestBlobs = 16
  private static let mostFindings = 256
  private static let mostLineBytes = 1 << 14
  private static let mostDeathsInARow = 8

  /// What became of a blob that has findings or could not be scanned.
  public struct Outcome: Sendable {
    public let blob: Blob
    /// Nil where it is to be read again, and counted then: there are too many to be kept, or it is packed and there is something to be told of what is in it.
    public let findings: [KeptFinding]?
    public let failure: Passage.Failure?
  }

  /// What became of a number of blobs.
  public struct Result: Sendable {
    public fileprivate(set) var outcomes: [Outcome] = []
    /// Blobs, and of those that are packed the members.
    public fileprivate(set) var inputCount = 0
    public fileprivate(set) var receipt = Receipt()
    public fileprivate(set) var archiveCounts = ArchiveCounts()
    /// Blobs that are not there.
    public fileprivate(set) var missingCount = 0
    /// Of blobs that could not be read.
    public fileprivate(set) var failures: [GitError] = []
    /// Why the rest was not read.
    public fileprivate(set) var end: GitError?
  }

  private var batches: Ahead<BlobScanner, Result>

  /// - Parameters:
  ///   - passages: how blobs are scanned. Each thread has a scanner of its own.
  ///   - limits: how far those are unpacked that it hands back; nil where they are left to their turn.
  public init(
    _ passages: Passages, of repository: Repository, unpacking limits: ArchiveLimits?, threads: Int
  ) {
    let passages = passages.alone
    batches = Ahead(threads: threads) { BlobScanner(passages, repository, limits) }
  }

  /// How many blobs are best given next.
  public var wantedCount: Int { min(Self.fewestBlobs * (1 + batches.rounds), BlobReader.mostAsked) }

  /// The next blobs.
  public mutating func append(_ blobs: [Blob]) { batches.submit { $0.scan(blobs) } }

  public var isEmpty: Bool { batches.isEmpty }

  /// There are as many as may be: what `next` has is to be taken.
  public var isFull: Bool { batches.isFull }

  /// What became of the blobs that were given first.
  ///
  /// - Returns: nil when there are none.
  public mutating func next() -> Result? {
    guard let result = batches.next() else { return nil }
    RunningReceipt.end(result.receipt, inputCount: result.inputCount)
    return result
  }
}

// What a thread reads and scans with.
extension BlobsAhead {
  private final class BlobScanner {
    private var passages: Passages
    private let repository: Repository
    private let limits: ArchiveLimits?
    private var reader: BlobReader?
    private var outlet = Excerpts(noFindings)

    init(_ passages: Passages, _ repository: Repository, _ limits: ArchiveLimits?) {
      self.limits = limits
      self.passages = passages
      // Where a blob appeared is asked when it has findings.
      self.passages.isPlaceKnown = false
      self.repository = repository
    }

    func scan(_ blobs: [Blob]) -> Result {
      var result = Result()
      var rest = blobs[...]
      var deathsInARow = 0
      while !rest.isEmpty, result.end == nil {
        do throws(GitError) {
          let reader = try openReader()
          try reader.ask(for: rest)
          while let blob = rest.popFirst() {
            guard case .blob(let byteCount) = try reader.next() else {
              result.missingCount += 1
              continue
            }
            scan(blob, byteCount, with: reader, into: &result)
            try reader.skip()
            deathsInARow = 0
          }
        } catch {
          // Of a broken object git dies. Another one goes on behind it.
          reader = nil
          deathsInARow += 1
          if error.isFinal || deathsInARow == BlobsAhead.mostDeathsInARow {
            result.end = error
          } else {
            result.failures.append(error)
          }
        }
      }
      return result
    }

    private static var noFindings: FirstFindings {
      FirstFindings(most: BlobsAhead.mostFindings, mostBytes: BlobsAhead.mostLineBytes)
    }

    private func openReader() throws(GitError) -> BlobReader {
      if let reader { return reader }
      let opened = try BlobReader(repository)
      reader = opened
      return opened
    }

    private func scan(
      _ blob: Blob, _ byteCount: UInt64, with reader: BlobReader, into result: inout Result
    ) {
      var source = Source(reader, path: reader.path, byteCount: byteCount)
      outlet.target = Self.noFindings
      let passage = passages.run(&source, into: &outlet)
      if let packed = passage.packed {
        if !unpack(source, packed, into: &result) { result.outcomes.append(Outcome(again: blob)) }
        return
      }
      let findings = outlet.target
      guard !findings.hasMore, !passages.askPlaces || findings.all.isEmpty else {
        result.outcomes.append(Outcome(again: blob))
        return
      }
      result.inputCount += 1
      result.receipt.add(passage.receipt)
      guard passage.failure != nil || !findings.all.isEmpty else { return }
      result.outcomes.append(
        Outcome(blob: blob, findings: findings.all, failure: passage.failure))
    }

    /// Looks into what is packed, until there is something to be told: that is told under the name that the blob has in the history.
    ///
    /// - Returns: false where there is.
    private func unpack(
      _ source: consuming Source, _ packed: Packed, into result: inout Result
    ) -> Bool {
      guard let limits else { return false }
      var (inputCount, receipt) = (0, Receipt())
      var unpacking = Unpacking(source, packed, limits: limits)
      while let outcome = unpacking.next(&passages, into: &outlet) {
        guard case .passed(let passage) = outcome, passage.failure == nil,
          outlet.target.all.isEmpty
        else { return false }
        inputCount += 1
        receipt.add(passage.receipt)
      }
      result.inputCount += inputCount
      result.receipt.add(receipt)
      result.archiveCounts.add(unpacking.counts)
      return true
    }
  }
}

extension BlobsAhead.Outcome {
  fileprivate init(again blob: Blob) {
    self.init(blob: blob, findings: nil, failure: nil)
  }
}
