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
  private var ids: [String: String] = [:]
  private var writer = RuleWriter()

  /// - Parameters:
  ///   - path: names the configuration in what is said.
  ///   - read: brings the text of a file that it extends.
  /// - Throws: `RuleError` for what is no configuration of gitleaks, and what `read` throws.
  public init(path: String, text: String, read: (String) throws -> String) throws {
    file = path
    let config = try whole(GitleaksConfig(path: path, text: text), depth: 0, read)
    for rule in config.rules { add(rule, of: config) }
    var globals: [(GitleaksConfig.Allowlist, [String])] = []
    for list in config.allowlists { globals.append((list, targets(of: list))) }
    for (list, targets) in globals where list.targetRules.isEmpty || !targets.isEmpty {
      guard let allow = allowance(list, say: { remark(.note, "allow-list: \($0)") }) else {
        continue
      }
      if usesWeirsRules {
        remark(.note, "allow-list of all rules: holds for those of this file, not for Weir's own")
      }
      writer.allow(allow, of: targets)
    }
    toml = writer.text(of: file)
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

  private mutating func remark(_ verdict: Remark.Verdict, _ text: String) {
    remarks.append(Remark(verdict: verdict, text: "\(file): \(text)"))
  }

  // MARK: Extensions

  private static let mostExtensions = 2

  private mutating func whole(
    _ config: GitleaksConfig, depth: Int, _ read: (String) throws -> String
  ) throws -> GitleaksConfig {
    for key in config.unknownKeys { remark(.note, "key \(key): is not known, and does nothing") }
    let extends = config.extends
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

  // MARK: Rules

  private mutating func add(_ rule: GitleaksConfig.Rule, of config: GitleaksConfig) {
    var differences: [String] = []
    do throws(GoExpression.Refusal) {
      let written = try self.written(rule, of: config, &differences)
      let name = "rule \(rule.id): "
      if differences.isEmpty {
        remark(.exact, name + "exact, as \(written.id)")
      } else {
        remark(
          .approximated,
          name + "approximated, as \(written.id): " + differences.joined(separator: "; "))
      }
      writer.add(written)
      ids[rule.id] = written.id
    } catch { remark(.refused, "rule \(rule.id): refused: \(error.reason)") }
  }

  private func refuse(_ reason: String) -> GoExpression.Refusal { .init(reason: reason) }

  private func written(
    _ rule: GitleaksConfig.Rule, of config: GitleaksConfig, _ differences: inout [String]
  ) throws(GoExpression.Refusal) -> RuleWriter.Rule {
    guard !rule.id.isEmpty else { throw refuse("has no id") }
    guard ids[rule.id] == nil else { throw refuse("its id is used twice") }
    if rule.isNotReported { throw refuse("is never reported by itself (skipReport)") }
    guard let regex = rule.regex, !regex.isEmpty else {
      throw refuse(
        rule.path == nil
          ? config.extends.usesDefault
            ? "has no regex: it changes a rule of gitleaks' own, which Weir has not"
            : "has no regex"
          : "has a path and no regex: it reports files by their names, and Weir what is in them")
    }
    if let entropy = rule.entropy, !(0...8).contains(entropy) {
      throw refuse("asks for an entropy of \(entropy) bits a byte; there are 0 to 8")
    }
    let expression = try GoExpression(regex, of: .lines)
    differences += expression.remarks
    let groups = expression.groupCount
    let group = rule.secretGroup ?? 0
    guard (0...groups).contains(group) else {
      throw refuse("secretGroup \(group): the expression has \(groups) groups")
    }
    var path: String?
    if let text = rule.path {
      do throws(GoExpression.Refusal) { path = try GoExpression(text, of: .text).pattern } catch {
        throw refuse("path \(error.reason)")
      }
    }
    let keywords = rule.keywords.filter { !$0.isEmpty }
    if !keywords.isEmpty, !expression.needsOne(of: keywords) {
      differences.append("its keywords are looked for in the line, not in the whole file")
    }
    if rule.requiresOthers {
      differences.append("is reported also where what it requires is not near")
    }
    for key in rule.unknownKeys { differences.append("key \(key) is not known, and does nothing") }
    var allows: [RegexRuleAllow] = []
    for list in rule.allowlists {
      var said: [String] = []
      if let allow = allowance(list, say: { said.append($0) }) { allows.append(allow) }
      differences += said.map { "allow-list: \($0)" }
    }
    return RuleWriter.Rule(
      id: newID(of: rule.id), title: rule.description.isEmpty ? rule.id : rule.description,
      regex: expression.pattern,
      secretGroup: group > 0 ? "\(group)" : groups > 0 ? "\"first\"" : nil,
      entropy: rule.entropy.flatMap { $0 == 0 ? nil : $0 }, keywords: keywords, path: path,
      tags: rule.tags, allows: allows)
  }

  // MARK: Allow-lists

  /// The rules of a global list that are here; none for one that is for all.
  private mutating func targets(of list: GitleaksConfig.Allowlist) -> [String] {
    list.targetRules.compactMap { id in
      if let new = ids[id] { return new }
      remark(.note, "allow-list for \(id): no such rule is here")
      return nil
    }
  }

  private func allowance(
    _ list: GitleaksConfig.Allowlist, say: (String) -> Void
  ) -> RegexRuleAllow? {
    var allow = RegexRuleAllow(
      target: list.regexTarget, stopwords: list.stopwords.filter { !$0.isEmpty },
      commits: list.commits, needsAll: list.needsAll)
    func translated(_ texts: [String], _ key: String) -> [String] {
      texts.compactMap { text in
        do throws(GoExpression.Refusal) { return try GoExpression(text, of: .text).pattern } catch {
          say("\(key) \(text) is left out: \(error.reason)")
          return nil
        }
      }
    }
    allow.regexes = translated(list.regexes, "regex")
    allow.paths = translated(list.paths, "path")
    for key in list.unknownKeys { say("key \(key) is not known, and does nothing") }
    let isCut =
      list.needsAll
      && (allow.regexes.isEmpty != list.regexes.isEmpty
        || allow.paths.isEmpty != list.paths.isEmpty)
    if isCut {
      say("asks for all of several things, of which one is left out, and so allows nothing")
      return nil
    }
    if allow.isEmpty {
      say("allows nothing")
      return nil
    }
    return allow
  }

  // MARK: Ids

  private static let provider = "gitleaks"
  private static let mostIDBytes = 32

  /// `gitleaks.noun`, at most 32 bytes: of a longer one the beginning, and a number made of all of it.
  private func newID(of id: String) -> String {
    let plain = Set("abcdefghijklmnopqrstuvwxyz0123456789")
    let noun = id.lowercased().map { plain.contains($0) ? $0 : "-" }
      .split(separator: "-").map { String($0) }.joined(separator: "-")
    let most = Self.mostIDBytes - Self.provider.count - 1
    var result = noun
    if noun.isEmpty || noun.count > most || ids.values.contains("\(Self.provider).\(noun)") {
      var hash: UInt32 = 2_166_136_261
      for byte in id.utf8 { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
      let digits = String(hash & 0xFFFF | 0x10000, radix: 16).dropFirst()
      result = noun.prefix(most - 5) + "-" + digits
    }
    return "\(Self.provider).\(result)"
  }
}
