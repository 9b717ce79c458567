/// Decides by containment what is reported, and lets bytes pass in order.
///
/// What is accepted waits here, in the order of starts, until nothing that begins later in time can begin no later in the input.
/// Of everything decided so far only one number matters for what comes: the greatest end.
struct Decider {
  private static let mostCovering = 4

  private let policy: Policy
  private let tables: Tables
  private var pending: [Accepted] = []
  private var lines: LineCounter
  /// Where the input begins: what a finding says of places counts from here.
  private let inputStart: UInt64
  /// What was made of swallows that are at their end, by serial.
  private var readings: [UInt64: SecretReading.Result] = [:]
  /// The best name found so far for a secret that grows and is not a provider's, by serial.
  private var names: [UInt64: Accepted] = [:]
  /// Everything decided ends at or before this.
  private var coveredEnd: UInt64
  /// Every byte below has passed or is masked.
  private(set) var passedEnd: UInt64
  /// The bytes from here to `passedEnd` are masked, but their mask is not written yet: its secret still grows.
  private var openMaskStart: UInt64?
  private(set) var cleanBytes: UInt64
  private(set) var maskedBytes: UInt64
  /// Of the masked bytes those whose mask is not written yet: nothing stands for them if the run ends here.
  var openMaskBytes: UInt64 { openMaskStart.map { passedEnd - $0 } ?? 0 }

  /// Of an input that begins at an offset, or that goes on at one.
  init(tables: Tables, policy: Policy, at offset: UInt64, progress: Progress = Progress()) {
    self.policy = policy
    self.tables = tables
    lines = LineCounter(from: offset, line: progress.line, column: progress.column)
    inputStart = offset &- progress.cleanBytes &- progress.maskedBytes
    coveredEnd = offset
    passedEnd = offset
    cleanBytes = progress.cleanBytes
    maskedBytes = progress.maskedBytes
  }

  /// Somebody has counted the line feeds of bytes that come next.
  mutating func know(lineFeeds count: Int, in range: Range<UInt64>) {
    lines.know(count, in: range)
  }

  /// All there is to know of the bytes of an input that have passed or are masked, when nothing waits.
  struct Progress {
    var cleanBytes: UInt64 = 0
    var maskedBytes: UInt64 = 0
    /// Of the next byte; 1-based.
    var line: UInt64 = 1
    var column: UInt64 = 1
  }

  /// Nil as long as something waits.
  var progress: Progress? {
    guard pending.isEmpty, openMaskStart == nil else { return nil }
    let place = lines.released
    return Progress(
      cleanBytes: cleanBytes, maskedBytes: maskedBytes, line: place.line, column: place.column)
  }

  mutating func accept(
    form: UInt16, rule: UInt16, specificity: Specificity, secret: Range<UInt64>,
    check: CheckOutcome, confidence: Confidence, serial: UInt64, isGrowing: Bool, grid: Grid,
    in view: View
  ) {
    let place =
      policy.countsLines ? lines.locate(secret.lowerBound, in: view) : (line: 0, column: 0)
    insert(
      Accepted(
        form: form, rule: rule, specificityCode: specificity.rawValue, check: check,
        confidence: confidence, secretStart: secret.lowerBound, secretEnd: secret.upperBound,
        serial: serial, isGrowing: isGrowing, isSwallowed: isGrowing, grid: grid,
        line: place.line, column: place.column))
  }

  /// What a rule that sees lines has found.
  mutating func accept(
    rule: UInt16, specificity: Specificity, secret: Range<UInt64>, confidence: Confidence,
    serial: UInt64, isUnjudged: Bool, in view: View
  ) {
    let place =
      policy.countsLines ? lines.locate(secret.lowerBound, in: view) : (line: 0, column: 0)
    insert(
      Accepted(
        form: Accepted.noForm, rule: rule, specificityCode: specificity.rawValue, check: .none,
        confidence: confidence, secretStart: secret.lowerBound, secretEnd: secret.upperBound,
        serial: serial, isGrowing: false, isSwallowed: false, isUnjudged: isUnjudged, grid: .plain,
        line: place.line, column: place.column))
  }

  /// A more specific match that waits has all of this secret in it. Only the last few are looked at, so that nothing depends on how many wait.
  func covers(_ secret: Range<UInt64>, betterThan specificity: Specificity) -> Bool {
    for index in max(0, pending.count - Self.mostCovering)..<pending.count
    where pending[index].specificityCode < specificity.rawValue
      && pending[index].secretStart <= secret.lowerBound
      && pending[index].secretEnd >= secret.upperBound
    {
      return true
    }
    return false
  }

