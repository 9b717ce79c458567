extension Edge {
  /// So many characters behind an encoded form may tell whether it ends there: two for each byte of
  /// a mask that is encoded itself, and some.
  private static let mostEdgeCharacters: UInt64 = 28

  /// A mask begins in the text of an encoded form, or where that goes on behind it: what it took
  /// the place of was part of the form, or its edge.
  static func isMask(inOrBehind text: Range<UInt64>, of grid: Grid, view: View) -> Answer {
    var answer = Answer.no
    func note(_ other: Answer) -> Bool {
      if other == .needsMore { answer = .needsMore }
      return other == .yes
    }
    for place in text where view[place] == MaskText.head[0] {
      if note(matches(MaskText.head, at: place, in: view)) { return .yes }
    }
    for distance in 0...mostEdgeCharacters {
      let place = text.upperBound + distance
      if note(matches(MaskText.head, at: place, in: view))
        || note(matches(MaskText.stars, at: place, in: view))
      {
        return .yes
      }
      guard place < view.end, grid.mayContinue(view[place], at: distance) else { break }
    }
    return answer
  }

  /// A mask ends in the text of a run from `first` to `offset`, or right before it: it took the
  /// place of what stood there.
  static func isMask(
    inOrBefore first: UInt64, to offset: UInt64, of grid: Grid, tail: inout MaskTail, view: View
  ) -> Bool {
    let maskEnd = tail.floor(before: offset, in: view)
    if maskEnd > 0, maskEnd >= first { return true }
    // Further inside a run no eight stars stand in a row: they are in no alphabet, or have NULs
    // between. One character may stand between that is half a byte.
    if view.hasSuffix(MaskText.stars, at: first) { return true }
    if first < offset, view.hasSuffix(MaskText.stars, at: first + 1) { return true }
    return first > view.start && grid.mayContinue(view[first - 1], at: 0)
      && view.hasSuffix(MaskText.stars, at: first - 1)
  }
}
