/// What is wrong in a rule file, and where: one line a person can act on.
public struct RuleError: Error, Equatable, Sendable, CustomStringConvertible {
  public var file: String
  /// 1-based; columns count bytes.
  public var line: Int
  public var column: Int
  /// The id of the rule, if it is known.
  public var rule: String?
  /// What was expected, or what is wrong.
  public var reason: String

  public init(file: String, line: Int, column: Int, rule: String? = nil, reason: String) {
    self.file = file
    self.line = line
    self.column = column
    self.rule = rule
    self.reason = reason
  }

  public var description: String {
    let name = rule.map { "rule \($0): " } ?? ""
    return "\(file):\(line):\(column): \(name)\(reason)"
  }
}
