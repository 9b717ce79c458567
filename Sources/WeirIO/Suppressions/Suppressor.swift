public import WeirCore

/// A finding, and where it is.
public struct Sighting {
  let finding: Finding
  let catalogue: Catalogue
  let place: NamedPlace
  let line: LineExcerpt

  /// The id of its rule.
  var rule: String { catalogue.ruleID(finding.rule) }

  /// What other programs call its rule.
  var aliases: [String] { catalogue.aliases(ofRule: finding.rule) }
}

/// One of the reasons to let findings be. Asked about a finding when no reason before it holds.
public protocol Suppressor: Sendable {
  var cause: SuppressionCause { get }

  /// What reads each secret for it.
  var readers: [SecretReaderMaker] { get }

  /// The sightings that come are of another input.
  mutating func beginInput()

  /// - Parameter readings: what its readers made of the secret.
  mutating func letsBe(_ sighting: Sighting, readings: ArraySlice<[UInt8]>) -> Bool
}

extension Suppressor {
  public var readers: [SecretReaderMaker] { [] }
  public mutating func beginInput() {}
}
