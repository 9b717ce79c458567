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
  private var found: [Found] = []
  /// All words that begin below are found, as far as they begin behind `floor`.
  private var scanned: UInt64 = 0
  private var floor: UInt64 = 0

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
    if lowest > floor {
      floor = lowest
      found.removeAll { $0.start < lowest }
    }
    var next = max(scanned, floor)
    found.removeAll { $0.start >= next }
    // From the first word that may go on behind `offset`, the next call begins again.
    var unsettled: UInt64?
    guard next < offset else {
      scanned = offset
      return
    }
    let bytes = view.pointer(to: next, below: offset) - Int(next - view.start)
    func byte(at place: UInt64) -> UInt8 { bytes[Int(place - view.start)] }
    var before = next > view.start ? byte(at: next - 1) : 0
    // An escape may end where a byte that begins one is so near; at first it is not known.
    var escape = next
    while next < offset {
      let byte = byte(at: next)
      if Self.isPart(byte) {
        let mayBegin =
          !Self.isPart(before) || Self.isUpper(byte) && !Self.isUpper(before)
          || next - escape <= Self.longestEscapeBytes
        // Most of a text is refused by two bytes; where the second is not there yet, by one.
        if mayBegin,
          tables.beginsName(byte, next + 1 < offset ? bytes[Int(next + 1 - view.start)] : nil),
          Self.mayBegin(at: next, in: view), !walk(from: next, to: offset, in: view)
        {
          unsettled = unsettled ?? next
        }
      } else if byte == 0x0A {
        found.removeAll(keepingCapacity: true)
        floor = next + 1
        unsettled = nil
      } else if Self.beginsEscape(byte) {
        escape = next
      }
      before = byte
      next += 1
    }
    scanned = unsettled ?? offset
  }

  /// Notes the words that begin here.
  ///
  /// - Returns: false when a longer one may end behind `offset`.
  private mutating func walk(from start: UInt64, to offset: UInt64, in view: View) -> Bool {
    var node = tables.nameNodes[0]
    var place = start
    while place < offset {
      guard let next = node.child(NameTree.code(view[place])) else { return true }
      place += 1
      node = tables.nameNodes[Int(next)]
      if node.targetCount > 0, Self.mayEnd(at: place, from: start, in: view) {
        found.append(Found(start: start, end: place, node: next))
      }
    }
    return node.children == 0
  }

  /// A word, or a part of one in camel case, may begin here.
  private static func mayBegin(at place: UInt64, in view: View) -> Bool {
    guard place > view.start else { return place == 0 }
    let before = view[place - 1]
    if before == UInt8(ascii: "*") { return !view.hasSuffix(MaskText.stars, at: place) }
    if !isPart(before) { return true }
    if isUpper(view[place]), !isUpper(before) { return true }
    return Edge.endsEscape(place, in: view)
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

  /// `ESC [`, twelve digits, `m`.
  private static let longestEscapeBytes: UInt64 = 15

  /// What an escape begins with that ends in a letter or digit (`Edge.escapeBytes`).
  private static func beginsEscape(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "\\") || byte == UInt8(ascii: "%") || byte == UInt8(ascii: "=")
      || byte == 0x1B
  }

  private static func isUpper(_ byte: UInt8) -> Bool { byte >= 0x41 && byte <= 0x5A }
  private static func isLower(_ byte: UInt8) -> Bool { byte >= 0x61 && byte <= 0x7A }
  private static func isPart(_ byte: UInt8) -> Bool {
    byte.isAmong(low: 0x03FF_0000_0000_0000, high: 0x07FF_FFFE_07FF_FFFE)
  }
}
