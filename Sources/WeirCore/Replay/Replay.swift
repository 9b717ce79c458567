internal import Hyperscan

/// What is told of the way of an input: where signatures end, what they arm, where forms are tried.
protocol ReplayObserver {
  /// Hyperscan reports a signature.
  mutating func hit(_ signature: Int, at range: Range<UInt64>)

  /// A zone reaches on from `offset`.
  ///
  /// - Parameter signature: nil behind a match of the zone's pair.
  mutating func arm(zone: Int, at offset: UInt64, by signature: Int?)

  /// A value of no matter which rule is assigned behind a credential's name.
  ///
  /// - Parameter wordBytes: so much of the text before it was read for words of rules.
  mutating func value(at offset: UInt64, isLongEnough: Bool, reads: Int, wordBytes: Int)

  /// A form was tried.
  mutating func attempt(_ attempt: Attempt, reads: Int)
}

/// A form at a place where a scan tries it.
struct Attempt {
  enum Cause {
    case signature(Int)
    case zone(Int)
    /// A name with a word of the rule before it.
    case name
  }

  enum Ending {
    /// The dry run refused it, or no edge, or no assignment, stands before it: no candidate was made.
    case refused
    case ran(FormTrace)
  }

  let form: UInt16
  let start: UInt64
  let cause: Cause
  let ending: Ending
}

/// The way of one whole input, gone again for an observer: the scan's own signatures, zones, words and matchers in the scan's own order.
///
/// It is no part of a scan, so that watching costs a scan nothing. What it must share with `Verifier` is the order of what it asks; that both come to the same
/// end is a promise of tests (`ExplainerTests`, `MeterTests`). The whole input is at hand: nothing waits for more bytes.
struct Replay<Observer: ReplayObserver>: ~Copyable {
  private struct SwallowedRun {
    let form: UInt16
    let start: UInt64
    let end: UInt64
  }

  var observer: Observer
  private let catalogue: Catalogue
  private let tables: Tables
  private let view: View
  private let isLookedFor: [Bool]
  private let caches: RunCaches
  private var prefilter: Prefilter
  private var zones: Zones
  private var words: NameWords
  private var maskTail = MaskTail()
  private var runs: [SwallowedRun] = []
  /// Where each context rule was last tried, and one more.
  private var tried: [UInt64]
  private var wordsEnd: UInt64 = 0
  /// The bytes that were walked behind cues, names and pairs.
  private(set) var walkedBytes = 0

  /// - Parameter isLookedFor: of each rule; matches of pairs' sources are always looked for.
  init(
    _ view: View, catalogue: Catalogue, isLookedFor: [Bool], observer: Observer
  ) throws(ScanError) {
    self.view = view
    self.catalogue = catalogue
    self.isLookedFor = isLookedFor
    self.observer = observer
    tables = catalogue.tables
    caches = RunCaches(tables: tables)
    prefilter = try Prefilter(for: catalogue)
    zones = Zones(catalogue: catalogue)
    words = NameWords(tables: tables)
    tried = Array(repeating: 0, count: tables.named.count)
  }

  mutating func run() throws(ScanError) {
    while try prefilter.next(in: view, catalogue: catalogue) {
      for index in 0..<prefilter.matches.count {
        let match = prefilter.matches[index]
        begin(Int(match.signature), end: prefilter.pieceStart + UInt64(match.end))
      }
    }
    searchZones(below: view.end)
  }

  private mutating func begin(_ index: Int, end: UInt64) {
    let signature = tables.signatures[index]
    let start = end - UInt64(signature.widthBytes)
    observer.hit(index, at: start..<end)
    let targets = signature.firstTarget..<signature.firstTarget + signature.targetCount
    switch signature.kind {
    case .anchor: break
    case .innerAnchor: if maskTail.reaches(start, in: view) { return }
    case .cue:
      if maskTail.reaches(start, in: view) { return }
      searchZones(below: end)
      for target in targets {
        arm(zone: Int(tables.targets[Int(target)]), at: end, by: index)
      }
      return
    case .maskHead:
      searchZones(below: end)
      maskTail.begin(at: end, in: view)
      return
    // What stands encoded is not gone through again: hits are all that is told of it.
    case .ballast, .encoded: return
    }
    for target in targets {
      let form = tables.targets[Int(target)]
      attempt(form, at: start, cause: .signature(index)) { replay, record in
        !replay.isSwallowed(form, at: start)
          && (!record.needsLeftEdge || Edge.isLeftEdge(start, in: replay.view))
      }
    }
  }

