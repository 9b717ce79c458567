// The tables a scan reads: plain records in flat arrays, made by `CatalogueBuilder` and kept in the image as they are.
// Fields are ordered so that no record has padding.

/// One element of a form.
struct ElementRecord: BitwiseCopyable, Sendable {
  enum Kind: UInt8 { case literal, caselessLiteral, run }

  var kindCode: UInt8
  /// The bit of the class table that holds the run's alphabet.
  var classIndex: UInt8
  /// Of a run its lengths (`max` 0: open); of a literal `min` is its length.
  var min: UInt16
  var max: UInt16
  var literalStart: UInt16
  /// Of a run, which of the run caches knows how far its alphabet reaches.
  var cache: UInt16

  var kind: Kind { Kind(rawValue: kindCode)! }
}

/// One form of a rule.
struct FormRecord: BitwiseCopyable, Sendable {
  enum Tail: UInt8 { case none, jwt, keyBlock, openRun }

  static let noClass: UInt8 = 255
  static let unbounded: UInt16 = .max

  var rule: UInt16
  var firstElement: UInt16
  var elementCount: UInt8
  /// The elements of the secret.
  var secretBegin: UInt8
  var secretEnd: UInt8
  var tailCode: UInt8
  /// The class a right edge must be outside of, or `noClass` where none is needed.
  var edgeClass: UInt8
  var isNotHex: Bool
  var needsLeftEdge: Bool
  /// The last run's alphabet has a dot, and a sentence's dot ends it.
  var trimsDot: Bool
  /// Of the check expression; 0 where there is none.
  var checkCode: UInt8
  var checkSourceBegin: UInt8
  var checkSourceEnd: UInt8
  var checkTargetBegin: UInt8
  var checkTargetEnd: UInt8
  /// So many literals at the beginning are known to stand where the form's signature does.
  var anchoredElements: UInt8
  /// Their length.
  var anchoredBytes: UInt8
  /// The class of the run after them, or `noClass` where no run follows.
  var firstRunClass: UInt8
  /// The least and greatest length of that run. `unbounded`, where it may go on past its greatest length: what follows may begin inside it.
  var firstRunLeast: UInt16
  var firstRunMost: UInt16
  /// The cache of that run.
  var firstRunCache: UInt16
  /// The set of the bytes the form may begin with.
  var firstSet: UInt16
  /// The length of the literals the form's secret begins with.
  var shownPrefixBytes: UInt16

  var tail: Tail { Tail(rawValue: tailCode)! }
  var check: CheckExpression.Kind? { CheckExpression.Kind(rawValue: checkCode) }
}

/// What the decision needs to know of a rule; its texts are in `RuleTexts`.
struct RuleRecord: BitwiseCopyable, Sendable {
  var confidenceCode: UInt8
  var specificityCode: UInt8
  var refutes: Bool
  var isPercentEncoded: Bool
  /// Its matches arm a zone.
  var isPairSource: Bool

  var confidence: Confidence { Confidence(rawValue: confidenceCode)! }
  var specificity: Specificity { Specificity(rawValue: specificityCode)! }
}

/// One expression of the database: the forms it may begin, or the zones it arms.
struct SignatureRecord: BitwiseCopyable, Sendable {
  var widthBytes: UInt16
  var targetCount: UInt16
  var firstTarget: UInt16
  var isCue: Bool
  var reserved: UInt8 = 0
}

/// Where an armed rule is looked for: behind its words, or behind the matches of `pairSource`.
struct ZoneRecord: BitwiseCopyable, Sendable {
  static let noRule: UInt16 = .max

  var firstForm: UInt16
  var formCount: UInt16
  var withinBytes: UInt16
  var pairSource: UInt16
  var needsAssignment: Bool
  var isOfOneLine: Bool

  /// The bytes with which some form of its rule may begin.
  func firstBytes(
    forms: some RandomAccessCollection<FormRecord>, sets: some RandomAccessCollection<UInt64>
  ) -> ByteSet {
    let first = forms.index(forms.startIndex, offsetBy: Int(firstForm))
    var members = ByteSet()
    for form in forms[first...].prefix(Int(formCount)) {
      let words = sets.dropFirst(Int(form.firstSet) * 4).prefix(4)
      members = members.union(ByteSet(words: Array(words)))
    }
    return members
  }
}

/// One form's signature as the tail matcher reads it: places into `TailTable.places`.
struct PrefixRecord: BitwiseCopyable, Sendable {
  var firstPlace: UInt16
  var placeCount: UInt16
}
