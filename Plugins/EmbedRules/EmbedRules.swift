import PackagePlugin

/// Runs `rulec` over `rules/*.toml`: the built-in catalogue becomes one Swift file, and the rules as they are stated another, made anew when a rule changes.
@main
struct EmbedRules: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    let rules = context.package.directoryURL.appending(path: "rules")
    let isCatalogue = target.name == "WeirCatalogue"
    let output = context.pluginWorkDirectoryURL.appending(
      path: isCatalogue ? "CatalogueImage.swift" : "RuleTexts.swift")
    let files = try rules.ruleFiles()
    let head = context.package.directoryURL.appending(path: ".git/logs/HEAD")
    let watched = head.exists ? files + [head] : files
    return [
      .buildCommand(
        displayName: "Compiling \(files.count) rule files",
        executable: try context.tool(named: "rulec").url,
        arguments: [isCatalogue ? "embed" : "state", rules.path(), output.path()],
        inputFiles: watched, outputFiles: [output])
    ]
  }
}
