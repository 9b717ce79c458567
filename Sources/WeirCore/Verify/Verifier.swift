internal import Hyperscan

/// Keeps the candidates: opens one where a signature or a zone says so, runs it as far as the bytes go, and hands over what is accepted.
///
/// The open ones are bounded by the shapes: at most one for each form and start, and a held form is at most 4,096 bytes wide.
struct Verifier: ~Copyable {
  let tables: Tables
  let policy: Policy
  let caches: UnsafeMutablePointer<RunCache>
  private var open: [Candidate] = []
  private var openings: [KeyBlockOpening] = []
  private var phrases: [PhraseReading] = []
  private let phraseWords: PhraseWords
  private var hasReadPhrases = false
  private var swallows: [Swallow] = []
  var zones: Zones
  var serial: UInt64 = 0
  var maskTail = MaskTail()
  var words: NameWords
  /// Encoded text, a lane for each grid that had a signature.
  var lanes = [EncodedLane?](repeating: nil, count: Grid.count)
  var hasLanes = false
  /// The context rules that are tried at one place: empty, the memory for them.
  var named: [UInt16] = []
  /// Where each context rule was last tried, and one more: a value may have several of its words before it.
  let tried: UnsafeMutablePointer<UInt64>
  private let use: RuleUse
  /// Of each rule whether it is not looked for.
  let isIdle: UnsafePointer<Bool>

  init(catalogue: Catalogue, policy: Policy, use: RuleUse) {
    tables = catalogue.tables
    self.policy = policy
    caches = .allocate(capacity: tables.cacheCount)
    caches.initialize(repeating: RunCache(), count: tables.cacheCount)
    zones = Zones(catalogue: catalogue)
    words = NameWords(tables: tables)
    phraseWords = PhraseWords(isNeeded: use.hasPhrases)
    tried = .allocate(capacity: tables.named.count)
    tried.initialize(repeating: 0, count: tables.named.count)
    self.use = use
    isIdle = use.isIdle
    open.reserveCapacity(64)
    named.reserveCapacity(64)
  }

  deinit {
    caches.deallocate()
    tried.deallocate()
  }

  /// Another input comes, all of whose offsets are greater. Nothing of the last one is left but what is known of its offsets.
  mutating func restart() {
    serial = 0
    open.removeAll(keepingCapacity: true)
    openings.removeAll(keepingCapacity: true)
    phrases.removeAll(keepingCapacity: true)
    if hasReadPhrases {
      phraseWords.wipe()
      hasReadPhrases = false
    }
    swallows.removeAll()
    zones.restart()
    maskTail = MaskTail()
    if hasLanes {
      for index in lanes.indices { lanes[index] = nil }
      hasLanes = false
    }
  }

  /// Nothing waits for bytes to come but what holds some, or grows, as the window and the decider know; and nothing is known of those that were but where
  /// the last mask ended.
  var isAtRest: Bool { open.isEmpty && zones.activeCount == 0 && maskTail.isEnded }

  /// Something was accepted, or may be once more bytes come: what was read may be a secret.
  var mayHoldSecret: Bool { serial > 0 || hold < .max || !open.isEmpty }

  /// What it takes in memory, but for the few bytes of what is open.
  var footprintBytes: Int {
    let cacheBytes = tables.cacheCount * MemoryLayout<RunCache>.stride
    let laneCount = lanes.count { $0 != nil }
    return cacheBytes + tables.named.count * MemoryLayout<UInt64>.stride + zones.footprintBytes
      + phraseWords.footprintBytes + laneCount * (DecodedRun.capacity + cacheBytes)
  }

  /// The least offset that an open candidate holds; `UInt64.max` when none holds any.
  var hold: UInt64 {
    var least = UInt64.max
    for candidate in open {
      if let start = candidate.secretStart { least = min(least, start) }
    }
    for opening in openings { least = min(least, opening.candidate.start) }
    for phrase in phrases { least = min(least, phrase.candidate.start) }
    if hasLanes {
      for case let lane? in lanes { least = min(least, lane.hold) }
    }
    return least
  }

  /// Goes on with what waited for more bytes. To be called first after bytes came.
  mutating func resume(in view: View, decider: inout Decider) {
    if !swallows.isEmpty {
      // What ended in the bytes before these swallows nothing more.
      swallows.removeAll { $0.isAtEnd }
      for swallow in swallows { advance(swallow, in: view, decider: &decider) }
    }
    if !open.isEmpty {
      let waiting = open
      open.removeAll(keepingCapacity: true)
      for candidate in waiting { run(candidate, in: view, decider: &decider) }
    }
    if !openings.isEmpty {
      let waiting = openings
      openings.removeAll(keepingCapacity: true)
      for opening in waiting { run(opening, in: view, decider: &decider) }
    }
    if !phrases.isEmpty {
      let waiting = phrases
      phrases.removeAll(keepingCapacity: true)
      for phrase in waiting { run(phrase, in: view, decider: &decider) }
    }
    if hasLanes { resumeEncoded(in: view, decider: &decider) }
  }

