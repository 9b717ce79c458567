internal import WeirCore

/// What a thread reads and scans blobs with.
final class BlobScanner {
  private static let mostDeathsInARow = 8

  private var passages: Passages
  private let repository: Repository
  private let limits: ArchiveLimits?
  private var reader: BlobReader?
  private var outlet = Excerpts(noFindings)

  init(_ passages: Passages, _ repository: Repository, _ limits: ArchiveLimits?) {
    self.limits = limits
    self.passages = passages
    // Where a blob appeared is asked when it has findings.
    self.passages.isPlaceKnown = false
    self.repository = repository
  }

  func scan(_ blobs: [Blob]) -> BlobsAhead.Result {
    var result = BlobsAhead.Result()
    var rest = blobs[...]
    var deathsInARow = 0
    while !rest.isEmpty, result.end == nil {
      do throws(GitError) {
        let reader = try openReader()
        try reader.ask(for: rest)
        while let blob = rest.popFirst() {
          guard case .blob(let byteCount) = try reader.next() else {
            result.missingCount += 1
            continue
          }
          scan(blob, byteCount, with: reader, into: &result)
          try reader.skip()
          deathsInARow = 0
        }
      } catch {
        // Of a broken object git dies. Another one goes on behind it.
        reader = nil
        deathsInARow += 1
        if error.isFinal || deathsInARow == Self.mostDeathsInARow {
          result.end = error
        } else {
          result.failures.append(error)
        }
      }
    }
    return result
  }

  private static var noFindings: FirstFindings {
    FirstFindings(most: BlobsAhead.mostFindings, mostBytes: BlobsAhead.mostLineBytes)
  }

  private func openReader() throws(GitError) -> BlobReader {
    if let reader { return reader }
    let opened = try BlobReader(repository)
    reader = opened
    return opened
  }

  private func scan(
    _ blob: Blob, _ byteCount: UInt64, with reader: BlobReader, into result: inout BlobsAhead.Result
  ) {
    var source = Source(reader, path: reader.path, byteCount: byteCount)
    outlet.target = Self.noFindings
    let passage = passages.run(&source, into: &outlet)
    if let packed = passage.packed {
      if !unpack(source, packed, into: &result) { result.outcomes.append(.again(blob)) }
      return
    }
    let findings = outlet.target
    guard !findings.hasMore, !passages.askPlaces || findings.all.isEmpty else {
      result.outcomes.append(.again(blob))
      return
    }
    result.inputCount += 1
    result.receipt.add(passage.receipt)
    guard passage.failure != nil || !findings.all.isEmpty else { return }
    result.outcomes.append(
      BlobsAhead.Outcome(blob: blob, findings: findings.all, failure: passage.failure))
  }

  /// Looks into what is packed, until there is something to be told: that is told under the name that the blob has in the history.
  ///
  /// - Returns: false where there is.
  private func unpack(
    _ source: consuming Source, _ packed: Packed, into result: inout BlobsAhead.Result
  ) -> Bool {
    guard let limits else { return false }
    var (inputCount, receipt) = (0, Receipt())
    var unpacking = Unpacking(source, packed, limits: limits)
    while let outcome = unpacking.next(&passages, into: &outlet) {
      guard case .passed(let passage) = outcome, passage.failure == nil,
        outlet.target.all.isEmpty
      else { return false }
      inputCount += 1
      receipt.add(passage.receipt)
    }
    result.inputCount += inputCount
    result.receipt.add(receipt)
    result.archiveCounts.add(unpacking.counts)
    return true
  }
}

extension BlobsAhead.Outcome {
  fileprivate static func again(_ blob: Blob) -> Self {
    Self(blob: blob, findings: nil, failure: nil)
  }
}
