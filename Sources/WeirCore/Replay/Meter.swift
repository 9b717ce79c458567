/// Counts what looking for each rule comes to in texts. It goes the way of the bytes again, apart from the scan (`Replay`), so a scan pays nothing for it.
///
/// An input is counted in pieces of `pieceBytes`, each cut behind its last line feed: the counts do not depend on how it came.
package struct Meter: ~Copyable {
  package static let pieceBytes = 1 << 24

  private let catalogue: Catalogue
  private let isLookedFor: [Bool]
  private let policy: Policy
  private let cueOfSignature: [Int?]
  /// The words that arm rules, as the rules write them.
  package let cues: [String]
  package private(set) var costs: [CostCentre: Costs] = [:]
  /// All together, each hit once.
  package private(set) var total = Costs()
  package private(set) var byteCount: UInt64 = 0
  private var piece = WholeInput()
  private var scanner: Scanner
  private var findings = FindingCounts()

  package init(catalogue: Catalogue, policy: Policy = .scan) throws(ScanError) {
    self.catalogue = catalogue
    var policy = policy
    policy.countsLines = false
    self.policy = policy
    isLookedFor = catalogue.tables.rules.enumerated().map {
      policy.reports($0.offset, as: $0.element.confidence)
    }
    let words = CueSignatures(catalogue: catalogue).words
    var cues: [String] = []
    cueOfSignature = words.map { word in
      guard case .cue(let text)? = word else { return nil }
      cues.append(text)
      return cues.count - 1
    }
    self.cues = cues
    scanner = try Scanner(catalogue: catalogue, policy: policy)
  }

  /// One line of a table.
  package struct Row: Equatable, Sendable {
    /// `rule`, `cue`, `names`, `zones` or `upkeep`.
    package let kind: String
    /// A rule's id, a cue in quotes, or what it is, in brackets.
    package let name: String
    package let costs: Costs
  }

  /// What cost anything, the dearest first.
  package var rows: [Row] {
    costs.filter { $0.value != Costs() }.map { centre, costs in
      switch centre {
      case .rule(let rule): Row(kind: "rule", name: catalogue.ruleID(rule), costs: costs)
      case .cue(let cue): Row(kind: "cue", name: "\"\(cues[cue])\"", costs: costs)
      case .names: Row(kind: "names", name: "(names of credentials)", costs: costs)
      case .zones: Row(kind: "zones", name: "(the walk behind cues and names)", costs: costs)
      case .upkeep: Row(kind: "upkeep", name: "(masks and ballast)", costs: costs)
      }
    }.sorted {
      $0.costs.weight != $1.costs.weight ? $0.costs.weight > $1.costs.weight : $0.name < $1.name
    }
  }

  /// The input goes on with these bytes.
  package mutating func append(_ bytes: UnsafeRawBufferPointer) throws(ScanError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let part = rest.prefix(Self.pieceBytes - piece.byteCount)
      piece.room(for: part.count).copyBytes(from: part)
      piece.append(count: part.count)
      rest = rest.dropFirst(part.count)
      if piece.byteCount == Self.pieceBytes { try countPiece(isLast: false) }
    }
  }

  /// The input has ended; what comes next is another.
  package mutating func endInput() throws(ScanError) {
    try countPiece(isLast: true)
    try scanner.finish(into: &findings)
    scanner = try Scanner(catalogue: catalogue, policy: policy)
    for (rule, count) in findings.ofRule {
      costs[.rule(rule), default: Costs()].findings += count
      total.findings += count
    }
    findings = FindingCounts()
  }

  private mutating func countPiece(isLast: Bool) throws(ScanError) {
    let whole = piece.view
    var end = whole.end
    if !isLast {
      while end > 0, whole[end - 1] != 0x0A { end -= 1 }
      if end == 0 { end = whole.end }
    }
    var rest = WholeInput()
    rest.room(for: Int(whole.end - end)).copyMemory(from: whole[end..<whole.end])
    rest.append(count: Int(whole.end - end))
    scanner.room(for: Int(end)).copyMemory(from: whole[0..<end])
    scanner.append(count: Int(end))
    try scanner.advance(into: &findings)
    byteCount += end
    if end > 0 { try count(piece.view(before: end)) }
    piece = rest
  }

  private mutating func count(_ view: View) throws(ScanError) {
    let counter = Counter(tables: catalogue.tables, cueOfSignature: cueOfSignature)
    var replay = try Replay(
      view, catalogue: catalogue, isLookedFor: isLookedFor, observer: counter)
    try replay.run()
    for (centre, sum) in replay.observer.costs { costs[centre, default: Costs()] += sum }
    total += replay.observer.total
    costs[.zones, default: Costs()].bytes += UInt64(replay.walkedBytes)
    total.bytes += UInt64(replay.walkedBytes)
  }
}

