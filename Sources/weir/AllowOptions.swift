internal import ArgumentParser
internal import WeirCore
internal import WeirIO
internal import WeirRules

/// What lets findings be, but for a baseline of Weir's.
struct AllowOptions: ParsableArguments {
  private static let mostBytes = 16 << 20

  @Option(
    help: ArgumentHelp(
      "Let be what this TOML file allows, with reasons: docs/living-with-findings.md.",
      valueName: "file"),
    completion: .file())
  var allowList: [String] = []

  @Option(
    help: ArgumentHelp(
      "Also a .gitleaksignore that is not in the directory scanned.", valueName: "file"),
    completion: .file())
  var gitleaksIgnore: [String] = []

  @Option(
    help: ArgumentHelp(
      "Let be what this baseline of detect-secrets knows.", valueName: "file"),
    completion: .file())
  var secretsBaseline: String?

  @Flag(
    help: """
      Let nothing be: heed no allow comment (weir:allow), no .gitleaksignore, no allow-list and \
      no baseline.
      """)
  var noAllow = false

  /// What is read, and no output may be.
  var files: [Path] {
    (allowList + gitleaksIgnore + (secretsBaseline.map { [$0] } ?? [])).map { Path($0) }
  }

  /// In the order in which they are asked; none with `--no-allow`.
  ///
  /// - Parameters:
  ///   - roots: what is scanned.
  ///   - statements: of a configuration.
  func suppressors(
    for roots: [Path], of catalogue: Catalogue, and statements: [AllowStatement] = []
  ) throws -> [any Suppressor] {
    if noAllow { return [] }
    var suppressors: [any Suppressor] = [AllowComments()]
    let entries =
      try statements.map { try AllowList.Entry($0, of: catalogue) }
      + allowList.flatMap { try self.entries(in: $0, of: catalogue) }
    if !entries.isEmpty { suppressors.append(AllowList(entries)) }
    if let ignore = try gitleaksIgnore(in: roots, of: catalogue) { suppressors.append(ignore) }
    if let secretsBaseline {
      suppressors.append(try SecretsBaseline(reading: Path(secretsBaseline)))
    }
    return suppressors
  }

  private func entries(
    in file: String, of catalogue: Catalogue
  ) throws -> [AllowList.Entry] {
    let bytes = try Path(file).suppressionFile(mostBytes: Self.mostBytes)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Complaint(text: "\(file): is no UTF-8 text, and no allow-list")
    }
    return try AllowFile.statements(path: file, text: text).map {
      try AllowList.Entry($0, of: catalogue)
    }
  }

  private func gitleaksIgnore(
    in roots: [Path], of catalogue: Catalogue
  ) throws -> GitleaksIgnore? {
    var (ignore, files): (GitleaksIgnore, [Path]) = (GitleaksIgnore(), [])
    for file in gitleaksIgnore.map({ Path($0) }) {
      try ignore.add(file)
      files.append(file)
    }
    for root in roots where !root.isStandardInput {
      if let file = try ignore.add(in: root) { files.append(file) }
    }
    if files.isEmpty { return nil }
    let names = files.map(\.text).joined(separator: ", ")
    if let first = ignore.oddLines.first {
      let others = ignore.oddLines.count - 1
      StandardError.say(
        "\(names): line \(first)"
          + (others > 0 ? " and \(others) \(others == 1 ? "other" : "others")" : "")
          + ": expected path:rule:line or commit:path:rule:line; let nothing be")
    }
    let unknown = ignore.rules.subtracting(catalogue.rules.flatMap { [$0.id] + $0.aliases })
    if !unknown.isEmpty {
      StandardError.say(
        "\(names): \(unknown.count) of \(ignore.rules.count) rules are none of Weir's, and let nothing be; "
          + "`weir rules list` names all")
    }
    return ignore
  }
}

extension AllowList.Entry {
  init(_ statement: AllowStatement, of catalogue: Catalogue) throws(Complaint) {
    do throws(AllowList.Mistake) {
      try self.init(
        paths: statement.paths, rules: statement.rules, digests: statement.digests,
        regexes: statement.regexes, of: catalogue)
    } catch { throw Complaint(text: "\(statement.file):\(statement.line): \(error)") }
  }
}
