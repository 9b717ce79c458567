/// Finds any of some words in a value, in any case.
///
/// One look at most bytes: only where two stand with which a word begins are words compared.
struct PartFinder: Sendable {
  private let parts: [[UInt8]]
  /// For each first byte the words that begin with it.
  private let byFirst: [[Int]]
  private let seconds: [ByteSet]

  /// - Parameter words: in small letters, of two bytes or more.
  init(_ words: [String]) {
    parts = words.map { Array($0.utf8) }
    var byFirst = [[Int]](repeating: [], count: 256)
    var seconds = [ByteSet](repeating: ByteSet(), count: 256)
    for (index, part) in parts.enumerated() {
      byFirst[Int(part[0])].append(index)
      seconds[Int(part[0])].insert(part[1])
    }
    self.byFirst = byFirst
    self.seconds = seconds
  }

  func isAny(in value: UnsafeRawBufferPointer) -> Bool {
    guard value.count > 1 else { return false }
    for start in 0..<value.count - 1 {
      let first = Int(value[start].lowercased)
      if seconds[first].contains(value[start + 1].lowercased),
        byFirst[first].contains(where: { holds(parts[$0], at: start, of: value) })
      {
        return true
      }
    }
    return false
  }

  private func holds(_ part: [UInt8], at start: Int, of value: UnsafeRawBufferPointer) -> Bool {
    start + part.count <= value.count
      && part.indices.allSatisfy { value[start + $0].lowercased == part[$0] }
  }
}
