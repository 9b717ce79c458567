public import ArgumentParser
public import WeirCore

extension Confidence: ExpressibleByArgument {
  public init?(argument: String) {
    guard let value = Self.allCases.first(where: { $0.name == argument }) else { return nil }
    self = value
  }

  public static var allValueStrings: [String] { allCases.map(\.name) }
}

/// Which rules speak; the same for every command that reports or lists. Each option leaves some out.
struct RuleOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Only rules of these packs: ai,cloud (rules list --packs).",
      valueName: "name"), completion: .packs)
  var pack: [String] = []

  @Option(
    help: ArgumentHelp(
      "Only these rules: github.personal-token,'aws.*'.",
      valueName: "id"), completion: .ruleNames)
  var rule: [String] = []

  @Option(
    help: ArgumentHelp(
      "Not these, whatever else is asked for: 'jwt.*'.", valueName: "id"),
    completion: .ruleNames)
  var noRule: [String] = []

  @Option(
    help: ArgumentHelp(
      "Only findings as sure as this: low, medium or high.",
      discussion: "If not given, medium; but rules list lists all.", valueName: "level"))
  var minConfidence: Confidence?

  /// The policy reports what these options leave, and as before what they say nothing of.
  func apply(to policy: inout Policy, of catalogue: Catalogue) throws(Complaint) {
    if let minConfidence { policy.minConfidence = minConfidence }
    // The texts of all rules are decoded for those only who ask for some.
    guard namesRules else { return }
    let selection = try selection(of: catalogue.rules)
    try selection.requireSome(from: policy.minConfidence)
    policy.reported = RuleSet(selection.indices)
  }

  /// The rules that these options leave, as they are listed.
  func listed(of catalogue: Catalogue) throws(Complaint) -> [Rule] {
    let selection = try selection(of: catalogue.rules)
    let least = minConfidence ?? .low
    try selection.requireSome(from: least)
    return selection.rules.filter { $0.confidence >= least }
  }

  private var namesRules: Bool { !(pack.isEmpty && rule.isEmpty && noRule.isEmpty) }

  private func selection(of rules: [Rule]) throws(Complaint) -> RuleSelection {
    var selection = RuleSelection(of: rules)
    try selection.keep(packs: names(in: pack, of: "--pack"))
    try selection.keep(ids: names(in: rule, of: "--rule"))
    try selection.drop(ids: names(in: noRule, of: "--no-rule"))
    return selection
  }

  /// The names between commas. An empty one is a mistake, as of a variable that is not set: it must
  /// not choose all rules, nor none.
  private func names(in words: [String], of option: String) throws(Complaint) -> [String] {
    let names = words.flatMap {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    guard !names.contains("") else { throw Complaint(text: "\(option): expected a name") }
    return names
  }
}
