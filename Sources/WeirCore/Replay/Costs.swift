/// What looking for something came to in a text: counts, never times.
package struct Costs: Equatable, Sendable {
  /// Signatures that Hyperscan reported.
  package var hits: UInt64 = 0
  /// Candidates that were opened: forms that the dry run and the edges did not refuse.
  package var candidates: UInt64 = 0
  /// Bytes that matchers and the search for words read. What a run has read once it does not read again.
  package var bytes: UInt64 = 0
  /// Findings that are reported.
  package var findings: UInt64 = 0

  package init() {}

  /// One number to put rows in order by, in bytes read: on one core a hit took about as long as four of them, a candidate as sixteen.
  package var weight: UInt64 { bytes + 4 * hits + 16 * candidates }

  static func += (sum: inout Costs, other: Costs) {
    sum.hits += other.hits
    sum.candidates += other.candidates
    sum.bytes += other.bytes
    sum.findings += other.findings
  }
}

/// Whose costs they are.
package enum CostCentre: Hashable, Sendable {
  /// A rule, by its place in the catalogue, with the hits of its anchors and cues. A signature that several rules share counts for each.
  case rule(Int)
  /// A word that arms rules, by its place among `Meter.cues`: candidates and bytes are of what it armed last.
  case cue(Int)
  /// The ends of credentials' names, the values behind them, and the words before these: for all context rules together.
  case names
  /// The walk over the bytes behind cues, names and pairs, for all of them at once.
  case zones
  /// Heads of masks, and the two bytes that make Hyperscan fast.
  case upkeep
}

/// A count for each MB, in tenths: `31.2`. No floating point, so that it reads the same everywhere.
package struct PerMB: Equatable, Sendable {
  package let tenths: UInt64

  /// Rounded to the nearest tenth.
  package init(_ count: UInt64, of byteCount: UInt64) {
    tenths = byteCount == 0 ? 0 : (count * 10_000_000 + byteCount / 2) / byteCount
  }

  package init(tenths: UInt64) { self.tenths = tenths }

  package var text: String { "\(tenths / 10).\(tenths % 10)" }
}
