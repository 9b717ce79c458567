internal import ArgumentParser
internal import WeirCore
internal import WeirIO

/// `weir rules`: what is looked for.
struct RulesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules",
    abstract:
      "Lists and shows the rules, tries one on a text, counts costs, compiles and imports others.",
    subcommands: [
      RulesListCommand.self, RulesShowCommand.self, RulesTestCommand.self, RulesBenchCommand.self,
      RulesCompileCommand.self, RulesImportCommand.self,
    ])

  enum Format: String, CaseIterable, ExpressibleByArgument { case text, json }
}

extension Rule {
  var checkText: String { check.isEmpty ? "none" : check }

  /// One JSON object.
  var json: String {
    let facts: [(String, String)] =
      [
        ("id", JSONText.quoted(id)), ("aliases", JSONText.array(aliases)),
        ("provider", JSONText.quoted(provider)), ("provider_name", JSONText.quoted(providerName)),
        ("title", JSONText.quoted(title)),
        ("category", JSONText.quoted(category)), ("power", JSONText.quoted(power)),
        ("packs", JSONText.array(packs)), ("check", JSONText.quoted(checkText)),
        ("confidence", JSONText.quoted(confidence.name)), ("shape", JSONText.quoted(shape)),
        ("words", JSONText.array(words)),
        ("encoded", JSONText.array(isFoundEncoded ? Coding.names : [])),
        ("revoke", JSONText.quoted(revoke)),
      ] + (regex.map { [("regex", JSONText.quoted($0))] } ?? [])
    return "{" + facts.map { "\"\($0)\":\($1)" }.joined(separator: ",") + "}"
  }
}
