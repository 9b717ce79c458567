/// Which rules a policy has looked for. Found once for all inputs of a scanner.
final class RuleUse {
  /// Of each rule whether its matches are for nothing: none would be reported, none arms a pair.
  /// It is not looked for, and so holds nothing.
  let isIdle: UnsafePointer<Bool>
  /// There are phrases to be read.
  let hasPhrases: Bool

  init(tables: Tables, policy: Policy) {
    let isIdle = UnsafeMutablePointer<Bool>.allocate(capacity: tables.rules.count)
    for (index, rule) in tables.rules.enumerated() {
      (isIdle + index).initialize(
        to: !rule.isPairSource && !policy.reports(index, as: rule.confidence))
    }
    self.isIdle = UnsafePointer(isIdle)
    hasPhrases = tables.forms.contains { $0.tail.phrase != nil }
  }

  deinit { isIdle.deallocate() }
}
