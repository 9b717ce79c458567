public import WeirCore

/// The rule reference: an index, and a page for each letter that a provider begins with.
///
/// A page for each of a thousand providers would be a thousand files, most of one rule, in every
/// listing of the project; one page for all would be too long to be shown. The same rules make the
/// same bytes: no date, no commit.
public struct RulePages {
  private let providers: [Provider]
  private let rules: [RuleDefinition]

  public init(_ rules: [RuleDefinition]) {
    let sorted = rules.sorted { $0.id < $1.id }
    self.rules = sorted
    providers = Dictionary(grouping: sorted, by: \.provider).map { word, rules in
      Provider(word: word, name: rules[0].providerName, rules: rules)
    }.sorted { $0.word < $1.word }
  }

  /// The text of each file, by its name.
  public var files: [String: String] {
    var result = ["README.md": RuleIndex(providers: providers, rules: rules).text]
    for (page, providers) in Dictionary(grouping: providers, by: \.page) {
      result[page] = Self.text(of: providers)
    }
    return result
  }

  private static func text(of providers: [Provider]) -> String {
    let title = providers[0].initial.uppercased()
    let head = """
      # Rules: \(title)

      How to read this page: [README.md](README.md). It is made from `rules/` by `make rule-pages`.


      """
    return head + providers.map(\.section).joined(separator: "\n")
  }

  /// A link from a page, or the index, to a rule.
  static func link(to id: String) -> String {
    "[\(Markdown.code(id))](\(Provider.page(of: id))#\(id))"
  }
}

/// A provider and its rules in the order of ids.
struct Provider {
  /// The first word of its ids.
  let word: String
  let name: String
  let rules: [RuleDefinition]

  /// The letter under which it stands; digits stand together.
  var initial: String { Self.initial(of: word) }
  /// The file it stands in.
  var page: String { Self.page(of: word) }

  static func page(of word: String) -> String { initial(of: word) + ".md" }

  private static func initial(of word: String) -> String {
    guard let first = word.first, !first.isNumber else { return "0-9" }
    return String(first)
  }

  var section: String {
    let head = [Markdown.anchor(word), "", "## " + Markdown.text(name), "", ""]
    return head.joined(separator: "\n")
      + rules.map { RuleWords(rule: $0).section }.joined(separator: "\n")
  }
}
