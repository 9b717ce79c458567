public import WeirCore

/// Rules of Weir made of a configuration of gitleaks: as TOML, and what is said of each.
///
/// Nothing of it is dropped in silence: what does not mean the same says how, and what cannot be said says why.
public struct GitleaksImport {
  public struct Remark: Equatable, Sendable, CustomStringConvertible {
    public enum Verdict: String, Sendable {
      case exact, approximated, refused
      /// Of the configuration, not of a rule.
      case note
    }

    public let verdict: Verdict
    public let text: String

    public var description: String { text }
  }

  /// Weir's rules speak too, where the configuration asks for gitleaks' own.
  public private(set) var usesWeirsRules = false
  public private(set) var remarks: [Remark] = []
  /// The rules as a rule file of Weir; empty when there is none.
  public private(set) var toml = ""
  private let file: String
  /// The new ids, by the old.
  var ids: [String: String] = [:]
  var generalities = Generalities()
  private var writer = RuleWriter()

  /// - Parameters:
  ///   - path: names the configuration in what is said.
  ///   - read: brings the text of a file that it extends.
  /// - Throws: `RuleError` for what is no configuration of gitleaks, and what `read` throws.
  public init(path: String, text: String, read: (String) throws -> String) throws {
    file = path
    let config = try whole(GitleaksConfig(path: path, text: text), depth: 0, read)
    for rule in config.rules {
      if let written = add(rule, of: config) { writer.add(written) }
    }
    var globals: [(GitleaksConfig.Allowlist, [String])] = []
    for list in config.allowlists { globals.append((list, targets(of: list))) }
    for (list, targets) in globals where list.targetRules.isEmpty || !targets.isEmpty {
      var said: [String] = []
      let allow = allowance(list, &said)
      for text in said { remark(.note, "allow-list: \(text)") }
      guard let allow else { continue }
      if usesWeirsRules {
        remark(.note, "allow-list of all rules: holds for those of this file, not for Weir's own")
      }
      writer.allow(allow, of: targets)
    }
    toml = writer.text(of: file)
    if !toml.isEmpty { remark(.note, "all rules: \(generalities)") }
  }

  /// Reads a configuration, and the files that it extends, by their paths from here.
  public init(reading path: String) throws {
    try self.init(path: path, text: RuleFolder.text(of: path), read: RuleFolder.text)
  }

  /// The rules, as those of a rule file.
  public func definitions() throws -> [RuleDefinition] {
    toml.isEmpty ? [] : try RuleFile.definitions(path: file, text: toml)
  }

  public func count(_ verdict: Remark.Verdict) -> Int {
    remarks.count { $0.verdict == verdict }
  }

  mutating func remark(_ verdict: Remark.Verdict, _ text: String) {
    remarks.append(Remark(verdict: verdict, text: "\(file): \(text)"))
  }

  /// Gitleaks reads no such configuration.
  static let mixture =
    "allowlist and allowlists: gitleaks takes one, and refuses both; here both hold"

  // MARK: Extensions

  private static let mostExtensions = 2

  private mutating func whole(
    _ config: GitleaksConfig, depth: Int, _ read: (String) throws -> String
  ) throws -> GitleaksConfig {
    for key in config.unknownKeys { remark(.note, "key \(key): is not known, and does nothing") }
    let extends = config.extends
    for key in extends.unknownKeys {
      remark(.note, "key extend.\(key): is not known, and does nothing")
    }
    if config.mixesAllowlists { remark(.note, Self.mixture) }
    if let url = extends.url {
      remark(.refused, "extend.url \(url): is not read, for Weir opens no connection")
    }
    if extends.usesDefault {
      usesWeirsRules = true
      remark(.note, "extend.useDefault: Weir's own rules take the place of gitleaks' own")
    }
    var result = config
    var disabled = Set(extends.disabledRules)
    if let path = extends.path {
      if extends.usesDefault {
        remark(
          .note, "extend: useDefault and path: gitleaks takes one, and refuses both; here both hold"
        )
      }
      guard depth < Self.mostExtensions else {
        remark(
          .refused, "extend.path \(path): more than \(Self.mostExtensions) files extend each other")
        return result
      }
      let base = try whole(
        GitleaksConfig(path: path, text: try read(path)), depth: depth + 1, read)
      disabled.subtract(base.rules.map(\.id))
      result.rules = base.rules.filter { !extends.disabledRules.contains($0.id) }
      for rule in config.rules {
        if let place = result.rules.firstIndex(where: { $0.id == rule.id }) {
          result.rules[place] = result.rules[place].extended(by: rule)
        } else {
          result.rules.append(rule)
        }
      }
      result.allowlists = base.allowlists + config.allowlists
    }
    for id in disabled.sorted() {
      remark(
        .note,
        "extend.disabledRules: no rule \(id) here; of Weir's own `weir rules list` tells the ids, and "
          + "--no-rule leaves them out")
    }
    return result
  }
}