  /// Signatures end where a search says, in the order of their ends.
  mutating func begin(
    at matches: borrowing MatchBuffer, countedFrom start: UInt64, in view: View,
    decider: inout Decider
  ) {
    for match in matches.all {
      begin(
        signature: Int(match.signature), end: start + UInt64(match.end), in: view,
        decider: &decider)
    }
  }

  /// A signature ends at `end`.
  @inline(__always)
  private mutating func begin(
    signature index: Int, end: UInt64, in view: View, decider: inout Decider
  ) {
    let signature = tables.signatures[index]
    let start = end - UInt64(signature.widthBytes)
    let targets = signature.firstTarget..<signature.firstTarget &+ signature.targetCount
    switch signature.kind {
    case .anchor: break
    case .innerAnchor:
      if maskTail.reaches(start, in: view) { return }
    case .cue:
      arm(targets, from: start, at: end, in: view, decider: &decider)
      return
    case .maskHead:
      // What was armed before it has other words before it than what will be.
      searchZones(below: end, in: view, decider: &decider)
      maskTail.begin(at: end, in: view)
      return
    case .ballast: return
    case .encoded:
      beginEncoded(signature, at: start, in: view, decider: &decider)
      return
    }
    // Forms that have their first ten bytes in common differ in the next (`AnchorHeads`).
    let next: UInt8 = end < view.end ? view[end] : 0
    for target in targets {
      let expected = tables.targetNexts[Int(target)]
      if expected != next, expected != 0, end < view.end { continue }
      let index = tables.targets[Int(target)]
      let form = tables.form(at: index)
      if FormMatcher.isRefused(form, at: start, caches: caches, tables: tables, view: view) {
        continue
      }
      open(index, at: start, in: view, decider: &decider)
    }
  }

  /// A form that the dry run did not refuse.
  @inline(never)
  private mutating func open(
    _ form: UInt16, at start: UInt64, in view: View, decider: inout Decider
  ) {
    if isIdle[Int(tables.form(at: form).pointee.rule)] { return }
    if !swallows.isEmpty, isSwallowed(form, at: start) { return }
    if tables.form(at: form).pointee.needsLeftEdge, !Edge.isLeftEdge(start, in: view) { return }
    run(Candidate(form: form, start: start, tables: tables), in: view, decider: &decider)
  }

  /// What begins inside a run that its own form swallows ends with it: if its own open run begins in there too, and no pair waits for its end.
  private func isSwallowed(_ form: UInt16, at start: UInt64) -> Bool {
    let record = tables.forms[Int(form)]
    guard !tables.rules[Int(record.rule)].isPairSource else { return false }
    // Where its last run begins, if that is certain.
    var runStart = start
    for number in 0..<Int(record.elementCount) - 1 {
      let element = tables.elements[Int(record.firstElement) + number]
      guard element.min == element.max else { return false }
      runStart += UInt64(element.min)
    }
    return swallows.contains {
      $0.form == form && $0.isOpenRun && start >= $0.runStart && runStart < $0.acceptedEnd
    }
  }

  /// The open run it has read into is one that its own form swallows already: it ends with it, and lies inside.
  ///
  /// Without this, all that were open when the first was decided would read the rest of the run, each for itself.
  private func isInSwallowedRun(_ candidate: Candidate) -> Bool {
    swallows.contains {
      $0.form == candidate.form && $0.isOpenRun && candidate.elementStart >= $0.runStart
        && candidate.elementStart < $0.acceptedEnd
    }
  }

  /// It is opened where its own form swallows a block already, in a token of it, and began in another: from here on the two read
  /// the same, and this one lies inside.
  private func isInSwallowedBlock(_ opening: KeyBlockOpening) -> Bool {
    opening.block.isContinued
      && swallows.contains {
        $0.isKeyBlock && $0.form == opening.candidate.form
          && $0.secretStart <= opening.candidate.start
          && $0.acceptedEnd >= opening.block.acceptedEnd
      }
  }

  mutating func run(_ candidate: Candidate, in view: View, decider: inout Decider) {
    var candidate = candidate
    switch FormMatcher.step(
      &candidate, holdBytes: tables.holdBytes, caches: caches, tables: tables, view: view)
    {
    case .no: break
    case .needsMore: open.append(candidate)
    case .yes(let end): match(candidate, end: end, in: view, decider: &decider)
    case .opened(let end):
      if isInSwallowedRun(candidate) { return }
      let tail = tables.form(at: candidate.form).pointee.tail
      if let kind = tail.phrase {
        run(PhraseReading(candidate: candidate, kind: kind), in: view, decider: &decider)
      } else if tail == .keyBlock {
        let block = KeyBlock(
          start: candidate.start, body: end, holdBytes: ShapeParser.greatestHoldBytes, in: view)
        run(KeyBlockOpening(candidate: candidate, block: block), in: view, decider: &decider)
      } else {
        swallow(candidate, keyBlock: nil, opening: end, in: view, decider: &decider)
      }
    }
  }

