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
  var isRun: Bool { kindCode == Kind.run.rawValue }
  var isCaseless: Bool { kindCode == Kind.caselessLiteral.rawValue }
}

/// One form of a rule.
struct FormRecord: BitwiseCopyable, Sendable {
  enum Tail: UInt8 {
    case none, jwt, keyBlock, openRun
    case bip39Phrase, electrumPhrase, algorandPhrase, moneroPhrase, slip39Phrase

    init(_ kind: PhraseKind) {
      self =
        switch kind {
        case .bip39: .bip39Phrase
        case .electrum: .electrumPhrase
        case .algorand: .algorandPhrase
        case .monero: .moneroPhrase
        case .slip39: .slip39Phrase
        }
    }

    var phrase: PhraseKind? {
      switch self {
      case .none, .jwt, .keyBlock, .openRun: nil
      case .bip39Phrase: .bip39
      case .electrumPhrase: .electrum
      case .algorandPhrase: .algorand
      case .moneroPhrase: .monero
      case .slip39Phrase: .slip39
      }
    }
  }

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
  /// It is looked for under codings too.
  var isEncoded: Bool
  /// Of the kind of credential that its judge weighs; 0 where there is none.
  var judgeCode: UInt8

  var judge: CredentialKind? { CredentialKind(rawValue: judgeCode) }
  var confidence: Confidence { Confidence(rawValue: confidenceCode)! }
  var specificity: Specificity { Specificity(rawValue: specificityCode)! }
}

/// One expression of the database.
struct SignatureRecord: BitwiseCopyable, Sendable {
  enum Kind: UInt8 {
    /// Its targets are the forms that may begin with it.
    case anchor
    /// As an anchor, and the forms begin with a run of bytes that a mask may hold: none begins in a mask.
    case innerAnchor
    /// Its targets are the zones it arms.
    case cue
    case maskHead
    /// Stands for nothing, and makes Hyperscan choose faster tables (`Signature.ballast`).
    case ballast
    /// Its targets are the forms that may begin with it, encoded.
    case encoded

    var isAnchor: Bool { self == .anchor || self == .innerAnchor }
    /// Its targets are forms that begin with it; of others they are zones, or none.
    var beginsForms: Bool { isAnchor || self == .encoded }
  }

  var widthBytes: UInt16
  var targetCount: UInt16
  var firstTarget: UInt16
  var kindCode: UInt8
  /// Of an encoded one its coding, and below it in two bits how many bytes of its unit stand before it.
  var codingCode: UInt8 = 0

  var kind: Kind { Kind(rawValue: kindCode)! }
  var coding: Coding? { Coding(rawValue: codingCode >> 2) }
  var phase: UInt64 { UInt64(codingCode & 3) }
}

/// Where armed rules are looked for: one behind its words or behind the matches of `pairSource`, or all of context behind names.
struct ZoneRecord: BitwiseCopyable, Sendable {
  static let noRule: UInt16 = .max

  var firstForm: UInt16
  var formCount: UInt16
  var withinBytes: UInt16
  var pairSource: UInt16
  /// The set of the bytes with which some form of its rule may begin.
  var firstSet: UInt16
  var needsAssignment: Bool
  var isOfOneLine: Bool

  /// The zone of all context rules, behind the names of credentials: which rules speak, the words before a value say.
  var isOfNames: Bool { formCount == 0 }

  func firstBytes(sets: some RandomAccessCollection<UInt64>) -> ByteSet {
    ByteSet(words: sets.dropFirst(Int(firstSet) * 4).prefix(4))
  }
}

/// A context rule.
struct NamedRecord: BitwiseCopyable, Sendable {
  /// The window keeps more than this behind what is decided.
  static let greatestWithinBytes = 256

  var firstForm: UInt16
  var formCount: UInt16
  var withinBytes: UInt16
}

/// A rule with a judge.
struct JudgedRecord: BitwiseCopyable, Sendable {
  var firstForm: UInt16
  var formCount: UInt16
  var judgeCode: UInt16
}

/// A node of the tree of context rules' words (`NameTree`); a word ends at one with targets.
struct NameNode: BitwiseCopyable, Sendable {
  /// A bit for each `NameTree.code` that leads on. The children stand together, in the order of their bits.
  var children: UInt64
  var firstChild: UInt16
  var firstTarget: UInt16
  var targetCount: UInt16
  var reserved: UInt16 = 0

  /// The node that a byte of this code leads to.
  @inline(__always)
  func child(_ code: UInt64) -> UInt16? {
    let bit = 1 << code as UInt64
    guard children & bit != 0 else { return nil }
    return firstChild + UInt16((children & (bit - 1)).nonzeroBitCount)
  }
}

/// One form's signature as the tail matcher reads it: places into `TailTable.places`.
struct PrefixRecord: BitwiseCopyable, Sendable {
  var firstPlace: UInt16
  var placeCount: UInt8
  /// It may begin anywhere: its left edge is in what it decodes to.
  var isEncoded: Bool
}
