/// What a scan reports, and what it computes for the report.
public struct Policy: Sendable {
  /// Less sure findings are dropped.
  public var minConfidence: Confidence
  /// Findings that their check refuted are kept all the same: `redact` masks what has the shape.
  public var keepsRefuted: Bool
  /// Findings get a line and a column. Costs one more pass over the bytes.
  public var countsLines: Bool
  /// With a key findings get a fingerprint.
  public var key: FingerprintKey?

  public init(
    minConfidence: Confidence = .medium, keepsRefuted: Bool = false, countsLines: Bool = true,
    key: FingerprintKey? = nil
  ) {
    self.minConfidence = minConfidence
    self.keepsRefuted = keepsRefuted
    self.countsLines = countsLines
    self.key = key
  }

  public static let scan = Policy()
  public static let redact = Policy(keepsRefuted: true)
}
