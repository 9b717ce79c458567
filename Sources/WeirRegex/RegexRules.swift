internal import Hyperscan
public import WeirCore

/// The rules of a catalogue that are regular expressions, compiled: found by Hyperscan with more than they say, confirmed by PCRE2.
///
/// Each line costs one search for all of them; a rule is run on a line where Hyperscan and its keywords say that it may match.
public final class RegexRules: LineRules {
  let rules: [RegexRule]
  let database: Database
  /// What an expression of the database stands for.
  let signatures: [Signature]
  let mostGroups: Int
  /// Some rule asks where an input comes from.
  public let askPlaces: Bool
  private let ordinals: [Int: Int]
  /// What a person should know of them: a rule for which Hyperscan is no help, a line each.
  public let notes: [String]

  enum Signature: Sendable {
    case expression(rule: Int)
    case keyword(rule: Int)
    case ballast
  }

  /// - Parameter definitions: all rules, in the order of the catalogue.
  public init(_ definitions: [RuleDefinition]) throws(CatalogueError) {
    var rules: [RegexRule] = []
    var ordinals: [Int: Int] = [:]
    for (index, definition) in definitions.enumerated() {
      guard let regex = definition.regex else { continue }
      ordinals[index] = rules.count
      do { rules.append(try RegexRule(regex, at: index)) } catch {
        throw .rule(definition.id, reason: error.description)
      }
    }
    var prefilter = LinePrefilter(rules)
    do { database = try prefilter.compile() } catch { throw .hyperscan(error) }
    for (rule, reason) in prefilter.refused {
      rules[rule].isPrefiltered = false
      rules[rule].refusal = reason
    }
    self.rules = rules
    self.ordinals = ordinals
    askPlaces = rules.contains(where: \.asksPlace)
    signatures = prefilter.signatures
    mostGroups = rules.reduce(0) { max($0, $1.mostGroups) }
    notes = rules.compactMap { rule in
      rule.refusal.map {
        let place = rule.keywords.isEmpty ? "every line" : "every line with one of its keywords"
        return "rule \(definitions[rule.index].id): is run on \(place): \($0)"
      }
    }
  }

  public func search(
    where isReported: (Int) -> Bool
  ) throws(ScanError) -> (any LineSearch)? {
    let isAsked = rules.map { isReported($0.index) }
    guard isAsked.contains(true) else { return nil }
    return try RegexSearch(self, isAsked: isAsked)
  }

  public func text(ofRule rule: Int) -> String? {
    ordinals[rule].map { rules[$0].pattern.text }
  }
}
