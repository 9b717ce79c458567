/// What a scan reports, and what it computes for the report.
public struct Policy: Sendable {
  /// Less sure findings are dropped.
  public var minConfidence: Confidence
  /// What its check refuted is taken for as sure as its rule: `redact` masks what has the shape.
  public var keepsRefuted: Bool
  /// What a rule could not judge is masked whole: `redact` lets nothing pass that nobody has judged.
  public var masksUnjudged: Bool
  /// Findings get a line and a column. Costs one more pass over the bytes.
  public var countsLines: Bool
  /// With a key findings get a fingerprint.
  public var key: FingerprintKey?
  /// Each makes a reader for a secret; a finding carries what they made of its own.
  public var readers: [SecretReaderMaker] = []
  /// Findings of other rules are dropped; nil drops none. Pairs reach from the dropped ones too.
  public var reported: RuleSet?

  public init(
    minConfidence: Confidence = .medium, keepsRefuted: Bool = false,
    masksUnjudged: Bool = false, countsLines: Bool = true, key: FingerprintKey? = nil,
    reported: RuleSet? = nil
  ) {
    self.minConfidence = minConfidence
    self.keepsRefuted = keepsRefuted
    self.masksUnjudged = masksUnjudged
    self.countsLines = countsLines
    self.key = key
    self.reported = reported
  }

  public static let scan = Policy()
  public static let redact = Policy(keepsRefuted: true, masksUnjudged: true)

  /// Something is made of each secret.
  var readsSecrets: Bool { key != nil || !readers.isEmpty }

  /// Whether findings of the rule, as sure as this, are asked for.
  func reports(_ rule: Int, as confidence: Confidence) -> Bool {
    guard confidence >= minConfidence else { return false }
    return reported?.contains(rule) ?? true
  }
}
