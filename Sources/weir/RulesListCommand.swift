internal import ArgumentParser
internal import WeirCore

/// `weir rules list`: all rules, a line each.
struct RulesListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "Lists all rules: id, power, packs and title; or all facts as JSON.")

  @Option(help: "text, or json: an array of objects.")
  var format: RulesCommand.Format = .text

  func run() throws {
    let rules = try LoadedCatalogue.get().rules
    switch format {
    case .text:
      let width = rules.map(\.id.count).max() ?? 0
      let lines = rules.map { rule in
        let id = rule.id + String(repeating: " ", count: width - rule.id.count)
        return "\(id)  \(rule.power)  \(rule.packs.joined(separator: ","))  \(rule.title)"
      }
      try ExitStatus.show(lines.joined(separator: "\n"))
    case .json:

      try ExitStatus.show("[\n" + rules.map { "  " + $0.json }.joined(separator: ",\n") + "\n]")
    }
  }
}
