/// The names that somebody may have meant who wrote another.
enum NearNames {
  private static let mostNames = 3

  /// At most three, the nearest first: a third of the letters may differ, and none is much further
  /// away than the nearest.
  static func of(_ word: String, among names: some Sequence<String>) -> [String] {
    let word = Array(word.lowercased().utf8)
    let near = names.compactMap { name -> (edits: Int, name: String)? in
      let letters = Array(name.lowercased().utf8)
      let most = max(max(word.count, letters.count) / 3, 1)
      // Whatever was written, only what is about as long as a name is compared with it.
      guard abs(word.count - letters.count) <= most else { return nil }
      let edits = edits(from: word, to: letters)
      return edits <= most ? (edits, name) : nil
    }.sorted { $0 < $1 }
    return near.prefix(mostNames).filter { $0.edits <= near[0].edits + 1 }.map(\.name)
  }

  /// How many letters are to be put in, taken out, changed, or swapped with the next.
  private static func edits(from a: [UInt8], to b: [UInt8]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...b.count)
    for row in a.indices {
      var next = [row + 1]
      for column in b.indices {
        var edits = min(
          last[column] + (a[row] == b[column] ? 0 : 1), last[column + 1] + 1, next[column] + 1)
        if row > 0, column > 0, a[row] == b[column - 1], a[row - 1] == b[column] {
          edits = min(edits, beforeLast[column - 1] + 1)
        }
        next.append(edits)
      }
      (beforeLast, last) = (last, next)
    }
    return last[b.count]
  }
}
