internal import WeirCore

/// What is known of a rule.
public struct Rule: Hashable, Sendable {
  /// `github.personal-token`.
  public var id: String
  public var title: String
  public var provider: String
  /// What a thief can do: `spend`, `data`, `admin`, `write`, `read`.
  public var power: String
  /// Where it is taken back.
  public var revoke: String
  public var packs: [String]
  public var confidence: Confidence

  init(_ rule: WeirCore.Rule) {
    id = rule.id
    title = rule.title
    provider = rule.providerName
    power = rule.power
    revoke = rule.revoke
    packs = rule.packs
    confidence = Confidence(rule.confidence)
  }
}
