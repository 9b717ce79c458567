/// Why a finding was let be, in the order in which reasons are asked for.
public enum SuppressionCause: Int, CaseIterable, Sendable {
  case comment, allowList, gitleaksIgnore, secretsBaseline, baseline

  /// `2 allowed by comment`
  fileprivate func counted(_ count: UInt64) -> String {
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
public struct SuppressionCounts: Sendable {
  private var counts = [UInt64](repeating: 0, count: SuppressionCause.allCases.count)

  mutating func add(_ cause: SuppressionCause) { counts[cause.rawValue] += 1 }

  public var count: UInt64 { counts.reduce(0, +) }
}

extension SuppressionCounts: CustomStringConvertible {
  /// `3 let be: 2 allowed by comment, 1 in the baseline`
  public var description: String {
    let causes = SuppressionCause.allCases.filter { counts[$0.rawValue] > 0 }
    return "\(count) let be: "
      + causes.map { $0.counted(counts[$0.rawValue]) }.joined(separator: ", ")
  }
}
