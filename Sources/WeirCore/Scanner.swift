internal import Hyperscan

/// One scan of one input: bytes in, findings and clean bytes out. The way of a byte, in order.
///
///     var scanner = try Scanner(catalogue: catalogue, policy: .redact)
///     let room = scanner.room(for: 1 << 17)      // the caller reads straight into the window
///     scanner.append(count: read(…, room, …))
///     try scanner.advance(into: &sink)           // everything decided has reached the sink
///     try scanner.finish(into: &sink)            // the input ends here
///
/// What reaches the sink over a whole input does not depend on how it was cut (`docs/design/0001-what-a-finding-is.md`).
/// A scanner is of one thread at a time; the catalogue is shared.
public struct Scanner: ~Copyable {
  private let catalogue: Catalogue
  private let policy: Policy
  private let use: RuleUse
  private var window: Window
  private var prefilter: Prefilter
  private var verifier: Verifier
  private var decider: Decider
  /// Nil without rules that see lines: then nothing of this costs anything.
  private let openLine: OpenLine?
  private var isFinished = false
  private var abandonedBytes: UInt64 = 0

  public init(catalogue: Catalogue, policy: Policy) throws(ScanError) {
    let tables = catalogue.tables
    let search = try catalogue.lineRules?.search { rule in
      policy.reports(rule, as: tables.rules[rule].confidence)
    }
    let prefilter = try Prefilter(for: catalogue)
    self.catalogue = catalogue
    self.policy = policy
    self.prefilter = prefilter
    use = RuleUse(tables: tables, policy: policy)
    openLine = search.map(OpenLine.init)
    window = Window(heldBytes: catalogue.mostHeldBytes)
    verifier = Verifier(catalogue: catalogue, policy: policy, use: use)
    decider = Decider(tables: tables, policy: policy, at: 0)
  }

  /// The next input may come. Nothing of the last one is left but the memory it was searched with. Its offsets go on
  /// where the last one's ended, so what is known of those need not be forgotten; whoever is told of one counts from its input's start.
  public mutating func restart() {
    if prefilter.hasMatched || openLine != nil {
      // Of what is no secret nothing need be wiped.
      let mayHoldSecret = verifier.mayHoldSecret
      verifier.restart()
      if mayHoldSecret { DeadStack.wipe() }
    }
    window.restart()
    prefilter.restart(at: window.end, inputStart: window.inputStart)
    decider = Decider(tables: catalogue.tables, policy: policy, at: window.end)
    isFinished = false
    abandonedBytes = 0
    openLine?.restart(at: window.end)
  }

  /// The input stops here for a while, and the scanner is free for others: `resume` goes on with it, from little more than a kilobyte.
  ///
  /// - Returns: false when something waits for more bytes, and the scanner must wait with it. At a line's end that is a secret that goes on over
  ///   lines, or the rest of a pair.
  public func pause(into paused: inout PausedInput) -> Bool {
    guard !isFinished, window.released == window.end, verifier.isAtRest,
      let progress = decider.progress
    else { return false }
    paused.keep(
      window.history, progress, mask: verifier.maskTail.distance(to: window.end))
    return true
  }

  /// Goes on with an input that was paused, in this scanner or in another of the same catalogue and policy. The scanner is new, or restarted.
  public mutating func resume(_ paused: borrowing PausedInput) {
    window.resume(behind: paused.history, offset: paused.byteCount)
    prefilter.restart(
      at: window.end, inputStart: window.inputStart, scannedBytes: paused.byteCount)
    if let mask = paused.mask { verifier.maskTail = MaskTail(mask, before: window.end) }
    decider = Decider(
      tables: catalogue.tables, policy: policy, at: window.end, progress: paused.progress)
    openLine?.restart(at: window.end)
  }

  /// Where the input comes from, for rules that ask. To be told before its first bytes.
  public mutating func begin(at place: InputPlace) { openLine?.place = place }

  /// Windows of this input that took a rule more than it may, by the rules' ids.
  public var unjudgedWindows: [UnjudgedWindows] {
    guard let openLine, !openLine.unjudged.isEmpty else { return [] }
    return openLine.unjudged.sorted { $0.key < $1.key }.map {
      UnjudgedWindows(ruleID: catalogue.ruleID($0.key), count: $0.value)
    }
  }

  /// Room for `count` bytes of input. Valid until the next call.
  public mutating func room(for count: Int) -> UnsafeMutableRawBufferPointer {
    precondition(!isFinished, "the input has ended")
    return window.room(for: count)
  }

  /// `count` bytes of input were written into the room.
  public mutating func append(count: Int) {
    window.append(count: count)
  }

