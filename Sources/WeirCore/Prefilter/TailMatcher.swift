/// Finds how much of the end of what has come some signature could still complete: those bytes must wait.
struct TailMatcher: Sendable {
  private struct Prefix {
    var first: Int
    var count: Int
    var needsLeftEdge: Bool
  }

  /// The signatures that may begin with each byte.
  private let prefixes: [[Prefix]]
  /// What the second byte of those may be: most offsets are refused by it.
  private let seconds: [ByteSet]
  private let widestBytes: Int

  init(tables: Tables) {
    widestBytes = tables.widestBytes
    var prefixes = [[Prefix]](repeating: [], count: 256)
    var seconds = [ByteSet](repeating: ByteSet(), count: 256)
    for record in tables.prefixes {
      let first = Int(record.firstPlace)
      let set = tables.places[first]
      let bytes = (UInt8.min...UInt8.max).filter { tables.contains($0, inSet: set) }
      let prefix = Prefix(
        first: first, count: Int(record.placeCount),
        needsLeftEdge: !record.isEncoded && bytes.contains(where: Edge.isWord))
      let second = prefix.count > 1 ? tables.byteSet(tables.places[first + 1]) : ByteSet()
      for byte in bytes {
        prefixes[Int(byte)].append(prefix)
        seconds[Int(byte)] = seconds[Int(byte)].union(second)
      }
    }
    self.prefixes = prefixes
    self.seconds = seconds
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
      let byte = Int(view[first])
      if first + 1 == view.end || seconds[byte].contains(view[first + 1]) {
        for prefix in prefixes[byte] where isOpen(prefix, at: first, in: view, tables: tables) {
          return first
        }
      }
      first += 1
    }
    return view.end
  }

  private func isOpen(
    _ prefix: Prefix, at offset: UInt64, in view: View, tables: Tables
  ) -> Bool {
    let count = Int(view.end - offset)
    guard count < prefix.count else { return false }
    for index in 1..<max(count, 1)
    where !tables.contains(
      view[offset + UInt64(index)], inSet: tables.places[prefix.first + index])
    {
      return false
    }
    return !prefix.needsLeftEdge || Edge.isLeftEdge(offset, in: view)
  }
}
