import Testing

/// What is said to somebody who mistypes.
@Suite struct UsageTests {
  private func said(_ arguments: String...) throws -> String {
    let outcome = try Command.run(arguments)
    #expect(outcome.code == 2)
    #expect(outcome.output == [])
    return outcome.errors
  }

  @Test("a command that is not there is named, with what was nearly written")
  func commands() throws {
    #expect(
      try said("scna", "src")
        == "weir: scna: there is no such command; did you mean weir scan? see `weir --help`\n")
    #expect(
      try said("rules", "lsit")
        == "weir: lsit: there is no such command; did you mean weir rules list? "
        + "see `weir rules --help`\n")
    #expect(try said("help", "redcat").contains("did you mean weir redact?"))
    #expect(try said("help", "rules", "shwo").contains("did you mean weir rules show?"))
    #expect(try said("nonsense") == "weir: nonsense: there is no such command; see `weir --help`\n")
  }

  @Test("of something to be scanned it says how")
  func path() throws {
    let folder = try TemporaryFolder()
    #expect(try said(folder.path).contains("did you mean weir scan \(folder.path)?"))
  }

  @Test(
    "an option that is not there is named, with what was nearly written",
    arguments: [
      (["scan", "--treads", "2"], "--threads"), (["redact", "--qiet"], "--quiet"),
      (["scan", "--no-ignroe", "."], "--no-ignore"),
      (["rules", "list", "--formt", "x"], "--format"),
    ])
  func options(arguments: [String], meant: String) throws {
    let outcome = try Command.run(arguments)
    #expect(outcome.code == 2)
    #expect(outcome.errors.contains("Did you mean '\(meant)'? see `weir "))
  }

  @Test("of a value that is none, those that there are, on one line, with what was nearly written")
  func values() throws {
    #expect(
      try said("scan", "--format", "srif")
        == "weir: The value 'srif' is invalid for '--format <format>', which takes text, jsonl, "
        + "json, csv, sarif, junit, gitlab; did you mean sarif? see `weir scan --help`\n")
    #expect(
      try said("redact", "--mask", "star")
        == "weir: The value 'star' is invalid for '--mask <mask>', which takes rule, fixed, stars, "
        + "hash; did you mean stars? see `weir redact --help`\n")
    #expect(
      try said("scan", "--threads", "many")
        == "weir: The value 'many' is invalid for '--threads <n>'; see `weir scan --help`\n")
  }
}
