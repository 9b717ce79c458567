// Encoded text: the lanes are run as the candidates of plain text are, over decoded bytes; what
// they find is masked where it is encoded.
extension Verifier {
  /// Goes on with what waited for more text.
  mutating func resumeEncoded(in view: View, decider: inout Decider) {
    for case let lane? in lanes where !lane.isIdle {
      lane.endedBlocks.removeAll(keepingCapacity: true)
      for swallow in lane.swallows { advance(swallow, in: view, decider: &decider) }
      lane.endedBlocks += lane.swallows.lazy.map(\.swallow).filter { $0.isAtEnd && $0.isKeyBlock }
      lane.swallows.removeAll { $0.swallow.isAtEnd }
      let (open, openings, matches) = (lane.open, lane.openings, lane.matches)
      lane.open.removeAll(keepingCapacity: true)
      lane.openings.removeAll(keepingCapacity: true)
      lane.matches.removeAll(keepingCapacity: true)
      for match in matches { settle(match, in: lane, view: view, decider: &decider) }
      for candidate in open { run(candidate, in: lane, view: view, decider: &decider) }
      for opening in openings { run(opening, in: lane, view: view, decider: &decider) }
    }
  }

  /// A signature of encoded forms stands at `start`.
  @inline(never)
  mutating func beginEncoded(
    _ signature: SignatureRecord, at start: UInt64, in view: View, decider: inout Decider
  ) {
    let grid = Grid(signature.coding!, phase: signature.phase, at: start)
    let byte = grid.byte(at: start)
    let lane = lane(of: grid)
    let runStart =
      lane.knownStart(before: byte)
      ?? grid.runStart(before: byte, atMost: DecodedRun.historyBytes, in: view)
    if Edge.isMask(
      inOrBefore: grid.first(of: runStart), to: start, of: grid, tail: &maskTail, view: view)
    {
      return
    }
    lane.prepare(for: byte, from: runStart, in: view)
    for target in signature.firstTarget..<signature.firstTarget + signature.targetCount {
      let form = tables.targets[Int(target)]
      let record = tables.form(at: form)
      let rule = tables.rules[Int(record.pointee.rule)]
      if !policy.reports(Int(record.pointee.rule), as: rule.confidence)
        || record.pointee.needsLeftEdge && runStart < byte && !Edge.isLeftEdge(byte, in: lane.view)
      {
        continue
      }
      run(
        Candidate(unread: form, start: byte, tables: tables), in: lane, view: view,
        decider: &decider)
    }
  }

  private mutating func lane(of grid: Grid) -> EncodedLane {
    if let lane = lanes[grid.index] { return lane }
    let lane = EncodedLane(grid: grid, tables: tables)
    lanes[grid.index] = lane
    hasLanes = true
    return lane
  }

  private mutating func run(
    _ candidate: Candidate, in lane: EncodedLane, view: View, decider: inout Decider
  ) {
    var candidate = candidate
    while true {
      let outcome = FormMatcher.step(
        &candidate, holdBytes: lane.holdBytes, caches: lane.caches, tables: tables,
        view: lane.view)
      switch outcome {
      case .no: return
      case .needsMore:
        if lane.readOn(in: view) { continue }
        lane.open.append(candidate)
      case .yes(let end): stand(candidate, end: end, in: lane, view: view, decider: &decider)
      case .opened(let end):
        if lane.isSwallowed(candidate) { return }
        let tail = tables.forms[Int(candidate.form)].tail
        if tail == .keyBlock {
          let block = KeyBlock(
            start: candidate.start, body: end, holdBytes: lane.holdBytes, in: lane.view)
          let opening = KeyBlockOpening(candidate: candidate, block: block)
          run(opening, in: lane, view: view, decider: &decider)
        } else {
          open(candidate, keyBlock: nil, end: end, in: lane, view: view, decider: &decider)
        }
      }
      return
    }
  }

