import Testing
import Trials

/// Cuts each of the vectors in two, at every place or at every so many'th, and expects of a scan of both pieces what one of the whole gives.
///
/// - Parameters:
///   - step: from one place to the next, and of vectors past 2,500 bytes, of which every place would take minutes. Each vector begins at another one.
///   - scanInTwo: with the policy of `SeamTests`.
func expectEverySplit(
  seed: UInt64, step: (short: Int, long: Int), sourceLocation: SourceLocation = #_sourceLocation,
  _ scanInTwo: ([ArraySlice<UInt8>]) throws -> ScanResult
) throws {
  for (index, vector) in Vectors.all(seed: seed).enumerated() {
    let whole = try scan(vector, policy: SeamTests.policy)
    let step = vector.count > 2500 ? step.long : step.short
    for place in stride(from: index % step, through: vector.count, by: step) {
      let cut = try scanInTwo([vector[..<place], vector[place...]])
      guard cut == whole else {
        Issue.record(
          "cut at \(place): \(cut.findings) not \(whole.findings) of \(shown(vector))",
          sourceLocation: sourceLocation)
        break
      }
    }
  }
}
