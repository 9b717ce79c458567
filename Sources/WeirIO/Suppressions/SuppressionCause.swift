/// Why a finding was let be, in the order in which reasons are asked for.
public enum SuppressionCause: Int, CountedReason {
  case comment, allowList, gitleaksIgnore, secretsBaseline, baseline

  public static let outcome = "let be"

  public func counted(_ count: UInt64) -> String {
    switch self {
    case .comment: "\(count) allowed by comment"
    case .allowList: "\(count) in an allow-list"
    case .gitleaksIgnore: "\(count) in .gitleaksignore"
    case .secretsBaseline: "\(count) in the baseline of detect-secrets"
    case .baseline: "\(count) in the baseline"
    }
  }
}

/// What was let be, counted by its reason.
public typealias SuppressionCounts = ReasonCounts<SuppressionCause>
