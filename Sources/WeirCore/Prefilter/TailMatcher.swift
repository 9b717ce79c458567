/// Finds how much of the end of what has come some signature could still complete: those bytes must wait.
struct TailMatcher: Sendable {
  private struct Prefix {
    var first: Int
    var count: Int
    var needsLeftEdge: Bool
    /// The place where the fewest bytes may stand: most text is refused by it.
    var telling: Int
  }

  /// For each byte the signatures that may begin with it.
  private struct PrefixLists {
    private var all: [Prefix] = []
    private var starts = [0]

    init(_ lists: [[Prefix]]) {
      all.reserveCapacity(lists.reduce(0) { $0 + $1.count })
      starts.reserveCapacity(lists.count + 1)
      for list in lists {
        all += list
        starts.append(all.count)
      }
    }

    func range(of byte: UInt8) -> Range<Int> { starts[Int(byte)]..<starts[Int(byte) + 1] }

    subscript(index: Int) -> Prefix { all[index] }
  }

  /// The first three bytes of signatures, each combination hashed to a bit: most offsets are refused by it.
  private struct Beginnings {
    /// Of all combinations of a catalogue of 1,700 rules it holds a tenth.
    private static let bitCount = 18
    private var words = [UInt64](repeating: 0, count: 1 << (bitCount - 6))

    private static func hash(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> Int {
      let bytes = UInt32(first) | UInt32(second) << 8 | UInt32(third) << 16
      return Int((bytes &* 0x9E37_79B1) >> UInt32(32 - bitCount))
    }

    mutating func insert(_ first: UInt8, _ second: UInt8, _ third: UInt8) {
      let hash = Self.hash(first, second, third)
      words[hash >> 6] |= 1 << UInt64(hash & 63)
    }

    func mayHold(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> Bool {
      let hash = Self.hash(first, second, third)
      return words[hash >> 6] >> UInt64(hash & 63) & 1 == 1
    }
  }

  /// More combinations than these of its first three bytes would fill the table.
  private static let mostCombinations = 1 << 11

  /// The signatures that may begin with each byte, and how they begin; the longest first.
  private let prefixes: PrefixLists
  private let beginnings: Beginnings
  /// Those that have too many combinations: a few that begin with bytes of a class.
  private let widePrefixes: PrefixLists
  private let widestBytes: Int

  init(tables: Tables) {
    widestBytes = tables.widestBytes
    var prefixes = [[Prefix]](repeating: [], count: 256)
    var beginnings = Beginnings()
    var widePrefixes = prefixes
    for record in tables.prefixes.sorted(by: { $1.placeCount < $0.placeCount }) {
      let first = Int(record.firstPlace)
      let count = Int(record.placeCount)
      let bytes = tables.byteSet(tables.places[first])
      var prefix = Prefix(
        first: first, count: count,
        needsLeftEdge: !record.isEncoded && !bytes.isDisjoint(with: .word), telling: 0)
      var fewest = Int.max
      var combinations = 1
      for index in 0..<count {
        let size = tables.byteSet(tables.places[first + index]).count
        if index < 3 { combinations *= size }
        if size < fewest { (fewest, prefix.telling) = (size, index) }
      }
      if count < 3 || combinations > Self.mostCombinations {
        bytes.forEach { widePrefixes[Int($0)].append(prefix) }
        continue
      }
      let seconds = tables.byteSet(tables.places[first + 1])
      let thirds = tables.byteSet(tables.places[first + 2])
      bytes.forEach { byte in
        prefixes[Int(byte)].append(prefix)
        seconds.forEach { second in
          thirds.forEach { third in beginnings.insert(byte, second, third) }
        }
      }
    }
    self.prefixes = PrefixLists(prefixes)
    self.beginnings = beginnings
    self.widePrefixes = PrefixLists(widePrefixes)
  }

  /// The least offset at which a signature begins that the view does not hold to its end; the view's end if there is none.
  ///
  /// A signature has no line feed, so a complete line costs one look. Bound: W offsets times the signatures that share a first byte.
  func start(in view: View, tables: Tables) -> UInt64 {
    guard !view.isFinal, view.end > 0 else { return view.end }
    let most = UInt64(widestBytes - 1)
    var first = view.end
    while first > view.start, view.end - first < most, view[first - 1] != 0x0A { first -= 1 }
    while first < view.end {
      if hasOpen(widePrefixes, at: first, in: view, tables: tables)
        || mayBegin(at: first, in: view)
          && hasOpen(prefixes, at: first, in: view, tables: tables)
      {
        return first
      }
      first += 1
    }
    return view.end
  }

  private func mayBegin(at offset: UInt64, in view: View) -> Bool {
    guard offset + 2 < view.end else { return true }
    return beginnings.mayHold(view[offset], view[offset + 1], view[offset + 2])
  }

  private func hasOpen(
    _ prefixes: PrefixLists, at offset: UInt64, in view: View, tables: Tables
  ) -> Bool {
    let count = Int(view.end - offset)
    let range = prefixes.range(of: view[offset])
    guard let longest = range.first, count < prefixes[longest].count else { return false }
    let isLeftEdge = Edge.isLeftEdge(offset, in: view)
    for index in range {
      let prefix = prefixes[index]
      // Nor are there more bytes in any that follows.
      guard count < prefix.count else { return false }
      if prefix.needsLeftEdge && !isLeftEdge { continue }
      if stands(prefix, cutTo: count, at: offset, in: view, tables: tables) { return true }
    }
    return false
  }

  private func stands(
    _ prefix: Prefix, cutTo count: Int, at offset: UInt64, in view: View, tables: Tables
  ) -> Bool {
    if prefix.telling < count,
      !tables.contains(
        view[offset + UInt64(prefix.telling)],
        inSet: tables.places[prefix.first + prefix.telling])
    {
      return false
    }
    // Its list has the first.
    for index in 1..<max(count, 1)
    where !tables.contains(
      view[offset + UInt64(index)], inSet: tables.places[prefix.first + index])
    {
      return false
    }
    return true
  }
}
