public import WeirCore

/// What may be there, each for a reason that somebody wrote down.
public struct AllowList: Suppressor {
  /// Why an entry says nothing that can hold.
  public enum Mistake: Error, CustomStringConvertible {
    case path(GlobError)
    case rule(String)

    public var description: String {
      switch self {
      case .path(let error): "paths: \(error)"
      case .rule(let name): "rules: there is no rule \(name); `weir rules list` names all"
      }
    }
  }

  /// Findings that all of its conditions hold for.
  public struct Entry: Sendable {
    private let paths: PathPatterns?
    private let rules: RuleSet?
    fileprivate let digests: Set<[UInt8]>?

    /// - Parameters:
    ///   - paths: patterns of ignore files; empty for all paths.
    ///   - rules: ids, or `aws.*` for all of a provider; empty for all rules.
    ///   - digests: SHA-256 digests of secrets; empty for all secrets.
    public init(
      paths: [String], rules: [String], digests: [[UInt8]], of catalogue: Catalogue
    ) throws(Mistake) {
      do throws(GlobError) { self.paths = paths.isEmpty ? nil : try PathPatterns(paths) } catch {
        throw .path(error)
      }
      self.rules = rules.isEmpty ? nil : try Self.rules(rules, of: catalogue)
      self.digests = digests.isEmpty ? nil : Set(digests)
    }

    private static func rules(
      _ names: [String], of catalogue: Catalogue
    ) throws(Mistake) -> RuleSet {
      var choice = RuleChoice(of: catalogue.rules)
      do throws(RuleChoice.Unknown) { try choice.keep(ids: names) } catch {
        switch error {
        case .pack(let name), .rule(let name): throw .rule(name)
        }
      }
      return RuleSet(choice.indices)
    }

    fileprivate func allows(_ sighting: Sighting, digest: [UInt8]?) -> Bool {
      (rules?.contains(sighting.finding.rule) ?? true)
        && (digests.map { digest.map($0.contains) ?? false } ?? true)
        && (paths?.contains(sighting.place.name) ?? true)
    }
  }

  private let entries: [Entry]
  public let cause = SuppressionCause.allowList
  public let readers: [SecretReaderMaker]

  public init(_ entries: [Entry]) {
    self.entries = entries
    readers = entries.contains { $0.digests != nil } ? [{ PlainDigest() }] : []
  }

  public func letsBe(_ sighting: Sighting, readings: ArraySlice<[UInt8]>) -> Bool {
    entries.contains { $0.allows(sighting, digest: readings.first) }
  }
}
