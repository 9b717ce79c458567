internal import ArgumentParser
internal import WeirCore

/// `weir rules list`: all rules, or those chosen, a line each.
struct RulesListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "Lists rules: id, power, packs and title; or all facts as JSON.",
    usage: "weir rules list [<options>]",
    discussion: """
      weir rules list --pack ai --min-confidence high
      weir rules list --providers

      With the options of scan and redact that choose rules, it lists the rules that these would \
      look for.
      """)

  @OptionGroup var catalogueOptions: CatalogueOptions

  @OptionGroup var ruleOptions: RuleOptions

  @Flag(exclusivity: .exclusive)
  var grouping: RuleGrouping?

  @Option(help: "text, or json: an array of objects.")
  var format: RulesCommand.Format = .text

  func run() throws {
    let rules = try ruleOptions.listed(of: try catalogueOptions.load())
    switch format {
    case .text: try ExitStatus.show(grouping?.text(of: rules) ?? Self.text(of: rules))
    case .json:
      let objects = grouping?.json(of: rules) ?? rules.map(\.json)
      try ExitStatus.show("[\n" + objects.map { "  " + $0 }.joined(separator: ",\n") + "\n]")
    }
  }

  private static func text(of rules: [Rule]) -> String {
    let width = rules.map(\.id.count).max() ?? 0
    return rules.map { rule in
      let id = rule.id + String(repeating: " ", count: width - rule.id.count)
      return "\(id)  \(rule.power)  \(rule.packs.joined(separator: ","))  \(rule.title)"
    }.joined(separator: "\n")
  }
}
