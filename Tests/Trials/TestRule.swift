public import WeirCore

/// Rules made for tests.
public enum TestRule {
  public static func make(
    _ id: String, _ shape: String, specificity: Specificity = .provider, context: [String] = [],
    cue: [String] = [], isAssigned: Bool = false, crossesLines: Bool = false,
    pair: String? = nil, within: Int = 64, encoded: Bool? = nil
  ) throws -> RuleDefinition {
    RuleDefinition(
      id: id, providerName: "Test", title: "test", category: "test", power: "read", revoke: "-",
      packs: ["test"], shapeText: shape, shape: try ShapeParser.parse(shape),
      specificity: specificity, context: context, cue: cue, isAssigned: isAssigned,
      crossesLines: crossesLines, pair: pair, withinBytes: within, encoded: encoded)
  }
}
