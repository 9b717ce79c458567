internal import CSieve
internal import Hyperscan

/// The ways to find where signatures end; a scan takes the fastest. They say the same.
package enum SearchWay: Sendable {
  case hyperscan
  /// Only where `sieve_is_fast`.
  case sieve
  /// The same on any processor: for tests.
  case plainSieve

  static let fastest: Self = sieve_is_fast() ? .sieve : .hyperscan

  /// Those that this processor knows.
  package static var all: [Self] {
    fastest == .sieve ? [.hyperscan, .sieve, .plainSieve] : [.hyperscan, .plainSieve]
  }
}

package struct SignatureEnd: Hashable, Sendable {
  package let signature: Int
  /// One past the last byte.
  package let end: Int
}

extension Catalogue {
  /// Each of its signatures has bytes that a sieve can ask for; without, Hyperscan searches everywhere.
  package var hasSieve: Bool { !sieve.isEmpty }

  /// The ends of signatures behind the first `knownBytes` of a text, in the order of a scan.
  ///
  /// - Parameter most: how many there is room for.
  /// - Returns: nil when there are more.
  package func signatureEnds(
    in text: UnsafeRawBufferPointer, behind knownBytes: Int = 0, most: Int = 1 << 16,
    by way: SearchWay
  ) throws(ScanError) -> [SignatureEnd]? {
    let matches = MatchBuffer(capacity: most)
    let search = try SignatureSearch(for: self, by: way)
    let isComplete: Bool
    do {
      isComplete = try search.search(
        text, knownBytes: knownBytes, catalogue: self, into: matches)
    } catch { throw .hyperscan(error) }
    guard isComplete else { return nil }
    var ends: [SignatureEnd] = []
    for index in 0..<matches.count {
      let signature = Int(matches[index].signature)
      if tables.signatures[signature].kind == .ballast { continue }
      ends.append(SignatureEnd(signature: signature, end: Int(matches[index].end)))
    }
    return ends
  }
}
