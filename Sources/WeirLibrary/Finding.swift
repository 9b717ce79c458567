internal import WeirCore

/// Where a secret is, by which rule, how sure. Never the secret.
public struct Finding: Hashable, Sendable {
  /// The rule's id, such as `github.personal-token`.
  public var rule: String
  /// Of the secret, in bytes from the start of the input.
  public var range: Range<UInt64>
  /// Where it starts; 1-based.
  public var line: UInt64
  /// In bytes; 1-based.
  public var column: UInt64
  /// So many of its first bytes are the rule's own, and no secret.
  public var prefixBytes: Int
  public var confidence: Confidence
  public var check: Check
  /// The same secret under the same key has the same one; nil without a key.
  public var fingerprint: UInt64?
  /// The coding it stands in: `base64`, `hex`, `utf-16`, `percent`, `json`; nil where it stands plain.
  public var via: String?
}

/// How sure a finding is.
public enum Confidence: UInt8, Comparable, Sendable, CaseIterable {
  case low, medium, high

  public static func < (one: Confidence, other: Confidence) -> Bool {
    one.rawValue < other.rawValue
  }
}

/// What the checksum inside a secret says.
public enum Check: UInt8, Sendable, CaseIterable {
  /// The rule has none.
  case none
  case valid, failed
}

extension Finding {
  init(_ finding: WeirCore.Finding, ids: [String]) {
    rule = ids[finding.rule]
    range = finding.start..<finding.end
    line = finding.line
    column = finding.column
    prefixBytes = finding.prefix.utf8.count
    confidence = Confidence(finding.confidence)
    check = Check(finding.check)
    fingerprint = finding.fingerprint?.value
    via = finding.via.first?.name
  }
}

extension Confidence {
  init(_ confidence: WeirCore.Confidence) {
    self =
      switch confidence {
      case .low: .low
      case .medium: .medium
      case .high: .high
      }
  }

  var ofCore: WeirCore.Confidence {
    switch self {
    case .low: .low
    case .medium: .medium
    case .high: .high
    }
  }
}

extension Check {
  fileprivate init(_ outcome: CheckOutcome) {
    self =
      switch outcome {
      case .none: .none
      case .valid: .valid
      case .failed: .failed
      }
  }
}
