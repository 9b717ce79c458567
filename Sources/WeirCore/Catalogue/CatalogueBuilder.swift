internal import Hyperscan

/// Turns rules into tables and one database. Runs in `rulec` and in tests, never in a scan.
struct CatalogueBuilder {
  var tables = TableArrays()
  private var classes: [ByteSet] = []
  var sets: [ByteSet] = []
  var signatures: [Signature] = []
  var targetsOfSignature: [[UInt16]] = []
  var kinds: [SignatureRecord.Kind] = []
  private var ownCaches = 0
  let heads: AnchorHeads
  var names = NameTree()
  /// The forms of context rules, with what they begin with.
  var valueForms: [Form] = []

  private init(heads: AnchorHeads) {
    self.heads = heads
  }

  /// - Returns: the tables and the expressions of their signatures, in order.
  static func build(
    _ rules: [RuleDefinition], holdBytes: Int, nouns: [String]
  ) throws(CatalogueError) -> (TableArrays, [String]) {
    var builder = CatalogueBuilder(heads: AnchorHeads(of: rules, holdBytes: holdBytes))
    builder.tables.holdBytes = holdBytes
    for (index, rule) in rules.enumerated() {
      if index > 0, rules[index - 1].id == rule.id {
        throw .rule(rule.id, reason: "the id is used twice")
      }
      try rule.refuseTexts()
      try builder.add(rule, at: index, among: rules)
    }
    try builder.finishNames(nouns: nouns)
    // Cues are no cues inside a mask.
    builder.add(Signature(literal: MaskText.head), targets: [], kind: .maskHead)
    builder.add(.ballast, targets: [], kind: .ballast)
    try builder.finishSignatures()
    try MaskText.refuseAnchors(rules: rules, signatures: builder.signatures, kinds: builder.kinds)
    return (builder.tables, builder.signatures.map(\.expression))
  }

  private mutating func add(
    _ rule: RuleDefinition, at index: Int, among rules: [RuleDefinition]
  ) throws(CatalogueError) {
    tables.rules.append(
      RuleRecord(
        confidenceCode: rule.confidence.rawValue, specificityCode: rule.specificity.rawValue,
        refutes: rule.refutes, isPercentEncoded: rule.isPercentEncoded,
        isPairSource: rules.contains { $0.pair == rule.id }, isEncoded: false,
        judgeCode: rule.judge?.rawValue ?? 0))
    // Whoever finds it has it from its definition.
    if rule.regex != nil { return }
    let forms: [Form]
    do { forms = try rule.shape.forms(holdBytes: tables.holdBytes) } catch {
      throw .rule(rule.id, reason: "expected \(error.expected)")
    }
    let firstForm = tables.forms.count
    for form in forms { try add(form, of: rule, index: index) }
    if !rule.context.isEmpty { valueForms += forms }
    if rule.isArmed {
      try arm(rule, forms: firstForm..<tables.forms.count, among: rules)
    } else {
      try anchor(rule, forms: forms, first: firstForm)
    }
    try encode(rule, forms: forms, first: firstForm)
  }

  private mutating func add(
    _ form: Form, of rule: RuleDefinition, index: Int
  ) throws(CatalogueError) {
    let firstElement = tables.elements.count
    guard tables.forms.count < UInt16.max, firstElement <= Int(UInt16.max) - form.elements.count,
      tables.literals.count + form.elements.literalBytes.count <= UInt16.max
    else { throw .tooManyRules }
    let anchored = anchoredLiterals(of: form, rule: rule)
    var edgeClass = FormRecord.noClass
    var trimsDot = false
    var lastRun: ByteSet?
    for (place, element) in form.elements.enumerated() {
      let isLast = place == form.elements.count - 1 && form.tail == nil
      switch element {
      case .literal(let bytes, let isCaseless):
        let kind: ElementRecord.Kind = isCaseless ? .caselessLiteral : .literal
        tables.elements.append(
          ElementRecord(
            kindCode: kind.rawValue, classIndex: 0, min: UInt16(bytes.count),
            max: UInt16(bytes.count), literalStart: UInt16(tables.literals.count), cache: 0))
        tables.literals += isCaseless ? bytes.map(\.lowercased) : bytes
        if isLast, let lastRun, ByteSet(bytes).isSubset(of: lastRun) {
          edgeClass = try intern(lastRun)
        }
      case .run(let alphabet, let min, let max):
        let effective = isLast ? alphabet.subtracting(.rightEdges) : alphabet
        let classIndex = try intern(effective)
        let cache =
          place == anchored.count
          ? TableArrays.firstRunCache(of: classIndex, isArmed: rule.isArmed) : try ownCache()
        tables.elements.append(
          ElementRecord(
            kindCode: ElementRecord.Kind.run.rawValue, classIndex: classIndex, min: UInt16(min),
            max: UInt16(max ?? 0), literalStart: 0, cache: cache))
        lastRun = alphabet.subtracting(.rightEdges)
        if isLast {
          edgeClass = classIndex
          trimsDot = effective.contains(UInt8(ascii: "."))
        }
      }
    }
    let record = try record(
      of: form, rule: rule, index: index, firstElement: firstElement, edgeClass: edgeClass,
      trimsDot: trimsDot)
    tables.forms.append(record)
  }

