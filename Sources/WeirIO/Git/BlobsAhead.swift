internal import WeirCore

/// Blobs that have been asked for and not taken up yet, in order. A crew reads and scans them meanwhile, each thread through a git of its own.
///
/// Bound: so many batches as `Ahead` holds, each of at most `BlobReader.mostAsked` blobs with at most `mostFindings` findings, whose lines
/// take `mostLineBytes` at most.
public struct BlobsAhead: ~Copyable {
  private static let fewestBlobs = 16
  static let mostFindings = 256
  static let mostLineBytes = 1 << 14

  /// What became of a blob that has findings or could not be scanned.
  public struct Outcome: Sendable {
    public let blob: Blob
    /// Nil where it is to be read again, and counted then: there are too many to be kept, or it is packed and there is something to be told of what is in it.
    public let findings: [KeptFinding]?
    public let failure: Passage.Failure?
  }

  /// What became of a number of blobs.
  public struct Result: Sendable {
    public internal(set) var outcomes: [Outcome] = []
    /// Blobs, and of those that are packed the members.
    public internal(set) var inputCount = 0
    public internal(set) var receipt = Receipt()
    public internal(set) var archiveCounts = ArchiveCounts()
    /// Blobs that are not there.
    public internal(set) var missingCount = 0
    /// Of blobs that could not be read.
    public internal(set) var failures: [GitError] = []
    /// Why the rest was not read.
    public internal(set) var end: GitError?
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