  /// Where the more specific match ends that has `start` in its secret; nil when none of the last few has.
  func coveredEnd(of start: UInt64, betterThan specificity: Specificity) -> UInt64? {
    for index in max(0, pending.count - Self.mostCovering)..<pending.count
    where pending[index].specificityCode < specificity.rawValue
      && pending[index].secretStart <= start && pending[index].secretEnd > start
    {
      return pending[index].secretEnd
    }
    return nil
  }

  /// A swallow has read on.
  mutating func grow(_ swallow: Swallow) {
    guard let index = place(of: swallow) else { return }
    pending[index].secretEnd = swallow.text.upperBound
    guard swallow.isAtEnd else { return }
    var accepted = pending.remove(at: index)
    accepted.isGrowing = false
    accepted.check = swallow.check ?? accepted.check
    readings[accepted.serial] = swallow.reading?.finish()
    insert(accepted)
  }

  /// Where the secret of a swallow waits; nil when it was dropped. Those that wait are in the order of their starts.
  private func place(of swallow: Swallow) -> Int? {
    let start = swallow.text.lowerBound
    var low = 0
    var high = pending.count
    while low < high {
      let middle = (low + high) / 2
      if pending[middle].secretStart < start {
        low = middle + 1
      } else {
        high = middle
      }
    }
    while low < pending.count, pending[low].secretStart == start {
      if pending[low].serial == swallow.serial { return low }
      low += 1
    }
    return nil
  }

  private mutating func insert(_ accepted: Accepted) {
    var index = pending.count
    while index > 0, accepted.precedes(pending[index - 1]) { index -= 1 }
    if index == pending.count {
      pending.append(accepted)
    } else {
      pending.insert(accepted, at: index)
    }
  }

  /// Decides what can be decided, and lets the bytes before it pass.
  ///
  /// - Parameters:
  ///   - undecided: nothing that is not accepted yet can have a secret that begins below this.
  ///   - hold: no open candidate holds an offset below this.
  /// - Returns: the offset below which no byte is needed any more.
  mutating func settle<Target: Sink & ~Copyable>(
    undecided: UInt64, hold: UInt64, in view: View, into sink: inout Target
  ) -> UInt64 {
    var decided = 0
    var frontier = undecided
    while decided < pending.count {
      let next = pending[decided]
      if next.secretStart >= undecided { break }
      if next.isGrowing {
        cover(next, in: view, into: &sink)
        frontier = min(undecided, next.secretEnd)
        dropContained(in: next, from: decided + 1)
        break
      }
      if next.secretEnd > coveredEnd {
        if next.specificityCode != Specificity.provider.rawValue,
          hold < next.secretEnd || growsInside(next, from: decided + 1)
        {
          // What lies inside may still give it its name.
          if next.isSwallowed { cover(next, in: view, into: &sink) }
          frontier = min(undecided, next.neededStart)
          break
        }
        report(next, followedBy: decided + 1, in: view, into: &sink)
      }
      forget(next)
      decided += 1
    }
    pending.removeFirst(decided)
    pass(to: frontier, in: view, into: &sink)
    var needed = min(frontier, view.end)
    for waiting in pending { needed = min(needed, waiting.neededStart) }
    if policy.countsLines { lines.release(to: needed, in: view) }
    return needed
  }

  private mutating func forget(_ accepted: Accepted) {
    if !readings.isEmpty { readings[accepted.serial] = nil }
    if !names.isEmpty { names[accepted.serial] = nil }
  }

  /// The bytes of a secret that was swallowed are masked for sure, and need not wait.
  private mutating func cover<Target: Sink & ~Copyable>(
    _ growing: Accepted, in view: View, into sink: inout Target
  ) {
    pass(to: growing.secretStart, in: view, into: &sink)
    guard growing.secretEnd > passedEnd else { return }
    if openMaskStart == nil { openMaskStart = passedEnd }
    maskedBytes += growing.secretEnd - passedEnd
    passedEnd = growing.secretEnd
  }

