internal import ArgumentParser
internal import WeirCore

/// What the command itself offers while somebody types; the built-in rules only.
extension CompletionKind {
  /// The id of a rule.
  static var ruleID: CompletionKind {
    .custom { _, _, word in offered(rules.map(\.id), for: word) }
  }

  /// Ids of rules and stars behind providers, with commas between.
  static var ruleNames: CompletionKind {
    .custom { _, _, word in
      offered(rules.map(\.id) + Set(rules.map { "\($0.provider).*" }), for: word)
    }
  }

  /// Names of packs, with commas between.
  static var packs: CompletionKind {
    .custom { _, _, word in offered(Set(rules.flatMap(\.packs)), for: word) }
  }

  private static var rules: [Rule] { (try? LoadedCatalogue.get().rules) ?? [] }

  private static func offered(_ names: some Sequence<String>, for word: String) -> [String] {
    let before = word.lastIndex(of: ",").map { String(word[...$0]) } ?? ""
    return names.map { before + $0 }.filter { $0.hasPrefix(word) }.sorted()
  }
}
