/// Why something was passed over. Reasons are told in the order of their cases.
public protocol CountedReason: CaseIterable, RawRepresentable<Int>, Sendable {
  /// What happened for such a reason: `skipped`.
  static var outcome: String { get }

  /// `1 ignored file`, `2 ignored files`
  func counted(_ count: UInt64) -> String
}

/// What was passed over, counted by its reason.
public struct ReasonCounts<Reason: CountedReason>: Sendable {
  /// By the number of a case, from 0.
  private var counts = [UInt64](repeating: 0, count: Reason.allCases.count)

  public init() {}

  public mutating func add(_ reason: Reason) { counts[reason.rawValue] += 1 }

  public var count: UInt64 { counts.reduce(0, +) }
}

extension ReasonCounts: CustomStringConvertible {
  /// `3 skipped: 2 ignored files, 1 .git`
  public var description: String {
    let reasons = Reason.allCases.filter { counts[$0.rawValue] > 0 }
    return "\(count) \(Reason.outcome): "
      + reasons.map { $0.counted(counts[$0.rawValue]) }.joined(separator: ", ")
  }
}