  private mutating func record(
    of form: Form, rule: RuleDefinition, index: Int, firstElement: Int, edgeClass: UInt8,
    trimsDot: Bool
  ) throws(CatalogueError) -> FormRecord {
    let secret = form.names["secret"] ?? 0..<form.elements.count
    var isOpen = false
    if case .run(_, _, nil) = form.elements.last { isOpen = true }
    let before = Form(elements: Array(form.elements[..<secret.lowerBound]), names: [:], tail: nil)
    guard before.greatestWidthBytes ?? .max <= Window.historyBytes / 2 else {
      throw .rule(
        rule.id, reason: "at most \(Window.historyBytes / 2) bytes may stand before the secret")
    }
    if isOpen, secret.upperBound < form.elements.count {
      throw .rule(rule.id, reason: "an open run belongs to the secret")
    }
    if form.tail != nil, form.names["secret"] != nil {
      throw .rule(rule.id, reason: "a shape with a tail is a secret as a whole")
    }
    if case .phrase = form.tail, rule.cue.isEmpty || !rule.context.isEmpty || rule.pair != nil {
      throw .rule(rule.id, reason: "a phrase is looked for behind a cue")
    }
    let tail: FormRecord.Tail =
      switch form.tail {
      case .jwt: .jwt
      case .keyBlock: .keyBlock
      case .phrase(let kind): .init(kind)
      case nil: isOpen ? .openRun : .none
      }
    var shown = 0
    for case .literal(let bytes, _) in form.elements[secret].prefix(1) { shown = bytes.count }
    let (source, target) = try spans(of: rule.check, in: form, rule: rule)
    let anchored = anchoredLiterals(of: form, rule: rule)
    let firstRun = firstRun(
      of: form, after: anchored.count, record: firstElement, edgeClass: edgeClass,
      trimsDot: trimsDot)
    return FormRecord(
      rule: UInt16(index), firstElement: UInt16(firstElement),
      elementCount: UInt8(form.elements.count), secretBegin: UInt8(secret.lowerBound),
      secretEnd: UInt8(secret.upperBound), tailCode: tail.rawValue, edgeClass: edgeClass,
      isNotHex: rule.isNotHex, needsLeftEdge: !form.firstBytes.isDisjoint(with: .word),
      trimsDot: trimsDot,
      checkCode: rule.check?.kind.rawValue ?? 0, checkSourceBegin: UInt8(source.lowerBound),
      checkSourceEnd: UInt8(source.upperBound), checkTargetBegin: UInt8(target.lowerBound),
      checkTargetEnd: UInt8(target.upperBound),
      anchoredElements: UInt8(anchored.count), anchoredBytes: UInt8(anchored.literalBytes.count),
      firstRunClass: firstRun.classIndex, firstRunLeast: firstRun.least,
      firstRunMost: firstRun.most, firstRunCache: firstRun.cache,
      firstSet: place(form.firstBytes),
      shownPrefixBytes: UInt16(shown))
  }

  /// What is known to stand where the form's signature does. A signature is no wider than that: what stands behind it is still to be read.
  private func anchoredLiterals(of form: Form, rule: RuleDefinition) -> [Form.Element] {
    guard !rule.isArmed, let anchor = Signature(of: form) else { return [] }
    return form.literals(within: heads.head(of: anchor).places.count)
  }

  /// What a dry run asks first: the lengths of the run behind the anchor.
  private func firstRun(
    of form: Form, after anchored: Int, record first: Int, edgeClass: UInt8, trimsDot: Bool
  ) -> (classIndex: UInt8, least: UInt16, most: UInt16, cache: UInt16) {
    guard anchored < form.elements.count, case .run(let alphabet, _, _) = form.elements[anchored]
    else { return (FormRecord.noClass, 0, FormRecord.unbounded, 0) }
    let element = tables.elements[first + anchored]
    let mustEnd =
      anchored + 1 < form.elements.count
      ? !form.elements[anchored + 1].mayBeEmpty
        && alphabet.isDisjoint(with: form.elements[anchored + 1].firstBytes)
      : form.tail == nil && edgeClass != FormRecord.noClass && !trimsDot
    let most = mustEnd && element.max > 0 ? element.max : FormRecord.unbounded
    return (element.classIndex, element.min, most, element.cache)
  }

  /// A cache that no other run shares.
  private mutating func ownCache() throws(CatalogueError) -> UInt16 {
    guard TableArrays.sharedCaches + ownCaches < UInt16.max else { throw .tooManyRules }
    defer { ownCaches += 1 }
    return UInt16(TableArrays.sharedCaches + ownCaches)
  }

