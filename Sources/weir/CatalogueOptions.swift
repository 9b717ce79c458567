internal import ArgumentParser
internal import WeirBuiltInRules
internal import WeirCore
internal import WeirIO
internal import WeirRules

/// Which rules there are; the same for every command that looks for any. With none of them Weir's own, which are ready to use; others are compiled first.
struct CatalogueOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Also the rules of this TOML file, or of the files of a folder.",
      discussion: "To look for these alone: --rule 'acme.*'.", valueName: "path"),
    completion: .file())
  var withRules: [String] = []

  @Option(
    help: ArgumentHelp(
      "In the place of Weir's rules those that `weir rules compile` wrote.", valueName: "file"),
    completion: .file())
  var catalogue: String?

  func load() throws -> Catalogue {
    if withRules.isEmpty, catalogue == nil { return try LoadedCatalogue.get() }
    let given =
      try catalogue.map { try CompiledRules.definitions(reading: Path($0)) }
      ?? BuiltInRules.definitions()
    return try RuleFolder.compile(given + withRules.flatMap(RuleFolder.definitions))
  }
}

extension CompiledRules {
  private static let mostBytes = 64 << 20

  fileprivate static func definitions(reading path: Path) throws -> [RuleDefinition] {
    guard let bytes = try path.contents(mostBytes: mostBytes, mayWait: true) else {
      throw Complaint(text: "\(path.text): is longer than compiled rules are")
    }
    do throws(CatalogueError) { return try definitions(in: bytes) } catch {
      throw Complaint(text: "\(path.text): \(error)")
    }
  }
}
