/// A rule as its author states it: the facts of one `[[rule]]` of a rule file.
public struct RuleDefinition: Equatable, Sendable {
  public var id: String
  /// What other programs call the rule whose findings these are: their `.gitleaksignore` names it so.
  public var aliases: [String]
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
  /// Words, one of which must stand before an assignment of this shape to the name of a credential.
  public var context: [String]
  /// Words behind which this shape is looked for.
  public var cue: [String]
  /// Behind a cue only an assignment of this shape counts.
  public var isAssigned: Bool
  /// A cue reaches past the ends of lines.
  public var crossesLines: Bool
  /// The kind of credential to whose names this shape must be assigned; the judge says how sure a match is.
  public var judge: CredentialKind?
  /// The id of the rule whose match arms this one.
  public var pair: String?
  /// How far a context, cue or pair reaches, in bytes.
  public var withinBytes: Int
  /// A secret of hex digits only is something else (a commit, a digest).
  public var isNotHex: Bool
  /// `%XX` in the secret stands for one byte of it.
  public var isPercentEncoded: Bool
  /// It is looked for under codings too, or not; nil leaves it to its packs and its anchor.
  public var encoded: Bool?
  /// Instead of a shape, which is empty then.
  public var regex: RegexDefinition?
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
    isAssigned: Bool = false, crossesLines: Bool = false, judge: CredentialKind? = nil,
    pair: String? = nil, withinBytes: Int = 64, isNotHex: Bool = false,
    isPercentEncoded: Bool = false, encoded: Bool? = nil, regex: RegexDefinition? = nil,
    aliases: [String] = []
  ) {
    self.id = id
    self.aliases = aliases
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
    self.isAssigned = isAssigned
    self.crossesLines = crossesLines
    self.judge = judge
    self.pair = pair
    self.withinBytes = withinBytes
    self.isNotHex = isNotHex
    self.isPercentEncoded = isPercentEncoded
    self.encoded = encoded
    self.regex = regex
  }

  /// The rule is looked for behind words or another rule's match only, not by an anchor of its own.
  public var isArmed: Bool {
    !context.isEmpty || !cue.isEmpty || pair != nil || judge != nil
  }
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
public enum Specificity: UInt8, Sendable, CaseIterable {
  case provider = 0
  case context = 1
  case generic = 2
  /// It has a judge, and states no form.
  case judged = 3
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
    case base64JSON = 11
    case jwt = 12
    case base64Text = 13
    case base64Login = 14
    case base64Number = 15
    case crc16Base32 = 16
    case base58CheckXRP = 17
    case macaroon = 18
    case crc32Base64 = 19
    case crc32Base62End = 20
    case sha256Base32 = 21
    case miniKey = 22
    case ed25519Scalar = 23
    case x25519Scalar = 24

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
      case .base64JSON: "base64-json"
      case .jwt: "jwt"
      case .base64Text: "base64-text"
      case .base64Login: "base64-login"
      case .base64Number: "base64-number"
      case .crc16Base32: "crc16-base32"
      case .base58CheckXRP: "base58check-xrp"
      case .macaroon: "macaroon"
      case .crc32Base64: "crc32-base64"
      case .crc32Base62End: "crc32-base62-end"
      case .sha256Base32: "sha256-base32"
      case .miniKey: "mini-key"
      case .ed25519Scalar: "ed25519-scalar"
      case .x25519Scalar: "x25519-scalar"
      }
    }

    /// The check compares with a segment of its own; else it is computed of the source alone.
    package var hasTarget: Bool {
      switch self {
      case .crc32Base62, .crc32Base36, .crc32Base62Lower, .crc32Hex, .crc32HexLittle,
        .crc32Atlassian, .crc32Base64, .sha256Base32:
        true
      case .base58Check, .base58CheckXRP, .bech32, .azureHIS, .azureCASK, .base64JSON, .jwt,
        .base64Text, .base64Login, .base64Number, .crc16Base32, .macaroon, .miniKey,
        .crc32Base62End, .ed25519Scalar, .x25519Scalar:
        false
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
