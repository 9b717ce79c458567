/// The tables of a catalogue as they are built, stored and checked. A scan reads them through `Tables`.
struct TableArrays: Sendable {
  static let mostClasses = 64
  /// The caches of the runs that come first behind an anchor, a class each, and of those that come first in an armed form.
  static let sharedCaches = 2 * mostClasses

  /// First runs of one class share a cache, for they are entered at ascending places. Those of anchors and of armed forms do not: the
  /// search behind cues lags behind the anchors.
  static func firstRunCache(of classIndex: UInt8, isArmed: Bool) -> UInt16 {
    UInt16(classIndex) + (isArmed ? UInt16(mostClasses) : 0)
  }

  var rules: [RuleRecord] = []
  var forms: [FormRecord] = []
  var elements: [ElementRecord] = []
  var literals: [UInt8] = []
  /// For each byte the classes it belongs to, a bit each.
  var classes = [UInt64](repeating: 0, count: 256)
  var signatures: [SignatureRecord] = []
  /// Forms of anchors, zones of cues.
  var targets: [UInt16] = []
  /// For each target of an anchor the byte that its form has behind the signature; 0 where that may be any.
  var targetNexts: [UInt8] = []
  var zones: [ZoneRecord] = []
  /// The context rules, and the tree of their words: the root first.
  var named: [NamedRecord] = []
  /// The rules with a judge.
  var judged: [JudgedRecord] = []
  var nameNodes: [NameNode] = []
  /// Of words, context rules.
  var nameTargets: [UInt16] = []
  /// The greatest reach of a context rule's word.
  var nameWithinBytes = 0
  /// The length of the longest of these words.
  var nameLongestBytes = 0
  /// What all context rules begin with, but for some of their forms: so many bytes of a class.
  var valueClass: UInt8 = 0
  var valueLeastBytes = 0
  /// The forms of context rules that may have fewer, and what they begin with.
  var shortForms: [UInt16] = []
  var shortSet: UInt16 = 0
  var prefixes: [PrefixRecord] = []
  /// The sets of the signatures' bytes, place by place.
  var places: [UInt16] = []
  /// Byte sets that no run needs fast: four words each.
  var sets: [UInt64] = []
  var sieve = SieveTables()
  /// W: the width of the widest signature.
  var widestBytes = 1
  /// How much of a form with an open run is held.
  var holdBytes = ShapeParser.greatestHoldBytes
}

extension TableArrays {
  var cacheCount: Int {
    max(Self.sharedCaches, elements.reduce(0) { max($0, Int($1.cache) + 1) })
  }

  /// The classes of all bytes that the secrets of rules with a judge may have, a bit each; nil when one has something else than runs from its beginning on,
  /// or says more than that it is a secret.
  var judgedClasses: UInt64? {
    var classes: UInt64 = 0
    for record in judged {
      for form in forms[Int(record.firstForm)...].prefix(Int(record.formCount)) {
        let rule = rules[Int(form.rule)]
        let secret = elements[Int(form.firstElement)...].prefix(Int(form.secretEnd))
        guard form.secretBegin == 0, secret.allSatisfy(\.isRun), form.tail == .none,
          rule.specificity == .judged, !rule.isPairSource
        else { return nil }
        for element in secret { classes |= 1 << UInt64(element.classIndex) }
      }
    }
    return classes
  }

  /// Every index a record holds lies inside the table it points to.
  var isConsistent: Bool {
    let classLimit = Self.mostClasses
    let cacheCount = cacheCount
    return classes.count == 256
      && elements.allSatisfy {
        ElementRecord.Kind(rawValue: $0.kindCode) != nil && $0.classIndex < classLimit
          && ($0.kind == .run || Int($0.literalStart) + Int($0.min) <= literals.count)
      }
      && rules.allSatisfy {
        Confidence(rawValue: $0.confidenceCode) != nil
          && Specificity(rawValue: $0.specificityCode) != nil
      }
      && forms.allSatisfy {
        Int($0.rule) < rules.count && $0.elementCount <= Shape.mostElements
          && $0.elementCount > 0 && $0.anchoredElements <= $0.elementCount
          && Int($0.firstElement) + Int($0.elementCount) <= elements.count
          && $0.secretBegin <= $0.secretEnd && $0.secretEnd <= $0.elementCount
          && $0.checkSourceBegin <= $0.checkSourceEnd && $0.checkSourceEnd <= $0.elementCount
          && $0.checkTargetBegin <= $0.checkTargetEnd && $0.checkTargetEnd <= $0.elementCount
          && FormRecord.Tail(rawValue: $0.tailCode) != nil && Int($0.firstSet) < sets.count / 4
          && ($0.edgeClass < classLimit || $0.edgeClass == FormRecord.noClass)
          && ($0.firstRunClass < classLimit || $0.firstRunClass == FormRecord.noClass)
          && Int($0.firstRunCache) < cacheCount
          && ($0.checkCode == 0 || $0.check != nil)
      }
      && zones.allSatisfy {
        Int($0.firstForm) + Int($0.formCount) <= forms.count
          && (Int($0.pairSource) < rules.count || $0.pairSource == ZoneRecord.noRule)
          && Int($0.firstSet) < sets.count / 4
      }
      && areNamesConsistent && targetNexts.count == targets.count
      && signatures.allSatisfy {
        let targets = targets.dropFirst(Int($0.firstTarget)).prefix(Int($0.targetCount))
        guard SignatureRecord.Kind(rawValue: $0.kindCode) != nil else { return false }
        let limit = $0.kind.beginsForms ? forms.count : zones.count
        return ($0.kind == .encoded) == ($0.coding != nil)
          && $0.phase < UInt64($0.coding?.phases ?? 1)
          && targets.count == Int($0.targetCount) && targets.allSatisfy { $0 < limit }
          && $0.widthBytes > 0 && Int($0.widthBytes) <= widestBytes
      }
      && sieve.isConsistent(signatures: signatures, setCount: sets.count / 4)
      && prefixes.allSatisfy { Int($0.firstPlace) + Int($0.placeCount) <= places.count }
      && places.allSatisfy { Int($0) < sets.count / 4 } && sets.count % 4 == 0
      && widestBytes <= Signature.widestBytes
      && Set(zones.map { $0.firstBytes(sets: sets) }).count <= ZoneBytes.mostSets
  }

  private var areNamesConsistent: Bool {
    valueClass < Self.mostClasses && nameWithinBytes <= NamedRecord.greatestWithinBytes
      && nameLongestBytes <= NameWords.mostBytes
      && shortForms.allSatisfy { $0 < forms.count }
      && (named.isEmpty || Int(shortSet) < sets.count / 4)
      && named.allSatisfy {
        Int($0.firstForm) + Int($0.formCount) <= forms.count
          && Int($0.withinBytes) <= nameWithinBytes
      }
      && judged.allSatisfy {
        Int($0.firstForm) + Int($0.formCount) <= forms.count
          && CredentialKind(rawValue: UInt8(truncatingIfNeeded: $0.judgeCode)) != nil
      }
      && nameNodes.isEmpty == named.isEmpty
      && nameNodes.allSatisfy {
        Int($0.firstChild) + $0.children.nonzeroBitCount <= nameNodes.count
          && Int($0.firstTarget) + Int($0.targetCount) <= nameTargets.count
      }
      && nameTargets.allSatisfy { Int($0) < named.count }
  }
}
