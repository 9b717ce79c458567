/// The words of context rules in the text before a value: which rules they speak for.
///
/// Bound: a byte begins a word at most once, save those of the last word before a value, and a word has at most `mostBytes`. Nothing is read but near values that
/// stand behind a name and could be a secret.
struct NameWords {
  /// No word of a rule is longer.
  static let mostBytes = 48
  /// What parts a name.
  static let separators = ByteSet(" _-.")
  /// A word of fewer bytes ends where a word ends.
  static let firmBytes = 5

  private struct Found {
    let start: UInt64
    let end: UInt64
    let node: UInt16
  }

  private let tables: Tables
  /// In the order in which they begin; of those that lead to one node the last.
  private var found: [Found] = []
  /// All words that begin below are found, as far as they begin behind `floor`: on the line of the last value.
  private var scanned: UInt64 = 0
  private var floor: UInt64 = 0
  /// No escape that begins before `scanned` ends behind this.
  private var escapeReach: UInt64 = 0

  init(tables: Tables) {
    self.tables = tables
    if !tables.nameNodes.isEmpty { found.reserveCapacity(32) }
  }

  /// Calls `body` with every context rule that has a word before `offset`, near enough; perhaps more than once.
  ///
  /// - Parameter floor: no word begins before it. Values come in ascending order, and so do their floors.
  mutating func forEachRule(
    before offset: UInt64, from floor: UInt64, in view: View, _ body: (UInt16) -> Void
  ) {
    follow(to: offset, from: floor, in: view)
    for word in found {
      let node = tables.nameNodes[Int(word.node)]
      for place in node.firstTarget..<node.firstTarget + node.targetCount {
        let rule = tables.nameTargets[Int(place)]
        if offset - word.end < UInt64(tables.named[Int(rule)].withinBytes) { body(rule) }
      }
    }
  }

  /// Finds the words that end at or before `offset`.
  private mutating func follow(to offset: UInt64, from least: UInt64, in view: View) {
    let reach = UInt64(tables.nameWithinBytes + tables.nameLongestBytes)
    let lowest = max(least, view.start, offset > reach ? offset - reach : 0)
    if lowest > floor { begin(from: lowest) }
    let unread = max(scanned, floor)
    while let last = found.last, last.start >= unread { found.removeLast() }
    if let lineStart = view.lineStart(before: offset, from: unread) { begin(from: lineStart) }
    let next = max(unread, floor)
    // From the first word that may go on behind `offset`, the next call begins again.
    var unsettled: UInt64?
    guard next < offset else {
      scanned = offset
      escapeReach = offset + UInt64(Escape.mostBytes)
      return
    }
    // Counted from `view.start`.
    let bytes = view.pointer(to: next, below: offset) - Int(next - view.start)
    let first = Int(next - view.start)
    let end = Int(offset - view.start)
    let codes = tables.nameCodes
    let starts = tables.nameStarts
    // Up to here an escape may end; behind bytes that were not read it is not known.
    var escapeEnd =
      next == scanned ? Int(max(escapeReach, next) - view.start) : first + Escape.mostBytes
    var code = codes[Int(bytes[first])]
    for place in first..<end {
      let isLast = place + 1 == end
      let following = isLast ? NameStarts.end : codes[Int(bytes[place + 1])]
      if code <= NameStarts.noCode {
        // Two bytes refuse most of a text. Where the second is not there yet, the first says whether there may be a word.
        let node = starts[Int(code) << NameStarts.codeBits | Int(following & NameStarts.noCode)]
        if node != 0,
          Self.mayBegin(
            at: view.start + UInt64(place), isNearEscape: place <= escapeEnd,
            in: view),
          !walk(
            from: view.start + UInt64(place), behind: node,
            at: view.start + UInt64(place + (isLast ? 1 : 2)), to: offset, in: view)
        {
          unsettled = unsettled ?? view.start + UInt64(place)
        }
      } else {
        escapeEnd = max(escapeEnd, place + NameStarts.escapeReach(from: bytes[place]))
      }
      code = following
    }
    scanned = unsettled ?? offset
    escapeReach = view.start + UInt64(escapeEnd)
  }

  /// No word is one that begins before `least`.
  private mutating func begin(from least: UInt64) {
    floor = least
    let first = found.firstIndex { $0.start >= least } ?? found.count
    if first > 0 { found.removeFirst(first) }
  }

  /// Notes the words that begin at `start`.
  ///
  /// - Parameters:
  ///   - node: where the bytes before `place` lead.
  /// - Returns: false when a longer one may end behind `offset`.
  private mutating func walk(
    from start: UInt64, behind node: UInt16, at place: UInt64, to offset: UInt64, in view: View
  ) -> Bool {
    var index = node
    var place = place
    while true {
      let node = tables.nameNodes[Int(index)]
      if node.targetCount > 0, Self.mayEnd(at: place, from: start, in: view) {
        note(Found(start: start, end: place, node: index))
      }
      guard place < offset else { return node.children == 0 }
      let code = tables.nameCodes[Int(view[place])] & NameStarts.noCode
      guard let next = node.child(UInt64(code)) else { return true }
      index = next
      place += 1
    }
  }

  /// Of a word that stands again the nearer says all that the farther does: so a value asks for no more words than there are, however long its line.
  private mutating func note(_ word: Found) {
    if let old = found.lastIndex(where: { $0.node == word.node }) {
      if old == found.count - 1 {
        found[old] = word
        return
      }
      found.remove(at: old)
    }
    found.append(word)
  }

  /// A word, or a part of one in camel case, may begin here.
  private static func mayBegin(at place: UInt64, isNearEscape: Bool, in view: View) -> Bool {
    guard place > view.start else { return view.isInputStart(place) }
    let before = view[place - 1]
    if before == UInt8(ascii: "*") { return !view.hasSuffix(MaskText.stars, at: place) }
    if !before.isLetterOrDigit { return true }
    if isUpper(view[place]) && !isUpper(before) { return true }
    return isNearEscape && Edge.endsEscape(place, in: view)
  }

  /// A short word is no beginning of a longer one.
  private static func mayEnd(at end: UInt64, from start: UInt64, in view: View) -> Bool {
    guard end - start < UInt64(firmBytes), end < view.end else { return true }
    let next = view[end]
    if next == UInt8(ascii: "*") {
      let behind = end + UInt64(MaskText.stars.count)
      return behind > view.end || !view.hasSuffix(MaskText.stars, at: behind)
    }
    return !isLower(next) && !(isUpper(next) && isUpper(view[end - 1]))
  }

  private static func isUpper(_ byte: UInt8) -> Bool { byte >= 0x41 && byte <= 0x5A }
  private static func isLower(_ byte: UInt8) -> Bool { byte >= 0x61 && byte <= 0x7A }
}
