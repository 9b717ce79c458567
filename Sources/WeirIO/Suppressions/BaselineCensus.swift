public import WeirCore

/// Counts findings for a baseline.
public final class BaselineCensus {
  private let catalogue: Catalogue
  private let here = NamedPlace.here
  public private(set) var counts: Baseline.Counts = [:]
  private var path = Path("")
  private var appearance: Appearance?
  private var place: NamedPlace?
  private var seen: Baseline.Counts = [:]

  public init(of catalogue: Catalogue) { self.catalogue = catalogue }

  fileprivate func begin(_ path: Path, _ appearance: Appearance?) {
    self.path = path
    self.appearance = appearance
    place = nil
    seen = [:]
  }

  fileprivate func add(_ finding: Finding) {
    guard let digest = finding.readings.last else { return }
    let place = self.place ?? NamedPlace(path, appearance, here: here)
    self.place = place
    let entry = Baseline.Entry(
      path: place.text, rule: catalogue.ruleID(finding.rule), hash: Hex.text(of: digest))
    seen[entry, default: 0] += 1
    // A path of a history is many inputs.
    counts[entry] = max(counts[entry] ?? 0, seen[entry, default: 0])
  }
}

/// A report that says nothing, and has a census count what comes. The last reading of each finding is the baseline's.
public struct CensusFormat: FindingFormat {
  private let census: BaselineCensus

  public init(_ census: BaselineCensus) { self.census = census }

  public mutating func begin(_ path: Path, _ appearance: Appearance?) {
    census.begin(path, appearance)
  }

  public mutating func append(_ finding: Finding, in line: LineExcerpt?, to text: inout [UInt8]) {
    census.add(finding)
  }
}