  private func spans(
    of check: CheckExpression?, in form: Form, rule: RuleDefinition
  ) throws(CatalogueError) -> (source: Range<Int>, target: Range<Int>) {
    guard let check else { return (0..<0, 0..<0) }
    var target = 0..<0
    if let name = check.target {
      guard let span = form.names[name] else {
        throw .rule(rule.id, reason: "the check names \(name), which the shape does not")
      }
      target = span
    }
    if check.source == CheckExpression.head { return (0..<target.lowerBound, target) }
    guard let source = form.names[check.source] else {
      throw .rule(rule.id, reason: "the check names \(check.source), which the shape does not")
    }
    return (source, target)
  }

  private mutating func arm(
    _ rule: RuleDefinition, forms: Range<Int>, among rules: [RuleDefinition]
  ) throws(CatalogueError) {
    guard (1...4096).contains(rule.withinBytes) else {
      throw .rule(rule.id, reason: "within is 1 to 4096 bytes")
    }
    if [!rule.context.isEmpty, !rule.cue.isEmpty, rule.judge != nil].count(where: \.self) > 1 {
      throw .rule(rule.id, reason: "one of context, cue and judge")
    }
    if rule.isAssigned, rule.cue.isEmpty { throw .rule(rule.id, reason: "assigned needs a cue") }
    if rule.crossesLines, rule.cue.isEmpty { throw .rule(rule.id, reason: "lines needs a cue") }
    if !rule.context.isEmpty { try name(rule, forms: forms) }
    if let judge = rule.judge {
      try refuseBeginnings(of: rule, forms: forms)
      tables.judged.append(
        JudgedRecord(
          firstForm: UInt16(forms.lowerBound), formCount: UInt16(forms.count),
          judgeCode: UInt16(judge.rawValue)))
    }
    if !rule.cue.isEmpty {
      let zone = UInt16(tables.zones.count)
      tables.zones.append(
        ZoneRecord(
          firstForm: UInt16(forms.lowerBound), formCount: UInt16(forms.count),
          withinBytes: UInt16(rule.withinBytes), pairSource: ZoneRecord.noRule,
          firstSet: place(firstBytes(of: forms)), needsAssignment: rule.isAssigned,
          isOfOneLine: !rule.crossesLines))
      for word in rule.cue {
        if word.utf8.count < 3 || word.utf8.count > Signature.widestBytes {
          throw .rule(rule.id, reason: "a cue has 3 to \(Signature.widestBytes) bytes")
        }
        add(Signature(cue: word), targets: [zone], kind: .cue)
      }
    }
    if let pair = rule.pair {
      guard let source = rules.firstIndex(where: { $0.id == pair }) else {
        throw .rule(rule.id, reason: "its pair \(pair) is no rule")
      }
      if rules[source].isArmed || rules[source].regex != nil {
        throw .rule(rule.id, reason: "its pair \(pair) has no anchor of its own")
      }
      tables.zones.append(
        ZoneRecord(
          firstForm: UInt16(forms.lowerBound), formCount: UInt16(forms.count),
          withinBytes: UInt16(rule.withinBytes), pairSource: UInt16(source),
          firstSet: place(firstBytes(of: forms)), needsAssignment: false, isOfOneLine: false))
    }
  }

  /// The place of this set among `sets`, a new one if need be.
  mutating func place(_ set: ByteSet) -> UInt16 {
    if let index = sets.firstIndex(of: set) { return UInt16(index) }
    sets.append(set)
    return UInt16(sets.count - 1)
  }

  /// The class of this alphabet, a new one if need be.
  mutating func intern(_ set: ByteSet) throws(CatalogueError) -> UInt8 {
    if let index = classes.firstIndex(of: set) { return UInt8(index) }
    guard classes.count < TableArrays.mostClasses else { throw .tooManyAlphabets }
    classes.append(set)
    for byte in set.bytes { tables.classes[Int(byte)] |= 1 << UInt64(classes.count - 1) }
    return UInt8(classes.count - 1)
  }
}

extension [Form.Element] {
  /// The bytes of its literals in a row.
  var literalBytes: [UInt8] {
    flatMap { element -> [UInt8] in
      if case .literal(let bytes, _) = element { bytes } else { [] }
    }
  }
}

extension Form {
  /// The literals it begins with, as far as they end within so many bytes.
  fileprivate func literals(within mostBytes: Int) -> [Element] {
    var width = 0
    return Array(
      elements.prefix { element in
        guard case .literal(let bytes, _) = element else { return false }
        width += bytes.count
        return width <= mostBytes
      })
  }
}

extension Form.Element {
  var isLiteral: Bool {
    if case .literal = self { true } else { false }
  }

  /// What follows it may then stand in its place.
  fileprivate var mayBeEmpty: Bool {
    if case .run(_, 0, _) = self { true } else { false }
  }
}

extension UInt8 {
  var lowercased: UInt8 {
    self >= UInt8(ascii: "A") && self <= UInt8(ascii: "Z") ? self | 0x20 : self
  }
}