  /// Drops what lies inside a secret that still grows; of more specific matches in it the best is kept, to name it.
  private mutating func dropContained(in growing: Accepted, from index: Int) {
    let isNamed = growing.specificityCode != Specificity.provider.rawValue
    var kept = index
    for waiting in index..<pending.count {
      let inner = pending[waiting]
      if !inner.isGrowing, inner.secretEnd <= growing.secretEnd {
        readings[inner.serial] = nil
        if isNamed, inner.names(growing, betterThan: names[growing.serial]) {
          names[growing.serial] = inner
        }
        continue
      }
      pending[kept] = pending[waiting]
      kept += 1
    }
    pending.removeSubrange(kept...)
  }

  private mutating func report<Target: Sink & ~Copyable>(
    _ accepted: Accepted, followedBy next: Int, in view: View, into sink: inout Target
  ) {
    pass(to: accepted.secretStart, in: view, into: &sink)
    let named = mostSpecific(in: accepted, from: next) ?? accepted
    let reading = self.reading(of: accepted, in: view)
    let finding = Finding(
      rule: Int(named.rule), start: accepted.secretStart &- inputStart,
      end: accepted.secretEnd &- inputStart,
      line: accepted.line, column: accepted.column, check: named.check,
      confidence: named.confidence, fingerprint: reading?.fingerprint,
      readings: reading?.readings ?? [], via: named.grid.coding.map { [$0] } ?? [],
      // As if it were the named one's own: of equal ranges that one is reported by itself.
      prefix: prefix(of: named.secretStart == accepted.secretStart ? named : accepted))
    if !accepted.isUnjudged { sink.finding(finding) }
    let maskStart = openMaskStart ?? max(accepted.secretStart, passedEnd)
    openMaskStart = nil
    if accepted.secretEnd > passedEnd {
      maskedBytes += accepted.secretEnd - passedEnd
      passedEnd = accepted.secretEnd
    }
    coveredEnd = accepted.secretEnd
    sink.mask(finding, byteCount: accepted.secretEnd - maskStart)
  }

  /// A secret that may end inside this one is still growing.
  private func growsInside(_ accepted: Accepted, from index: Int) -> Bool {
    for index in index..<pending.count {
      if pending[index].secretStart >= accepted.secretEnd { return false }
      if pending[index].isGrowing, pending[index].secretEnd <= accepted.secretEnd { return true }
    }
    return false
  }

  /// The most specific match inside a less specific one's secret; it knows better what that is.
  private func mostSpecific(in accepted: Accepted, from index: Int) -> Accepted? {
    guard accepted.specificityCode != Specificity.provider.rawValue else { return nil }
    var best = names.isEmpty ? nil : names[accepted.serial]
    for index in index..<pending.count {
      if pending[index].secretStart >= accepted.secretEnd { break }
      let inner = pending[index]
      if inner.secretEnd <= accepted.secretEnd, inner.names(accepted, betterThan: best) {
        best = inner
      }
    }
    return best
  }

  private func reading(of accepted: Accepted, in view: View) -> SecretReading.Result? {
    guard policy.readsSecrets else { return nil }
    if let known = readings[accepted.serial] { return known }
    guard var reading = SecretReading(policy) else { return nil }
    var canonical: CanonicalBytes =
      tables.rules[Int(accepted.rule)].isPercentEncoded ? .percent : .plain
    if accepted.form != Accepted.noForm,
      tables.forms[Int(accepted.form)].tail.phrase != nil
    {
      canonical = .phrase
    }
    let text = accepted.secretStart..<accepted.secretEnd
    if accepted.grid.isPlain {
      canonical.update(&reading, with: view[text])
    } else {
      var secret = accepted.grid.decoded(text, in: view)
      defer { secret.wipe() }
      secret.withUnsafeBytes { canonical.update(&reading, with: $0) }
    }
    return reading.finish()
  }

  private func prefix(of accepted: Accepted) -> String {
    guard accepted.form != Accepted.noForm else { return "" }
    let form = tables.forms[Int(accepted.form)]
    guard form.shownPrefixBytes > 0 else { return "" }
    let element = tables.elements[Int(form.firstElement) + Int(form.secretBegin)]
    let start = Int(element.literalStart)
    let bytes = tables.literals[start..<start + Int(form.shownPrefixBytes)]
    return String(decoding: bytes, as: UTF8.self)
  }

  private mutating func pass<Target: Sink & ~Copyable>(
    to offset: UInt64, in view: View, into sink: inout Target
  ) {
    guard offset > passedEnd else { return }
    sink.clean(view[passedEnd..<offset])
    cleanBytes += offset - passedEnd
    passedEnd = offset
  }
}