  private mutating func arm(zone index: Int, at offset: UInt64, by signature: Int?) {
    observer.arm(zone: index, at: offset, by: signature)
    if zones.walkNeeded(toArm: index, at: offset) { searchZones(below: min(offset, view.end)) }
    guard var late = zones.arm(index, at: offset, in: view) else { return }
    var place = late.from
    while let start = zones.nextStart(in: &late, from: place, view: view) {
      begin(late, zone: index, at: start)
      place = start + 1
    }
    zones.join(late, to: index)
  }

  private mutating func searchZones(below limit: UInt64) {
    while zones.activeCount > 0 {
      let before = zones.next
      let found = zones.nextStart(below: limit, in: view)
      walkedBytes += Int(zones.next - before)
      guard let start = found else { return }
      for place in 0..<zones.activeCount {
        let zone = zones.activeZone(place).pointee
        guard zone.firsts & start.firsts != 0, zone.from <= start.offset else { continue }
        begin(zone, zone: zones.activeIndex(place), at: start.offset)
      }
    }
  }

  private mutating func begin(_ zone: Zone, zone index: Int, at start: UInt64) {
    if zone.record.isOfNames {
      if Edge.isAssigned(start, in: view) {
        beginNamed(at: start)
        beginJudged(at: start)
      }
      return
    }
    for form in zone.record.firstForm..<zone.record.firstForm + zone.record.formCount {
      attempt(form, at: start, cause: .zone(index)) { replay, record in
        replay.tables.contains(replay.view[start], inSet: record.firstSet)
          && (!record.needsLeftEdge || Edge.isLeftEdge(start, in: replay.view))
          && (!zone.record.needsAssignment || Edge.isAssigned(start, in: replay.view))
          && !replay.continuesPhrase(record, at: start, behind: zone.armedAt)
      }
    }
  }

  private func continuesPhrase(
    _ form: FormRecord, at start: UInt64, behind cueEnd: UInt64
  ) -> Bool {
    guard let kind = form.tail.phrase else { return false }
    return PhraseWord.isJoined(start, to: kind.list, notBefore: cueEnd, in: view)
  }

  private mutating func beginJudged(at start: UInt64) {
    guard !tables.judged.isEmpty, let name = CredentialName(before: start, in: view) else {
      return
    }
    for record in tables.judged where record.judgeCode == UInt16(name.kind.rawValue) {
      for form in record.firstForm..<record.firstForm + record.formCount {
        attempt(form, at: start, cause: .name) { replay, record in
          replay.tables.contains(replay.view[start], inSet: record.firstSet)
            && (!record.needsLeftEdge || Edge.isLeftEdge(start, in: replay.view))
        }
      }
    }
  }

  private mutating func beginNamed(at start: UInt64) {
    if tables.named.isEmpty { return }
    let limit = start + UInt64(tables.valueLeastBytes)
    let cache = Int(TableArrays.firstRunCache(of: tables.valueClass, isArmed: true))
    let before = caches.runs[cache]
    let end = caches.runs[cache].reach(
      from: start, limit: limit, classIndex: tables.valueClass, tables: tables, view: view)
    let reads = caches.runs[cache].reads(since: before)
    guard
      end >= limit
        || FormMatcher.mayBeShortValue(
          at: start, caches: caches.runs, tables: tables, view: view)
    else {
      observer.value(at: start, isLongEnough: false, reads: reads, wordBytes: 0)
      return
    }
    let floor = maskTail.floor(before: start, in: view)
    observer.value(
      at: start, isLongEnough: true, reads: reads, wordBytes: wordBytes(before: start, from: floor))
    var named: [UInt16] = []
    words.forEachRule(before: start, from: floor, in: view) { rule in
      guard tried[Int(rule)] <= start else { return }
      tried[Int(rule)] = start + 1
      named.append(rule)
    }
    for rule in named {
      let record = tables.named[Int(rule)]
      for form in record.firstForm..<record.firstForm + record.formCount {
        attempt(form, at: start, cause: .name) { replay, record in
          replay.tables.contains(replay.view[start], inSet: record.firstSet)
            && (!record.needsLeftEdge || Edge.isLeftEdge(start, in: replay.view))
        }
      }
    }
  }

  /// How much text is read anew for the words before a value.
  private mutating func wordBytes(before start: UInt64, from floor: UInt64) -> Int {
    let reach = UInt64(tables.nameWithinBytes + tables.nameLongestBytes)
    let from = max(wordsEnd, floor, start > reach ? start - reach : 0)
    wordsEnd = start
    return Int(start - (view.lineStart(before: start, from: from) ?? min(from, start)))
  }