/// The findings of a scan by rule.
private struct FindingCounts: Sink {
  private(set) var ofRule: [Int: UInt64] = [:]

  mutating func clean(_ bytes: UnsafeRawBufferPointer) {}
  mutating func finding(_ finding: Finding) { ofRule[finding.rule, default: 0] += 1 }
  mutating func mask(_ finding: Finding, byteCount: UInt64) {}
}

/// Adds up what a replay tells.
private struct Counter: ReplayObserver {
  let tables: Tables
  let cueOfSignature: [Int?]
  /// Which rules' anchors and cues each signature is of.
  private let rulesOfSignature: [[Int]]
  /// Which cue armed each zone last.
  private var cueOfZone: [Int?]
  private(set) var costs: [CostCentre: Costs] = [:]
  private(set) var total = Costs()

  init(tables: Tables, cueOfSignature: [Int?]) {
    self.tables = tables
    self.cueOfSignature = cueOfSignature
    cueOfZone = Array(repeating: nil, count: tables.zones.count)
    rulesOfSignature = tables.signatures.map { signature in
      let first = Int(signature.firstTarget)
      let targets = tables.targets[first..<first + Int(signature.targetCount)]
      let forms: [UInt16] = targets.compactMap { target in
        guard signature.kind == .cue else { return signature.kind.beginsForms ? target : nil }
        let zone = tables.zones[Int(target)]
        return zone.isOfNames ? nil : zone.firstForm
      }
      return Set(forms.map { Int(tables.forms[Int($0)].rule) }).sorted()
    }
  }

  mutating func hit(_ signature: Int, at range: Range<UInt64>) {
    total.hits += 1
    for rule in rulesOfSignature[signature] { costs[.rule(rule), default: Costs()].hits += 1 }
    switch tables.signatures[signature].kind {
    case .cue:
      let centre = cueOfSignature[signature].map { CostCentre.cue($0) } ?? .names
      costs[centre, default: Costs()].hits += 1
    case .maskHead, .ballast: costs[.upkeep, default: Costs()].hits += 1
    case .anchor, .innerAnchor, .encoded: break
    }
  }

  mutating func arm(zone: Int, at offset: UInt64, by signature: Int?) {
    cueOfZone[zone] = signature.flatMap { cueOfSignature[$0] }
  }

  mutating func value(at offset: UInt64, isLongEnough: Bool, reads: Int, wordBytes: Int) {
    var sum = Costs()
    sum.bytes = UInt64(reads + wordBytes)
    sum.candidates = isLongEnough ? 1 : 0
    costs[.names, default: Costs()] += sum
    total += sum
  }

  mutating func attempt(_ attempt: Attempt, reads: Int) {
    var sum = Costs()
    sum.bytes = UInt64(reads)
    if case .ran = attempt.ending { sum.candidates = 1 }
    let rule = Int(tables.forms[Int(attempt.form)].rule)
    costs[.rule(rule), default: Costs()] += sum
    if case .zone(let zone) = attempt.cause, let cue = cueOfZone[zone] {
      costs[.cue(cue), default: Costs()] += sum
    }
    total += sum
  }
}
