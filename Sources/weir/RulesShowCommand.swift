internal import ArgumentParser
internal import WeirCore

/// `weir rules show ID`: all that is known of one rule.
struct RulesShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Shows a rule: what it looks for, what a leak means, where to revoke.",
    usage: "weir rules show [<options>] <id>")

  @Argument(help: "The rule's id, as `weir rules list` names it.", completion: .ruleID)
  var id: String

  @OptionGroup var catalogueOptions: CatalogueOptions

  @Option(help: "text or json.")
  var format: RulesCommand.Format = .text

  func run() throws {
    let rules = try catalogueOptions.load().rules
    let rule = rules[try RuleSelection(of: rules).index(of: id)]
    switch format {
    case .json: try ExitStatus.show(rule.json)
    case .text:
      let facts: [(String, String)] = [
        ("id", rule.id),
        ("aliases", rule.aliases.isEmpty ? "none" : rule.aliases.joined(separator: ", ")),
        ("title", rule.title), ("provider", rule.providerName),
        ("category", rule.category), ("power", rule.power),
        ("packs", rule.packs.joined(separator: ", ")),
        rule.regex.map { ("regex", $0) } ?? ("shape", rule.shape),
        ("words", rule.words.isEmpty ? "none" : rule.words.joined(separator: ", ")),
        ("encoded", rule.isFoundEncoded ? Coding.names.joined(separator: ", ") : "no"),
        ("check", rule.checkText), ("confidence", rule.confidence.name), ("revoke", rule.revoke),
      ]
      let lines = facts.map { name, value in
        name + String(repeating: " ", count: 12 - name.count) + value
      }
      try ExitStatus.show(lines.joined(separator: "\n"))
    }
  }
}