  private mutating func attempt(
    _ form: UInt16, at start: UInt64, cause: Attempt.Cause,
    where mayBegin: (borrowing Replay, FormRecord) -> Bool
  ) {
    let record = tables.forms[Int(form)]
    let rule = Int(record.rule)
    guard isLookedFor[rule] || tables.rules[rule].isPairSource else { return }
    caches.watch(form)
    let isRefused = FormMatcher.isRefused(
      tables.form(at: form), at: start, caches: caches.runs, tables: tables, view: view)
    let trace = FormTrace(of: form, at: start, caches: caches.runs, tables: tables, view: view)
    let reads = caches.reads + trace.literalReads(tables: tables)
    guard !isRefused, mayBegin(self, record) else {
      let attempt = Attempt(form: form, start: start, cause: cause, ending: .refused)
      observer.attempt(attempt, reads: reads)
      return
    }
    let attempt = Attempt(form: form, start: start, cause: cause, ending: .ran(trace))
    observer.attempt(attempt, reads: reads)
    finish(trace, record: record)
  }

  /// What a match does to what comes: it arms pairs, and what begins in the same open run is contained.
  private mutating func finish(_ trace: FormTrace, record: FormRecord) {
    guard trace.stands else { return }
    let judgement = Judgement(of: trace, catalogue: catalogue, view: view)
    if trace.ending == .stands {
      guard tables.rules[Int(record.rule)].isPairSource, !judgement.flaws.contains(.mask) else {
        return
      }
      for zone in zones.pairs where zones.isZone(zone, behind: record.rule) {
        arm(zone: zone, at: trace.end, by: nil)
      }
    } else if record.tail == .openRun, judgement.flaws.isEmpty, isLookedFor[Int(record.rule)],
      !isInSwallowedRun(trace.candidate)
    {
      let element = tables.elements[Int(record.firstElement) + Int(record.elementCount) - 1]
      let end = view.firstOutside(
        of: element.classIndex, from: trace.end, to: view.end, tables: tables)
      runs.append(
        SwallowedRun(
          form: trace.candidate.form, start: trace.candidate.elementStart, end: end))
    }
  }

  /// As the scan does: what begins inside a run that its own form swallows ends with it.
  private func isSwallowed(_ form: UInt16, at start: UInt64) -> Bool {
    let record = tables.forms[Int(form)]
    guard !runs.isEmpty, !tables.rules[Int(record.rule)].isPairSource else { return false }
    var runStart = start
    for number in 0..<Int(record.elementCount) - 1 {
      let element = tables.elements[Int(record.firstElement) + number]
      guard element.min == element.max else { return false }
      runStart += UInt64(element.min)
    }
    return runs.contains { $0.form == form && start >= $0.start && runStart < $0.end }
  }

  private func isInSwallowedRun(_ candidate: Candidate) -> Bool {
    runs.contains {
      $0.form == candidate.form && candidate.elementStart >= $0.start
        && candidate.elementStart < $0.end
    }
  }
}

/// The run caches of a replay, and what their reading cost.
final class RunCaches {
  let runs: UnsafeMutablePointer<RunCache>
  private let tables: Tables
  private var watched: [(cache: Int, before: RunCache)] = []

  init(tables: Tables) {
    self.tables = tables
    runs = .allocate(capacity: tables.cacheCount)
    runs.initialize(repeating: RunCache(), count: tables.cacheCount)
  }

  deinit { runs.deallocate() }

  /// From here on it counts what is read for this form.
  func watch(_ form: UInt16) {
    watched.removeAll(keepingCapacity: true)
    let record = tables.forms[Int(form)]
    for number in 0..<Int(record.elementCount) {
      let element = tables.elements[Int(record.firstElement) + number]
      guard element.kind == .run else { continue }
      watched.append((Int(element.cache), runs[Int(element.cache)]))
    }
  }

  /// The bytes that runs read anew since then.
  var reads: Int { watched.reduce(0) { $0 + runs[$1.cache].reads(since: $1.before) } }
}

extension RunCache {
  /// How many bytes it had to read to get from that state to this one.
  func reads(since before: RunCache) -> Int {
    if start == before.start { return Int(end - before.end) }
    // It connected to what was known.
    if start < before.start, end >= before.end {
      return Int(before.start - start) + Int(end - before.end)
    }
    return Int(end - start)
  }
}

extension FormTrace {
  /// The bytes of literals that were compared, behind those that the signature told.
  fileprivate func literalReads(tables: Tables) -> Int {
    let record = tables.forms[Int(candidate.form)]
    var reads = 0
    for number in Int(record.anchoredElements)..<Int(record.elementCount)
    where number <= self.number {
      let element = tables.elements[Int(record.firstElement) + number]
      guard element.kind != .run else { continue }
      reads += number < self.number ? Int(element.min) : Int(stop - candidate.elementStart) + 1
    }
    return reads
  }
}