  private mutating func run(
    _ opening: KeyBlockOpening, in lane: EncodedLane, view: View, decider: inout Decider
  ) {
    var opening = opening
    while true {
      if !opening.block.isOpened { opening.block.advance(in: lane.view) }
      var isWaiting = !opening.block.isOpened
      if isWaiting, opening.block.phase == .ended { return }
      if !isWaiting {
        if lane.isSwallowed(opening) { return }
        switch Edge.isInMask(opening.block.acceptedEnd, in: lane.view) {
        case .yes: return
        case .no: break
        case .needsMore: isWaiting = true
        }
      }
      if !isWaiting { break }
      if lane.readOn(in: view) { continue }
      lane.openings.append(opening)
      return
    }
    open(
      opening.candidate, keyBlock: opening.block, end: opening.block.acceptedEnd, in: lane,
      view: view, decider: &decider)
  }

  /// The form stands, in decoded bytes, from the candidate's start to `end`.
  private mutating func stand(
    _ candidate: Candidate, end: UInt64, in lane: EncodedLane, view: View,
    decider: inout Decider
  ) {
    let bytes = lane.view
    if containsMask(candidate.start..<end, in: bytes) { return }
    let form = tables.form(at: candidate.form)
    let secret = candidate.range(form.pointee.secretBegin, form.pointee.secretEnd)
    guard !secret.isEmpty, !isPlaceholder(secret, form: form, in: bytes) else { return }
    settle(
      EncodedMatch(
        candidate: candidate, end: end, isOpening: false, keyBlock: nil,
        check: Check.outcome(of: candidate, form: form, in: bytes)),
      in: lane, view: view, decider: &decider)
  }

  /// The opening of a form with a tail, or as much of an open run as is held, stands.
  private mutating func open(
    _ candidate: Candidate, keyBlock: KeyBlock?, end: UInt64, in lane: EncodedLane, view: View,
    decider: inout Decider
  ) {
    if isRefused(candidate, keyBlock: keyBlock, opening: end, in: lane.view) { return }
    settle(
      EncodedMatch(
        candidate: candidate, end: end, isOpening: true, keyBlock: keyBlock, check: .none),
      in: lane, view: view, decider: &decider)
  }

  /// What is left to know is whether a mask stands in the text.
  private mutating func settle(
    _ match: EncodedMatch, in lane: EncodedLane, view: View, decider: inout Decider
  ) {
    let candidate = match.candidate
    let text = lane.grid.text(of: candidate.start..<match.end)
    switch Edge.isMask(inOrBehind: text, of: lane.grid, view: view) {
    case .yes: return
    case .needsMore:
      lane.matches.append(match)
      return
    case .no: break
    }
    let form = tables.forms[Int(candidate.form)]
    let secret =
      match.isOpening
      ? (candidate.secretStart ?? candidate.start)..<match.end
      : candidate.range(form.secretBegin, form.secretEnd)
    let isKept = accept(
      candidate, secret: lane.grid.text(of: secret), check: match.check,
      sureness: tables.rules[Int(form.rule)].confidence, isGrowing: match.isOpening,
      grid: lane.grid, in: view, decider: &decider)
    guard isKept, match.isOpening else { return }
    let element = tables.elements[Int(form.firstElement) + Int(form.elementCount) - 1]
    let swallow = EncodedSwallow(
      Swallow(
        candidate: candidate, keyBlock: match.keyBlock, record: form, element: element,
        opening: match.end, grid: lane.grid, serial: serial,
        reading: SecretReading(policy)),
      from: candidate.start)
    advance(swallow, in: view, decider: &decider)
    if !swallow.swallow.isAtEnd {
      lane.swallows.append(swallow)
    } else if swallow.swallow.isKeyBlock {
      lane.endedBlocks.append(swallow.swallow)
    }
  }

  private func advance(_ swallow: EncodedSwallow, in view: View, decider: inout Decider) {
    swallow.advance(in: view, tables: tables)
    decider.grow(swallow.swallow)
  }
}
