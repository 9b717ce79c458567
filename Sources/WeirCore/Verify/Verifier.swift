/// Keeps the candidates: opens one where a signature or a zone says so, runs it as far as the bytes go, and hands over what is accepted.
///
/// The open ones are bounded by the shapes: at most one for each form and start, and a held form is at most 4,096 bytes wide.
struct Verifier: ~Copyable {
  private let tables: Tables
  private let policy: Policy
  private let caches: UnsafeMutablePointer<RunCache>
  private var open: [Candidate] = []
  private var openings: [KeyBlockOpening] = []
  private var swallows: [Swallow] = []
  private let zones: UnsafeMutableBufferPointer<Zone>
  private var serial: UInt64 = 0
  /// Where the last mask's head ends.
  private var maskEnd: UInt64?
  init(catalogue: Catalogue, policy: Policy) {
    tables = catalogue.tables
    self.policy = policy
    caches = .allocate(capacity: tables.elements.count)
    caches.initialize(repeating: RunCache(), count: tables.elements.count)
    zones = .allocate(capacity: catalogue.zones.count)
    _ = zones.initialize(fromContentsOf: catalogue.zones)
    open.reserveCapacity(64)
  }

  deinit {
    caches.deallocate()
    zones.deallocate()
  }

  /// The least offset that an open candidate holds; `UInt64.max` when none holds any.
  var hold: UInt64 {
    var least = UInt64.max
    for candidate in open {
      if let start = candidate.secretStart { least = min(least, start) }
    }
    for opening in openings { least = min(least, opening.candidate.start) }
    return least
  }

