/// Tells why a text holds a finding of a rule, or none.
///
/// What counts is asked of the scan's own pieces: a replay says where the rule is tried, its matchers how far each form comes; a scan says what is reported.
package struct Explainer {
  /// So many places are told, those that came furthest.
  private static let mostPlaces = 5
  /// So many are looked at closely.
  private static let mostCandidates = 4096

  let rule: Int
  let catalogue: Catalogue
  let policy: Policy
  let tables: Tables
  let words: [String]
  let cues: CueSignatures
  /// The rule's forms as the tables have them, and as its shape says them.
  let forms: [(index: UInt16, form: Form)]

  /// - Throws: `ShapeError` for a shape that the catalogue should not hold.
  package init(rule: Int, catalogue: Catalogue, policy: Policy = .scan) throws(ShapeError) {
    self.rule = rule
    self.catalogue = catalogue
    self.policy = policy
    tables = catalogue.tables
    let texts = catalogue.rule(rule)
    words = texts.words
    cues = CueSignatures(catalogue: catalogue)
    guard texts.regex == nil else {
      forms = []
      return
    }
    let written = try ShapeParser.parse(texts.shape).forms(holdBytes: catalogue.tables.holdBytes)
    let indices = catalogue.tables.forms.indices.filter {
      Int(catalogue.tables.forms[$0].rule) == rule
    }
    forms = zip(indices, written).map { (UInt16($0), $1) }
  }

  package func explain(_ input: borrowing WholeInput) throws(ScanError) -> Explanation {
    let view = input.view
    let findings = try input.findings(catalogue: catalogue, policy: policy)
    if catalogue.lineRules?.text(ofRule: rule) != nil { return explanation(of: findings) }
    var isLookedFor = Array(repeating: false, count: tables.rules.count)
    isLookedFor[rule] = true
    var replay = try Replay(
      view, catalogue: catalogue, isLookedFor: isLookedFor,
      observer: RuleWatch(rule: UInt16(rule), tables: tables))
    try replay.run()
    let text = ExplainedText(
      explainer: self, view: view, watch: replay.observer, findings: findings)
    let candidates = isArmed ? text.armedPlaces(most: Self.mostCandidates) : text.anchoredPlaces()
    var places = text.nearest(Self.mostCandidates, of: candidates).map(text.place)
    let encoded = text.encodedPlaces()
    places += encoded.prefix(Self.mostCandidates)
    let count = candidates.count + encoded.count
    if places.count > Self.mostPlaces {
      places.sort { Self.isTelling($0, $1) }
      places = Array(places.prefix(Self.mostPlaces))
    }
    places.sort { $0.position.offset < $1.position.offset }
    return Explanation(
      isFinding: findings.contains { $0.rule == rule }, places: places,
      otherPlaces: count - places.count, anchors: isArmed ? [] : text.anchors())
  }

  /// Of a rule with an expression only the verdict is known: what it finds.
  private func explanation(of findings: [Finding]) -> Explanation {
    let own = findings.filter { $0.rule == rule }
    let places = own.prefix(Self.mostPlaces).map { finding in
      let position = Explanation.Position(
        offset: finding.start, line: finding.line, column: finding.column)
      let fact = Explanation.Fact.reported(
        position, byteCount: finding.end - finding.start, as: .own)
      return Explanation.Place(
        position: position, steps: [.init(fact: fact, holds: true)], otherForms: 0)
    }
    return Explanation(
      isFinding: !own.isEmpty, places: places, otherPlaces: own.count - places.count, anchors: [])
  }

  var isArmed: Bool {
    tables.zones.contains { owns($0) } || named != nil || tables.rules[rule].judge != nil
  }

  /// The zone is the rule's, behind its cues or its pair.
  func owns(_ zone: ZoneRecord) -> Bool {
    !zone.isOfNames && Int(tables.forms[Int(zone.firstForm)].rule) == rule
  }

  /// Its place among the context rules.
  var named: Int? {
    tables.named.indices.first {
      Int(tables.forms[Int(tables.named[$0].firstForm)].rule) == rule
    }
  }

  /// The more telling first: findings, then what has more that holds, then what came further.
  private static func isTelling(_ a: Explanation.Place, _ b: Explanation.Place) -> Bool {
    func rank(_ place: Explanation.Place) -> (Int, Int, UInt64) {
      (
        place.isFinding ? 1 : 0, place.steps.count { $0.holds } - place.steps.count { !$0.holds },
        .max - place.position.offset
      )
    }
    return rank(a) > rank(b)
  }
}

/// Keeps what a replay tells of one rule.
struct RuleWatch: ReplayObserver {
  let rule: UInt16
  let tables: Tables
  /// Where anchors of the rule stand, and which forms they may begin.
  private(set) var anchors: [(start: UInt64, forms: [UInt16])] = []
  /// Where its zones, and that of names, are armed.
  private(set) var arms: [(zone: Int, end: UInt64, signature: Int?)] = []
  /// Where heads of masks end.
  private(set) var maskHeads: [UInt64] = []
  /// Where a form of the rule was run behind what arms it.
  private(set) var armedStarts: [UInt64] = []

  init(rule: UInt16, tables: Tables) {
    self.rule = rule
    self.tables = tables
  }

  mutating func hit(_ signature: Int, at range: Range<UInt64>) {
    let record = tables.signatures[signature]
    if record.kind == .maskHead { maskHeads.append(range.upperBound) }
    guard record.kind.isAnchor else { return }
    let first = Int(record.firstTarget)
    let forms = tables.targets[first..<first + Int(record.targetCount)].filter {
      tables.forms[Int($0)].rule == rule
    }
    if !forms.isEmpty { anchors.append((range.lowerBound, forms)) }
  }

  mutating func arm(zone: Int, at offset: UInt64, by signature: Int?) {
    let record = tables.zones[zone]
    guard record.isOfNames || tables.forms[Int(record.firstForm)].rule == rule else { return }
    arms.append((zone, offset, signature))
  }

  mutating func value(at offset: UInt64, isLongEnough: Bool, reads: Int, wordBytes: Int) {}

  mutating func attempt(_ attempt: Attempt, reads: Int) {
    if case .signature = attempt.cause { return }
    guard tables.forms[Int(attempt.form)].rule == rule, armedStarts.last != attempt.start else {
      return
    }
    armedStarts.append(attempt.start)
  }
}
