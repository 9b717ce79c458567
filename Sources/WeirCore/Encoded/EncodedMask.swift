extension Edge {
  /// The characters of so many bytes behind an encoded form may tell whether it ends there: of a
  /// mask that is encoded itself, and some.
  private static let mostEdgeBytes: UInt64 = 14

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
    for distance in 0...mostEdgeBytes * byteWidth(of: grid) {
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
    // between. What is left of a byte may stand between.
    if view.hasSuffix(MaskText.stars, at: first) { return true }
    if first < offset, view.hasSuffix(MaskText.stars, at: first + 1) { return true }
    var place = first
    while first - place < byteWidth(of: grid) - 1, place > view.start,
      grid.mayContinue(view[place - 1], at: 0)
    {
      place -= 1
      if view.hasSuffix(MaskText.stars, at: place) { return true }
    }
    return false
  }

  private static func byteWidth(of grid: Grid) -> UInt64 { grid.coding?.byteWidth ?? 1 }
}
