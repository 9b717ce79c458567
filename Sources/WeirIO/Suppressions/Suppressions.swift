internal import Glibc
public import WeirCore

/// What stands between findings and reports: asks each reason in turn whether a finding is to be let be, and counts by reason.
///
/// Findings of standard input, pipes and devices are never let be: whoever writes into a stream must not be able to switch Weir off.
public struct Suppressions {
  private let catalogue: Catalogue
  private let here = NamedPlace.here
  private var suppressors: [any Suppressor]
  public private(set) var counts = SuppressionCounts()
  private var path = Path("")
  private var appearance: Appearance?
  /// Made when the first finding comes, for most inputs have none.
  private var place: NamedPlace?

  /// - Parameter suppressors: in the order in which they are asked.
  public init(_ suppressors: [any Suppressor], catalogue: Catalogue) {
    self.suppressors = suppressors
    self.catalogue = catalogue
  }

  /// What has to read each secret, in the order of the readings.
  public var readers: [SecretReaderMaker] { suppressors.flatMap(\.readers) }

  /// The findings that come are of this input.
  mutating func begin(_ path: Path, _ appearance: Appearance?) {
    self.path = path
    self.appearance = appearance
    place = nil
  }

  /// Whether a finding is not to be reported. It is counted then.
  mutating func letsBe(_ finding: Finding, in line: LineExcerpt) -> Bool {
    if suppressors.isEmpty { return false }
    if place == nil {
      place = NamedPlace(path, appearance, here: here)
      for index in suppressors.indices { suppressors[index].beginInput() }
    }
    let sighting = Sighting(finding: finding, catalogue: catalogue, place: place!, line: line)
    var rest = finding.readings[...]
    for index in suppressors.indices {
      let readings = rest.prefix(suppressors[index].readers.count)
      rest = rest.dropFirst(readings.count)
      guard suppressors[index].letsBe(sighting, readings: readings) else { continue }
      if sighting.place.isStream { return false }
      counts.add(suppressors[index].cause)
      return true
    }
    return false
  }
}