  /// Goes on with what waited for more bytes. To be called first after bytes came.
  mutating func resume(in view: View, decider: inout Decider) {
    if !swallows.isEmpty {
      for swallow in swallows { advance(swallow, in: view, decider: &decider) }
      swallows.removeAll { $0.isAtEnd }
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
  }

  /// A signature ends at `end`.
  mutating func begin(
    signature index: Int, end: UInt64, in view: View, decider: inout Decider
  ) {
    let signature = tables.signatures[index]
    let start = end - UInt64(signature.widthBytes)
    if signature.targetCount == 0 {
      maskEnd = end
      return
    }
    let targets = Int(signature.firstTarget)..<Int(signature.firstTarget + signature.targetCount)
    if signature.isCue {
      if isInsideMask(start, in: view) { return }
      for target in targets {
        arm(zone: Int(tables.targets[target]), at: end, in: view, decider: &decider)
      }
      return
    }
    let first = tables.forms[Int(tables.targets[targets.lowerBound])]
    if first.needsLeftEdge, !Edge.isLeftEdge(start, in: view) { return }
    for target in targets {
      let form = tables.targets[target]
      if isSwallowed(form, at: start) || isRefused(form, at: start, in: view) { continue }
      run(Candidate(form: form, start: start, tables: tables), in: view, decider: &decider)
    }
  }

  /// Looks through the zones as far as the bytes go. To be called after the last signature.
  mutating func searchZones(in view: View, decider: inout Decider) {
    for index in zones.indices { search(zone: index, below: view.end, in: view, decider: &decider) }
  }

  private mutating func arm(
    zone index: Int, at offset: UInt64, in view: View, decider: inout Decider
  ) {
    search(zone: index, below: min(offset, view.end), in: view, decider: &decider)
    guard var earlier = zones[index].arm(at: offset) else { return }
    while let start = earlier.nextStart(below: view.end, in: view) {
      begin(zone: index, at: start, in: view, decider: &decider)
    }
    zones[index].join(earlier)
  }

  private mutating func search(
    zone index: Int, below limit: UInt64, in view: View, decider: inout Decider
  ) {
    while let start = zones[index].nextStart(below: limit, in: view) {
      begin(zone: index, at: start, in: view, decider: &decider)
    }
  }

  private mutating func begin(
    zone index: Int, at start: UInt64, in view: View, decider: inout Decider
  ) {
    let record = zones[index].record
    for form in record.firstForm..<record.firstForm + record.formCount
    where !isRefused(form, at: start, in: view)
      && zones[index].admits(form, at: start, in: view, tables: tables)
    {
      run(Candidate(form: form, start: start, tables: tables), in: view, decider: &decider)
    }
  }

  private func isRefused(_ form: UInt16, at start: UInt64, in view: View) -> Bool {
    FormMatcher.isRefused(
      tables.forms[Int(form)], at: start, caches: caches, tables: tables, view: view)
  }

  /// What begins inside a run that its own form swallows ends with it: if its signature, which lies inside, is all that stands before
  /// its own open run, and no pair waits for its end.
  private func isSwallowed(_ form: UInt16, at start: UInt64) -> Bool {
    guard !swallows.isEmpty else { return false }
    let record = tables.forms[Int(form)]
    let last = tables.elements[Int(record.firstElement) + Int(record.elementCount) - 1]
    guard record.anchoredElements == record.elementCount - 1, last.min > 0,
      !tables.rules[Int(record.rule)].isPairSource
    else { return false }
    return swallows.contains { $0.form == form && $0.isOpenRun && start < $0.acceptedEnd }
  }

  private mutating func run(_ candidate: Candidate, in view: View, decider: inout Decider) {
    var candidate = candidate
    switch FormMatcher.step(&candidate, caches: caches, tables: tables, view: view) {
    case .no: break
    case .needsMore: open.append(candidate)
    case .yes(let end): match(candidate, end: end, in: view, decider: &decider)
    case .opened(let end):
      if tables.forms[Int(candidate.form)].tail == .keyBlock {
        let block = KeyBlock(start: candidate.start, body: end)
        run(KeyBlockOpening(candidate: candidate, block: block), in: view, decider: &decider)
      } else {
        swallow(candidate, keyBlock: nil, opening: end, in: view, decider: &decider)
      }
    }
  }

  private mutating func run(_ opening: KeyBlockOpening, in view: View, decider: inout Decider) {
    var opening = opening
    if !opening.block.isOpened { opening.block.advance(in: view) }
    guard opening.block.isOpened else {
      if opening.block.phase != .ended { openings.append(opening) }
      return
    }
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
    _ candidate: Candidate, end: UInt64, in view: View, decider: inout Decider
  ) {
    let form = tables.forms[Int(candidate.form)]
    if tables.rules[Int(form.rule)].isPairSource {
      for zone in zones.indices where zones[zone].record.pairSource == form.rule {
        arm(zone: zone, at: end, in: view, decider: &decider)
      }
    }
    let secret = candidate.range(form.secretBegin, form.secretEnd)
    guard !secret.isEmpty, !containsMask(candidate.start..<end, in: view),
      !isPlaceholder(secret, form: form, in: view)
    else { return }
    let check = Check.outcome(of: candidate, form: form, in: view)
    accept(candidate, secret: secret, check: check, isGrowing: false, in: view, decider: &decider)
  }

  /// The opening of a form with a tail, or 4,096 bytes of an open run, stand.
  private mutating func swallow(
    _ candidate: Candidate, keyBlock: KeyBlock?, opening end: UInt64, in view: View,
    decider: inout Decider
  ) {
    let form = tables.forms[Int(candidate.form)]
    let secret = (candidate.secretStart ?? candidate.start)..<end
    guard !containsMask(candidate.start..<end, in: view) else { return }
    switch form.tail {
    case .jwt:
      let header = candidate.range(form.elementCount - 4, form.elementCount - 2)
      let payload = candidate.range(form.elementCount - 1, form.elementCount)
      guard TokenHeader.isValid(view[header]), !Placeholder.isSampleToken(payload: view[payload])
      else { return }
    case .keyBlock:
      guard let block = keyBlock,
        !Placeholder.isMonotonous(view[block.bodyStart..<block.bodyEnd])
      else { return }
    case .openRun, .none:
      guard !isPlaceholder(secret, form: form, in: view) else { return }
    }
    let check: CheckOutcome = form.tail == .jwt ? .valid : .none
    let isKept = accept(
      candidate, secret: secret, check: check, isGrowing: true, in: view, decider: &decider)
    guard isKept else { return }
    let element = tables.elements[Int(form.firstElement) + Int(form.elementCount) - 1]
    let swallow = Swallow(
      candidate: candidate, keyBlock: keyBlock, record: form, element: element, opening: end,
      serial: serial, fingerprint: policy.key.map(FingerprintState.init))
    advance(swallow, in: view, decider: &decider)
    if !swallow.isAtEnd { swallows.append(swallow) }
  }

  private func advance(_ swallow: Swallow, in view: View, decider: inout Decider) {
    swallow.advance(in: view, tables: tables)
    decider.grow(swallow)
  }

  @discardableResult
  private mutating func accept(
    _ candidate: Candidate, secret: Range<UInt64>, check: CheckOutcome, isGrowing: Bool,
    in view: View, decider: inout Decider
  ) -> Bool {
    let form = tables.forms[Int(candidate.form)]
    let rule = tables.rules[Int(form.rule)]
    let isRefuted = check == .failed && rule.refutes
    let confidence = isRefuted ? .low : rule.confidence
    guard confidence >= policy.minConfidence || isRefuted && policy.keepsRefuted else {
      return false
    }
    serial += 1
    decider.accept(
      form: candidate.form, record: form, specificity: rule.specificity, secret: secret,
      check: check, confidence: confidence, serial: serial, isGrowing: isGrowing, in: view)
    return true
  }

  private func isPlaceholder(_ secret: Range<UInt64>, form: FormRecord, in view: View) -> Bool {
    let bytes = view[secret]
    if form.isNotHex, bytes.allSatisfy(Edge.isHex) { return true }
    return Placeholder.stands(for: bytes, prefixBytes: Int(form.shownPrefixBytes))
  }

  /// A cue that begins at `offset` is part of a mask.
  private func isInsideMask(_ offset: UInt64, in view: View) -> Bool {
    guard let maskEnd, maskEnd <= offset, offset - maskEnd <= MaskText.greatestTailBytes else {
      return false
    }
    return view[maskEnd..<offset].allSatisfy(MaskText.tailBytes.contains)
  }

  /// Nothing that contains a mask is a finding: redaction must not make one.
  private func containsMask(_ range: Range<UInt64>, in view: View) -> Bool {
    let bytes = view[range]
    var index = MaskText.head.count - 1
    // A mask's head is found by its last byte.
    while index < bytes.count {
      if bytes[index] == MaskText.headLast,
        view.hasSuffix(MaskText.head, at: range.lowerBound + UInt64(index) + 1)
      {
        return true
      }
      index += 1
    }
    return false
  }
}
