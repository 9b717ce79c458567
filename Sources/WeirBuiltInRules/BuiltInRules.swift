public import WeirCore

/// The rules of which the built-in catalogue was made, as they were stated: to compile others with them.
public enum BuiltInRules {
  /// Milliseconds; nothing is read from disk.
  public static func definitions() throws(CatalogueError) -> [RuleDefinition] {
    guard let bytes = compiledRules.decoded() else {
      throw .damagedImage(reason: "its text is cut short")
    }
    return try CompiledRules.definitions(in: bytes)
  }
}
