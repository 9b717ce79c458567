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

  @Option(
    help: ArgumentHelp(
      "In the place of Weir's rules those of a gitleaks configuration; see `weir rules import`.",
      valueName: "file"),
    completion: .file())
  var gitleaksConfig: String?

  func validate() throws {
    guard catalogue == nil || gitleaksConfig == nil else {
      throw ValidationError(
        "--catalogue and --gitleaks-config: one stands in the place of the other")
    }
  }

  /// - Parameter isQuiet: what rules cost is not said.
  func load(isQuiet: Bool = false) throws -> Catalogue {
    if withRules.isEmpty, catalogue == nil, gitleaksConfig == nil {
      return try LoadedCatalogue.get()
    }
    let given =
      try catalogue.map { try CompiledRules.definitions(reading: Path($0)) }
      ?? gitleaksConfig.map { try imported(from: $0, isQuiet: isQuiet) }
      ?? BuiltInRules.definitions()
    let rules = try given + withRules.flatMap(RuleFolder.definitions)
    guard !rules.isEmpty else {
      throw Complaint(text: "no rule is left of \(gitleaksConfig ?? "all")")
    }
    return try RuleFolder.compile(rules) { if !isQuiet { StandardError.say($0) } }
  }

  /// A set of rules that is not whole looks for less than it was asked to: it is refused.
  private func imported(from path: String, isQuiet: Bool) throws -> [RuleDefinition] {
    let imported = try GitleaksImport(reading: path)
    for remark in imported.remarks
    where remark.verdict == .refused || remark.verdict != .exact && !isQuiet {
      StandardError.say(remark.text)
    }
    let count = imported.count(.refused)
    guard count == 0 else {
      throw Complaint(
        text:
          "\(path): \(count) refused, see above; `weir rules import \(path) --output FILE` writes the "
          + "others, for --with-rules")
    }
    return try (imported.usesWeirsRules ? BuiltInRules.definitions() : []) + imported.definitions()
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
