/// Keeps the candidates: opens one where a signature or a zone says so, runs it as far as the bytes go, and hands over what is accepted.
///
/// The open ones are bounded by the shapes: at most one for each form and start, and a held form is at most 4,096 bytes wide.
struct Verifier: ~Copyable {
  let tables: Tables
  private let policy: Policy
  private let caches: UnsafeMutablePointer<RunCache>
  private var open: [Candidate] = []
  private var swallows: [Swallow] = []
  private var zones: [Zone]
  private var serial: UInt64 = 0
  /// Candidates that zones began, before they are run.
  private var begun: [(form: UInt16, start: UInt64)] = []

  init(tables: Tables, policy: Policy) {
    self.tables = tables
    self.policy = policy
    caches = .allocate(capacity: tables.elements.count)
    caches.initialize(repeating: RunCache(), count: tables.elements.count)
    zones = tables.zones.map(Zone.init)
    open.reserveCapacity(64)
  }

  deinit {
    caches.deallocate()
  }

  /// The least offset that an open candidate holds; `UInt64.max` when none holds any.
  var hold: UInt64 {
    var least = UInt64.max
    for candidate in open {
      if let start = candidate.secretStart { least = min(least, start) }
    }
    return least
  }

  /// Goes on with what waited for more bytes. To be called first after bytes came.
  mutating func resume(in view: View, decider: inout Decider) {
    for swallow in swallows { advance(swallow, in: view, decider: &decider) }
    swallows.removeAll { $0.isAtEnd }
    guard !open.isEmpty else { return }
    let waiting = open
    open.removeAll(keepingCapacity: true)
    for candidate in waiting { run(candidate, in: view, decider: &decider) }
  }

  /// A signature ends at `end`.
  mutating func begin(
    signature index: Int, end: UInt64, in view: View, decider: inout Decider
  ) {
    let signature = tables.signatures[index]
    let start = end - UInt64(signature.widthBytes)
    let targets = Int(signature.firstTarget)..<Int(signature.firstTarget + signature.targetCount)
    if signature.isCue {
      if Edge.isInsideMask(start, in: view) { return }
      for target in targets { arm(zone: Int(tables.targets[target]), at: end, in: view) }
      runBegun(in: view, decider: &decider)
      return
    }
    let first = tables.forms[Int(tables.targets[targets.lowerBound])]
    if first.needsLeftEdge, !Edge.isLeftEdge(start, in: view) { return }
    for target in targets {
      begin(form: tables.targets[target], start: start, in: view, decider: &decider)
    }
  }

  /// Looks through the zones as far as the bytes go. To be called after the last signature.
  mutating func searchZones(in view: View, decider: inout Decider) {
    // A match found in a zone may arm another zone.
    repeat {
      for index in zones.indices {
        zones[index].search(in: view, tables: tables) { begun.append(($0, $1)) }
      }
    } while runBegun(in: view, decider: &decider)
  }

  private mutating func arm(zone index: Int, at offset: UInt64, in view: View) {
    zones[index].arm(at: offset, in: view, tables: tables) { begun.append(($0, $1)) }
  }

  @discardableResult
  private mutating func runBegun(in view: View, decider: inout Decider) -> Bool {
    guard !begun.isEmpty else { return false }
    let starts = begun
    begun.removeAll(keepingCapacity: true)
    for (form, start) in starts { begin(form: form, start: start, in: view, decider: &decider) }
    return true
  }

  private mutating func begin(
    form: UInt16, start: UInt64, in view: View, decider: inout Decider
  ) {
    // What begins inside a run that its own form swallows ends with it.
    for swallow in swallows
    where swallow.form == form && swallow.isOpenRun && start < swallow.acceptedEnd {
      return
    }
    let record = tables.forms[Int(form)]
    run(Candidate(form: form, record: record, start: start), in: view, decider: &decider)
  }

  private mutating func run(_ candidate: Candidate, in view: View, decider: inout Decider) {
    var candidate = candidate
    switch FormMatcher.step(&candidate, caches: caches, tables: tables, view: view) {
    case .no: break
    case .needsMore: open.append(candidate)
    case .yes(let end): match(candidate, end: end, in: view, decider: &decider)
    case .opened(let end): swallow(candidate, opening: end, in: view, decider: &decider)
    }
  }

  /// The form stands from the candidate's start to `end`.
  private mutating func match(
    _ candidate: Candidate, end: UInt64, in view: View, decider: inout Decider
  ) {
    let form = tables.forms[Int(candidate.form)]
    for zone in tables.pairZones[Int(form.rule)] { arm(zone: zone, at: end, in: view) }
    let secret = candidate.range(form.secretBegin, form.secretEnd)
    guard !secret.isEmpty, !containsMask(candidate.start..<end, in: view),
      !isPlaceholder(secret, form: form, in: view)
    else { return }
    let check = Check.outcome(of: candidate, form: form, in: view)
    accept(candidate, secret: secret, check: check, isGrowing: false, in: view, decider: &decider)
  }

  /// The opening of a form with a tail, or 4,096 bytes of an open run, stand.
  private mutating func swallow(
    _ candidate: Candidate, opening end: UInt64, in view: View, decider: inout Decider
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
      guard let block = candidate.keyBlock,
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
      candidate: candidate, record: form, element: element, opening: end, serial: serial,
      fingerprint: policy.key.map(FingerprintState.init))
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
    if form.isNotHex, bytes.allSatisfy(Alphabet.named["hexmixed"]!.contains) { return true }
    return Placeholder.stands(for: bytes, prefixBytes: Int(form.shownPrefixBytes))
  }

  /// Nothing that contains a mask is a finding: redaction must not make one.
  private func containsMask(_ range: Range<UInt64>, in view: View) -> Bool {
    var offset = range.lowerBound + UInt64(MaskText.head.count)
    while offset <= range.upperBound {
      if view[offset - 1] == MaskText.head.last, view.hasSuffix(MaskText.head, at: offset) {
        return true
      }
      offset += 1
    }
    return false
  }
}