  private mutating func run(_ phrase: PhraseReading, in view: View, decider: inout Decider) {
    var phrase = phrase
    hasReadPhrases = true
    switch phrase.advance(known: phraseWords, in: view) {
    case .no: break
    case .needsMore: phrases.append(phrase)
    case .yes(let end):
      accept(
        phrase.candidate, secret: phrase.candidate.start..<end, check: .valid,
        sureness: tables.rules[Int(tables.forms[Int(phrase.candidate.form)].rule)].confidence,
        isGrowing: false, in: view, decider: &decider)
    }
  }

  private mutating func run(_ opening: KeyBlockOpening, in view: View, decider: inout Decider) {
    var opening = opening
    if !opening.block.isOpened { opening.block.advance(in: view) }
    guard opening.block.isOpened else {
      if opening.block.phase != .ended { openings.append(opening) }
      return
    }
    if isInSwallowedBlock(opening) { return }
    let end = opening.block.acceptedEnd
    switch Edge.isInMask(end, in: view) {
    case .yes: break
    case .needsMore: openings.append(opening)
    case .no:
      swallow(opening.candidate, keyBlock: opening.block, opening: end, in: view, decider: &decider)
    }
  }

  /// The form stands from the candidate's start to `end`.
  private mutating func match(
    _ candidate: borrowing Candidate, end: UInt64, in view: View, decider: inout Decider
  ) {
    if containsMask(candidate.start..<end, in: view) { return }
    let form = tables.form(at: candidate.form)
    let rule = tables.rule(of: form)
    if rule.pointee.isPairSource {
      for zone in zones.pairs where zones.isZone(zone, behind: form.pointee.rule) {
        arm(zone: zone, at: end, in: view, decider: &decider)
      }
    }
    let secret = candidate.range(form.pointee.secretBegin, form.pointee.secretEnd)
    // What lies in a more specific match is reported with it, whatever it is: that is seen sooner than what it is.
    let specificity = rule.pointee.specificity
    if specificity != .provider, decider.covers(secret, betterThan: specificity) { return }
    guard !secret.isEmpty, !isPlaceholder(secret, form: form, in: view) else { return }
    guard let sureness = sureness(of: secret, form: form, from: candidate.start, in: view) else {
      return
    }
    let check = Check.outcome(of: candidate, form: form, in: view)
    accept(
      candidate, secret: secret, check: check, sureness: sureness, isGrowing: false, in: view,
      decider: &decider)
  }

  /// How sure the rule is of this secret; of one with a judge, at most as sure as that.
  ///
  /// - Returns: nil when the judge says that it is none.
  private func sureness(
    of secret: Range<UInt64>, form: UnsafePointer<FormRecord>, from start: UInt64, in view: View
  ) -> Confidence? {
    let rule = tables.rule(of: form)
    guard rule.pointee.judgeCode != 0 else { return rule.pointee.confidence }
    return Judge.confidence(of: secret, form: form.pointee, from: start, in: view).map {
      min($0, rule.pointee.confidence)
    }
  }

  /// The opening of a form with a tail, or 4,096 bytes of an open run, stand.
  private mutating func swallow(
    _ candidate: Candidate, keyBlock: KeyBlock?, opening end: UInt64, in view: View,
    decider: inout Decider
  ) {
    let form = tables.forms[Int(candidate.form)]
    let secret = (candidate.secretStart ?? candidate.start)..<end
    if isRefused(candidate, keyBlock: keyBlock, opening: end, in: view) { return }
    let check: CheckOutcome = form.tail == .jwt ? .valid : .none
    let isKept = accept(
      candidate, secret: secret, check: check,
      sureness: tables.rules[Int(form.rule)].confidence, isGrowing: true, in: view,
      decider: &decider)
    guard isKept else { return }
    let element = tables.elements[Int(form.firstElement) + Int(form.elementCount) - 1]
    let swallow = Swallow(
      candidate: candidate, keyBlock: keyBlock, record: form, element: element, opening: end,
      grid: .plain, serial: serial, reading: SecretReading(policy))
    advance(swallow, in: view, decider: &decider)
    // A block that has ended is still what others may have begun in.
    if !swallow.isAtEnd || swallow.isKeyBlock { swallows.append(swallow) }
  }

  private func advance(_ swallow: Swallow, in view: View, decider: inout Decider) {
    swallow.advance(in: view, tables: tables)
    decider.grow(swallow)
  }

  /// - Parameter secret: where it stands in the text.
  @discardableResult
  mutating func accept(
    _ candidate: borrowing Candidate, secret: Range<UInt64>, check: CheckOutcome,
    sureness: Confidence,
    isGrowing: Bool, grid: Grid = .plain, in view: View, decider: inout Decider
  ) -> Bool {
    let form = tables.form(at: candidate.form)
    let rule = tables.rule(of: form)
    let isRefuted = check == .failed && rule.pointee.refutes
    let confidence = isRefuted ? .low : sureness
    let judged = isRefuted && policy.keepsRefuted ? sureness : confidence
    guard policy.reports(Int(form.pointee.rule), as: judged) else { return false }
    serial += 1
    decider.accept(
      form: candidate.form, rule: form.pointee.rule, specificity: rule.pointee.specificity,
      secret: secret, check: check, confidence: confidence, serial: serial, isGrowing: isGrowing,
      grid: grid, in: view)
    return true
  }
}