  /// Takes what was appended through all stages; what is decided reaches the sink before the call returns.
  public mutating func advance<Target: Sink & ~Copyable>(
    into sink: inout Target
  ) throws(ScanError) {
    try advance(over: nil, into: &sink)
  }

  /// Takes a block, which follows all that was taken in, through all stages. The block is the caller's again.
  ///
  ///     var seam = scanner.seam()
  ///     block.fill(count: read(…, block.room(), …), behind: &seam)
  ///     search.search(block)                       // on any thread
  ///     try scanner.advance(over: block, into: &sink)
  public mutating func advance<Target: Sink & ~Copyable>(
    over block: Block, into sink: inout Target
  ) throws(ScanError) {
    precondition(!isFinished, "the input has ended")
    let range = window.end..<window.end + UInt64(block.count)
    window.take(block)
    if let count = block.lineFeedCount { decider.know(lineFeeds: count, in: range) }
    try advance(over: .some(block), into: &sink)
  }

  /// What a block that follows is searched together with.
  public func seam() -> Seam {
    let view = window.view(isFinal: false)
    var seam = Seam(end: view.end, widestBytes: catalogue.tables.widestBytes)
    let text = view[view.start..<view.end]
    if let bytes = text.baseAddress {
      seam.move(to: view.end, behind: bytes.assumingMemoryBound(to: UInt8.self), count: text.count)
    }
    return seam
  }

  /// Nothing more can be delivered: a block that was searched is withheld.
  public mutating func withhold(_ block: Block) {
    prefilter.count(block)
    abandonedBytes += UInt64(block.count)
  }

  private mutating func advance<Target: Sink & ~Copyable>(
    over block: Block?, into sink: inout Target
  ) throws(ScanError) {
    let view = window.view(isFinal: isFinished)

    // 1. Candidates and swallows that waited for these bytes go on.
    verifier.resume(in: view, decider: &decider)

    // 2. The search tells where signatures end; each opens candidates, which run as far as the bytes go.
    if let block, try prefilter.take(block) {
      verifier.begin(
        at: block.matches, countedFrom: prefilter.pieceStart, in: view, decider: &decider)
    }
    while try prefilter.next(in: view, catalogue: catalogue) {
      verifier.begin(
        at: prefilter.matches, countedFrom: prefilter.pieceStart, in: view, decider: &decider)
    }
    verifier.searchZones(in: view, decider: &decider)

    // 3. Below the frontier everything is decided: what no candidate holds and no signature may still claim.
    var hold = verifier.hold
    if let openLine {
      try openLine.advance(in: view, verifier: &verifier, decider: &decider)
      hold = min(hold, openLine.hold)
    }
    let undecided = min(hold, catalogue.tail.start(in: view, tables: catalogue.tables), view.end)

    // 4. Containment decides; clean bytes, findings and masks leave in the order of the input.
    let needed = decider.settle(undecided: undecided, hold: hold, in: view, into: &sink)
    window.release(to: needed)
  }

  /// The input has ended: decides all that is left.
  public mutating func finish<Target: Sink & ~Copyable>(into sink: inout Target) throws(ScanError) {
    isFinished = true
    try advance(into: &sink)
  }

  /// What it takes in memory.
  public var footprintBytes: Int {
    window.footprintBytes + prefilter.footprintBytes + verifier.footprintBytes
  }

  /// What has been counted so far.
  public var counts: Counts {
    let openMaskBytes = decider.openMaskBytes
    return Counts(
      scannedBytes: prefilter.scannedBytes, cleanBytes: decider.cleanBytes,
      maskedBytes: decider.maskedBytes - openMaskBytes,
      withheldBytes: window.end - decider.passedEnd + openMaskBytes + abandonedBytes,
      growingBytes: openMaskBytes)
  }

  /// Sums that a receipt compares. Each is counted at its own place.
  public struct Counts: Equatable, Sendable {
    /// Searched for signatures, each byte once.
    public var scannedBytes: UInt64 = 0
    /// Passed to the sink as clean.
    public var cleanBytes: UInt64 = 0
    /// Covered by masks that have reached the sink.
    public var maskedBytes: UInt64 = 0
    /// Taken in, but neither passed nor masked, such as a secret that still grows: 0 after `finish`.
    public var withheldBytes: UInt64 = 0
    /// Of those, the bytes of secrets that still grow: covered by a mask that has yet to come, and not in memory any more.
    public var growingBytes: UInt64 = 0

    /// Of an input that has yet to begin.
    public static let none = Counts()
  }
}
