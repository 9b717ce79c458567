// Context rules: one zone behind the names of credentials, and the tree of the words that tell whose they are.
extension CatalogueBuilder {
  /// So many forms may stand with fewer bytes than a value is asked to have; they are asked one by one.
  private static let mostShortForms = 16
  /// A value of a context rule begins right behind an assignment: with none of the bytes that may end one.
  private static let beforeValues = ByteSet("=:>,\"'`\\ \t")

  mutating func name(_ rule: RuleDefinition, forms: Range<Int>) throws(CatalogueError) {
    guard rule.withinBytes <= NamedRecord.greatestWithinBytes else {
      throw .rule(
        rule.id, reason: "a context reaches at most \(NamedRecord.greatestWithinBytes) bytes")
    }
    try refuseBeginnings(of: rule, forms: forms)
    let target = UInt16(tables.named.count)
    tables.named.append(
      NamedRecord(
        firstForm: UInt16(forms.lowerBound), formCount: UInt16(forms.count),
        withinBytes: UInt16(rule.withinBytes)))
    tables.nameWithinBytes = max(tables.nameWithinBytes, rule.withinBytes)
    for word in rule.context {
      guard let spellings = NameTree.spellings(of: word) else {
        throw .rule(
          rule.id,
          reason:
            "a word of a context has 3 to \(NameWords.mostBytes) letters and digits, in at most five parts"
        )
      }
      for spelling in spellings {
        names.add(spelling, target: target)
        tables.nameLongestBytes = max(tables.nameLongestBytes, spelling.count)
      }
    }
  }

  func refuseBeginnings(of rule: RuleDefinition, forms: Range<Int>) throws(CatalogueError) {
    guard firstBytes(of: forms).isDisjoint(with: Self.beforeValues) else {
      throw .rule(
        rule.id,
        reason: "a shape with a context or judge begins with none of = : > , quotes and blanks")
    }
  }

  mutating func finishNames(nouns: [String]) throws(CatalogueError) {
    guard !tables.named.isEmpty || !tables.judged.isEmpty else { return }
    if !tables.named.isEmpty {
      guard let records = names.records() else { throw .tooManyRules }
      (tables.nameNodes, tables.nameTargets) = records
    }
    let zone = UInt16(tables.zones.count)
    let ranges =
      tables.named.map { ($0.firstForm, $0.formCount) }
      + tables.judged.map { ($0.firstForm, $0.formCount) }
    let first = ranges.reduce(ByteSet()) {
      $0.union(firstBytes(of: Int($1.0)..<Int($1.0) + Int($1.1)))
    }
    tables.zones.append(
      ZoneRecord(
        firstForm: 0, formCount: 0, withinBytes: UInt16(Nouns.reachBytes),
        pairSource: ZoneRecord.noRule, firstSet: place(first), needsAssignment: true,
        isOfOneLine: true))
    for signature in nouns.flatMap(Nouns.signatures) {
      add(signature, targets: [zone], kind: .cue)
    }
    // What every value begins with, to refuse most of what stands behind names before words are looked for.
    let alphabet = valueForms.reduce(ByteSet()) { alphabet, form in
      form.elements.first { !$0.isLiteral }.map { alphabet.union($0.firstBytes) } ?? alphabet
    }
    tables.valueClass = try intern(alphabet)
    let leasts = valueForms.map { form in
      form.elements.prefix { $0.bytes.isSubset(of: alphabet) }.reduce(0) { $0 + $1.leastBytes }
    }
    let shortCount = min(Self.mostShortForms, leasts.count / 2)
    tables.valueLeastBytes = leasts.sorted().dropFirst(shortCount).first ?? 0
    let forms = tables.named.flatMap { $0.firstForm..<$0.firstForm + $0.formCount }
    tables.shortForms = zip(forms, leasts).filter { $1 < tables.valueLeastBytes }.map(\.0)
    tables.shortSet = place(
      tables.shortForms.reduce(ByteSet()) { $0.union(firstBytes(of: Int($1)..<Int($1) + 1)) })
  }

  /// The bytes with which some of these forms may begin.
  func firstBytes(of forms: Range<Int>) -> ByteSet {
    tables.forms[forms].reduce(ByteSet()) { members, form in
      let words = sets[Int(form.firstSet)]
      return members.union(words)
    }
  }
}

extension Form.Element {
  /// All bytes it may hold.
  fileprivate var bytes: ByteSet {
    switch self {
    case .literal(let bytes, let isCaseless):
      isCaseless ? bytes.reduce(ByteSet()) { $0.union($1.bothCases) } : ByteSet(bytes)
    case .run(let alphabet, _, _): alphabet
    }
  }

  fileprivate var leastBytes: Int {
    switch self {
    case .literal(let bytes, _): bytes.count
    case .run(_, let min, _): min
    }
  }
}
