/// A rule as its author states it: the facts of one `[[rule]]` of a rule file.
public struct RuleDefinition: Equatable, Sendable {
  public var id: String
  /// The word before the first dot of `id`, and the provider's name in text.
  public var provider: String
  public var providerName: String
  public var title: String
  public var category: String
  public var power: String
  public var revoke: String
  public var packs: [String]
  public var shapeText: String
  public var shape: Shape
  public var check: CheckExpression?
  /// A failed check is strong evidence against the match: its confidence becomes `low`.
  public var refutes: Bool
  public var confidence: Confidence
  public var specificity: Specificity
  /// Words behind which an assignment of this shape is looked for.
  public var context: [String]
  /// Words behind which this shape is looked for, assigned or not.
  public var cue: [String]
  /// The id of the rule whose match arms this one.
  public var pair: String?
  /// How far a context, cue or pair reaches, in bytes.
  public var withinBytes: Int
  /// A secret of hex digits only is something else (a commit, a digest).
  public var isNotHex: Bool
  /// `%XX` in the secret stands for one byte of it.
  public var isPercentEncoded: Bool
  /// Where the rule stands, for errors.
  public var origin: Origin?

  public struct Origin: Equatable, Sendable {
    public var file: String
    /// 1-based.
    public var line: Int

    public init(file: String, line: Int) {
      self.file = file
      self.line = line
    }
  }

  public init(
    id: String, providerName: String, title: String, category: String, power: String,
    revoke: String, packs: [String], shapeText: String, shape: Shape,
    check: CheckExpression? = nil, refutes: Bool = false, confidence: Confidence = .high,
    specificity: Specificity = .provider, context: [String] = [], cue: [String] = [],
    pair: String? = nil, withinBytes: Int = 64, isNotHex: Bool = false,
    isPercentEncoded: Bool = false
  ) {
    self.id = id
    self.provider = String(id.prefix { $0 != "." })
    self.providerName = providerName
    self.title = title
    self.category = category
    self.power = power
    self.revoke = revoke
    self.packs = packs
    self.shapeText = shapeText
    self.shape = shape
    self.check = check
    self.refutes = refutes
    self.confidence = confidence
    self.specificity = specificity
    self.context = context
    self.cue = cue
    self.pair = pair
    self.withinBytes = withinBytes
    self.isNotHex = isNotHex
    self.isPercentEncoded = isPercentEncoded
  }

  /// The rule is looked for behind words or another rule's match only, not by an anchor of its own.
  public var isArmed: Bool { !context.isEmpty || !cue.isEmpty || pair != nil }
}

/// How sure a finding is.
public enum Confidence: UInt8, BitwiseCopyable, Comparable, Sendable, CaseIterable {
  case low = 0
  case medium = 1
  case high = 2

  public var name: String {
    switch self {
    case .low: "low"
    case .medium: "medium"
    case .high: "high"
    }
  }

  public static func < (a: Confidence, b: Confidence) -> Bool { a.rawValue < b.rawValue }
}

/// Which rule speaks where two have the same secret: the lesser.
public enum Specificity: UInt8, Sendable {
  case provider = 0
  case context = 1
  case generic = 2
}

/// `kind(source)` or `kind(source) = target`, over named segments; `head` is all before the target.
public struct CheckExpression: Equatable, Sendable {
  /// The closed list of checks.
  public enum Kind: UInt8, Sendable, CaseIterable {
    case crc32Base62 = 1
    case crc32Base36 = 2
    case base58Check = 3
    case crc32Base62Lower = 4
    case crc32Hex = 5
    case crc32HexLittle = 6
    case crc32Atlassian = 7
    case bech32 = 8
    case azureHIS = 9
    case azureCASK = 10

    public var name: String {
      switch self {
      case .crc32Base62: "crc32-base62"
      case .crc32Base36: "crc32-base36"
      case .base58Check: "base58check"
      case .crc32Base62Lower: "crc32-base62-lower"
      case .crc32Hex: "crc32-hex"
      case .crc32HexLittle: "crc32-hex-le"
      case .crc32Atlassian: "crc32-atlassian"
      case .bech32: "bech32"
      case .azureHIS: "azure-his"
      case .azureCASK: "azure-cask"
      }
    }

    /// The check compares with a segment of its own; else it is computed of the source alone.
    var hasTarget: Bool {
      switch self {
      case .base58Check, .bech32, .azureHIS, .azureCASK: false
      case .crc32Base62, .crc32Base36, .crc32Base62Lower, .crc32Hex, .crc32HexLittle,
        .crc32Atlassian:
        true
      }
    }
  }

  public static let head = "head"

  public var kind: Kind
  public var source: String
  public var target: String?

  public init(kind: Kind, source: String, target: String? = nil) {
    self.kind = kind
    self.source = source
    self.target = target
  }

  /// Reads `crc32-base62(body) = sum`.
  ///
  /// - Returns: nil when the text is no check of the list.
  public init?(_ text: String) {
    let sides = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let left = sides[0].filter { $0 != " " }
    let target = sides.count == 2 ? sides[1].filter { $0 != " " } : nil
    guard let open = left.firstIndex(of: "("), left.last == ")",
      let kind = Kind.allCases.first(where: { $0.name == left[..<open] }),
      kind.hasTarget == (target != nil)
    else { return nil }
    self.kind = kind
    self.source = String(left[left.index(after: open)...].dropLast())
    self.target = target
  }

  public var text: String {
    "\(kind.name)(\(source))" + (target.map { " = \($0)" } ?? "")
  }
}
