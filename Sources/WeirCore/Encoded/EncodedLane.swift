/// One grid of encoded text, and the candidates in it: what the verifier is for plain text.
///
/// Of the runs of text in its grid it decodes only what candidates ask for. The bytes of one run
/// are decoded once for all of them, and the run caches, which count in decoded bytes, make each
/// form read them once.
final class EncodedLane {
  /// A candidate that fails fails early, mostly.
  private static let readBytes = 32
  /// So many bytes behind what was read last are kept: more than what an open candidate has read,
  /// and the next may begin earlier, for signatures come in the order of their ends.
  private static let keptBytes = UInt64(DecodedRun.capacity / 2)

  let grid: Grid
  /// So many decoded bytes of a form are held.
  let holdBytes: Int
  private var decoded: DecodedRun
  let caches: UnsafeMutablePointer<RunCache>
  var open: [Candidate] = []
  var openings: [KeyBlockOpening] = []
  var swallows: [EncodedSwallow] = []
  /// Key blocks that ended in the bytes at hand: others may have begun in them.
  var endedBlocks: [Swallow] = []
  /// What stands but for the text behind it, which may be a mask.
  var matches: [EncodedMatch] = []

  init(grid: Grid, tables: Tables) {
    self.grid = grid
    holdBytes = grid.coding?.holdBytes(tables.holdBytes) ?? tables.holdBytes
    decoded = DecodedRun(grid: grid)
    caches = .allocate(capacity: tables.cacheCount)
    caches.initialize(repeating: RunCache(), count: tables.cacheCount)
  }

  deinit { caches.deallocate() }

  var view: View { decoded.view }

  var isIdle: Bool {
    open.isEmpty && openings.isEmpty && swallows.isEmpty && endedBlocks.isEmpty
      && matches.isEmpty
  }

  /// The least offset of the text that an open candidate holds.
  var hold: UInt64 {
    var least = UInt64.max
    for candidate in open { least = min(least, candidate.start) }
    for opening in openings { least = min(least, opening.candidate.start) }
    for match in matches { least = min(least, match.candidate.start) }
    return least == .max ? .max : grid.first(of: least)
  }

  /// Where the bytes before `byte` begin that may be an edge, if they are decoded already.
  func knownStart(before byte: UInt64) -> UInt64? {
    let isKnown = byte < decoded.end && byte >= decoded.start + DecodedRun.historyBytes
    return isKnown ? byte - DecodedRun.historyBytes : nil
  }

  /// A form may begin at `byte`: it is decoded, and before it what may be an edge, from `runStart`
  /// on.
  func prepare(for byte: UInt64, from runStart: UInt64, in view: View) {
    let isKnown =
      runStart >= decoded.start
      && (byte < decoded.end || byte == decoded.end && runStart < byte && !decoded.isEnded)
    if !isKnown {
      precondition(open.isEmpty && openings.isEmpty, "what is open has read all that came")
      decoded.begin(at: runStart)
    }
    while decoded.end <= byte, readOn(in: view) {}
  }

  /// Decodes some more.
  ///
  /// - Returns: false when there is no more, for now.
  func readOn(in view: View) -> Bool {
    if decoded.end - decoded.start > UInt64(DecodedRun.capacity - Self.readBytes) {
      decoded.drop(below: decoded.end - Self.keptBytes)
    }
    return decoded.read(count: Self.readBytes, in: view)
  }

  /// What begins inside a run that its own form swallows ends with it, and lies inside.
  func isSwallowed(_ candidate: Candidate) -> Bool {
    swallows.contains {
      $0.swallow.form == candidate.form && $0.swallow.isOpenRun
        && candidate.elementStart >= $0.swallow.runStart
        && candidate.elementStart < $0.swallow.acceptedEnd
    }
  }

  /// What opens in a token of a block that its own form swallows, and began in another, reads from
  /// here on what that one reads, and lies inside.
  func isSwallowed(_ opening: KeyBlockOpening) -> Bool {
    func holds(_ block: Swallow) -> Bool {
      block.isKeyBlock && block.form == opening.candidate.form
        && block.secretStart <= opening.candidate.start
        && block.acceptedEnd >= opening.block.acceptedEnd
    }
    return opening.block.isContinued
      && (swallows.contains { holds($0.swallow) } || endedBlocks.contains(where: holds))
  }
}

/// A form that stands in encoded text.
struct EncodedMatch {
  let candidate: Candidate
  /// Of a form with a tail, or a long open run: the end of its opening.
  let end: UInt64
  let isOpening: Bool
  let keyBlock: KeyBlock?
  let check: CheckOutcome
}
