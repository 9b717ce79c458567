internal import WeirCatalogue
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

/// The built-in rules, loaded once.
struct BuiltInRules: Sendable {
  let catalogue: Catalogue
  let rules: [WeirCore.Rule]

  private static let result: Result<BuiltInRules, CatalogueError> = {
    do throws(CatalogueError) {
      let catalogue = try BuiltInCatalogue.load()
      return .success(BuiltInRules(catalogue: catalogue, rules: catalogue.rules))
    } catch { return .failure(error) }
  }()

  /// The image is part of the program, so that only memory can be missing.
  static func loaded() throws(WeirError) -> BuiltInRules {
    do { return try result.get() } catch { throw .outOfMemory }
  }
}
