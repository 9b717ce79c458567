internal import CSieve
internal import Hyperscan

/// The ways to find where signatures end; a scan takes the fastest. They say the same, which is what this is for.
package enum SearchWay: CaseIterable, Sendable {
  case hyperscan
  case sieve
  /// Without the instructions of some processors.
  case plainSieve
}

package struct SignatureEnd: Hashable, Sendable {
  package let signature: Int
  /// One past the last byte.
  package let end: Int
}

extension Catalogue {
  /// The ends of signatures behind the first `knownBytes` of a text, in the order of a scan.
  ///
  /// - Parameter most: how many there is room for.
  /// - Returns: nil when there are more.
  package func signatureEnds(
    in text: UnsafeRawBufferPointer, behind knownBytes: Int = 0, most: Int = 1 << 16,
    by way: SearchWay
  ) throws(ScanError) -> [SignatureEnd]? {
    let matches = MatchBuffer(capacity: most)
    let isComplete: Bool
    if way == .hyperscan {
      do {
        isComplete = try database.scan(
          text, knownBytes: knownBytes, scratch: Scratch(for: database), into: matches)
      } catch { throw .hyperscan(error) }
    } else {
      let few = UnsafeMutablePointer<UInt16>.allocate(capacity: Int(SIEVE_PIECE_BYTES))
      defer { few.deallocate() }
      isComplete = sieve.search(
        text, firstEnd: knownBytes + 1, isFast: way == .sieve && Sieve.isFast, few: few,
        into: matches)
    }
    guard isComplete else { return nil }
    matches.sort()
    var ends: [SignatureEnd] = []
    for index in 0..<matches.count {
      let signature = Int(matches[index].signature)
      if tables.signatures[signature].kind == .ballast { continue }
      ends.append(SignatureEnd(signature: signature, end: Int(matches[index].end)))
    }
    return ends
  }
}
