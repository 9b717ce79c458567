package import TOMLKit
internal import WeirCore
public import WeirRegex

/// What one `[[allow]]` says: which findings are let be, and why. Of each kind of condition one must hold, and all kinds that are named.
public struct AllowStatement: Sendable {
  public var reason: String
  /// Patterns, as ignore files have them.
  public var paths: [String]
  /// Ids, or all of a provider: `aws.*`.
  public var rules: [String]
  /// SHA-256 digests of secrets, of 32 bytes.
  public var digests: [[UInt8]]
  /// Expressions that match secrets.
  public var regexes: [Pattern]
  public var file: String
  /// Where it begins; 1-based.
  public var line: Int
}

/// Reads `[[allow]]` tables. A file with one mistake is refused whole.
public struct AllowFile: TOMLTables {
  private static let keys: Set<String> = ["reason", "paths", "rules", "sha256", "regexes"]
  private static let digestDigits = 64

  let source: RuleSource

  /// The statements of a file that holds nothing else.
  ///
  /// - Parameters:
  ///   - path: names the file in errors.
  ///   - text: its contents.
  public static func statements(
    path: String, text: String
  ) throws(RuleError) -> [AllowStatement] {
    let file = AllowFile(source: RuleSource(path: path, text: text, table: "allow"))
    let table = try file.source.table(of: text)
    try file.refuseUnknown(keys: table.keys, known: ["allow"], rule: nil)
    let statements = try file.statements(of: table)
    guard !statements.isEmpty else {
      throw file.error(at: "allow", rule: nil, "expected at least one [[allow]]")
    }
    return statements
  }

  /// The statements of a file that may hold more.
  ///
  /// - Parameter table: all of the file, as it was read of `text`.
  package static func statements(
    of table: TOMLTable, path: String, text: String
  ) throws(RuleError) -> [AllowStatement] {
    let source = RuleSource(path: path, text: text, table: "allow")
    return try AllowFile(source: source).statements(of: table)
  }

  private func statements(of file: TOMLTable) throws(RuleError) -> [AllowStatement] {
    guard let value = file["allow"] else { return [] }
    guard let tables = value.tables else {
      throw error(at: "allow", rule: nil, "expected [[allow]]")
    }
    var result: [AllowStatement] = []
    for (index, table) in tables.enumerated() {
      result.append(try statement(table, index: index))
    }
    return result
  }

  private func statement(_ table: TOMLTable, index: Int) throws(RuleError) -> AllowStatement {
    try refuseUnknown(keys: table.keys, known: Self.keys, rule: index)
    let reason = try string("reason", of: table, rule: index)
    if reason.allSatisfy(\.isWhitespace) {
      throw error(at: "reason", rule: index, "expected a reason, for those who ask later")
    }
    var statement = AllowStatement(
      reason: reason, paths: try strings("paths", of: table, rule: index),
      rules: try strings("rules", of: table, rule: index), digests: [],
      regexes: try patterns(of: table, rule: index), file: source.path,
      line: source.line(ofRule: index))
    for text in try strings("sha256", of: table, rule: index) {
      guard text.utf8.count == Self.digestDigits, let digest = Hex.decode(text) else {
        throw error(
          at: "sha256", rule: index,
          "expected \(Self.digestDigits) hex digits, as `weir baseline hash` writes them")
      }
      statement.digests.append(digest)
    }
    if statement.paths.isEmpty, statement.rules.isEmpty, statement.digests.isEmpty,
      statement.regexes.isEmpty
    {
      throw error(
        at: "reason", rule: index,
        "would allow everything; expected paths, rules, sha256 or regexes")
    }
    return statement
  }

  private func patterns(of table: TOMLTable, rule index: Int) throws(RuleError) -> [Pattern] {
    let texts = try strings("regexes", of: table, rule: index)
    do throws(RegexMistake) { return try RegexMistake.compile(texts, as: "regexes") } catch {
      throw self.error(at: "regexes", rule: index, error.reason)
    }
  }

  func id(ofRule index: Int) -> String? { nil }
}
