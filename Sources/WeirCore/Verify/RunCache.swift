/// How far the alphabet of one run segment was seen to reach: what makes the matchers read every byte once.
///
/// Candidates of one form that enter the same run share what the first has read.
struct RunCache: BitwiseCopyable {
  /// All bytes of `[start, end)` belong to the alphabet.
  private(set) var start: UInt64 = 0
  private(set) var end: UInt64 = 0

  /// The first offset in `[from, limit]` whose byte is outside the class; `limit` or the end of the view if there is none.
  ///
  /// Bound: over all calls with ascending `from`, each byte is read once.
  @inline(__always)
  mutating func reach(
    from: UInt64, limit: UInt64, classIndex: UInt8, tables: Tables, view: View
  ) -> UInt64 {
    let stop = min(limit, view.end)
    if from < start {
      return reachBefore(from, stop: stop, classIndex: classIndex, tables: tables, view: view)
    }
    if from > end {
      start = from
      end = from
    }
    if end < stop {
      end = view.firstOutside(of: classIndex, from: end, to: stop, tables: tables)
    }
    return min(end, stop)
  }

  /// The beginning of this run, or one before it: reads up to what is known, if it connects.
  @inline(never)
  private mutating func reachBefore(
    _ from: UInt64, stop: UInt64, classIndex: UInt8, tables: Tables, view: View
  ) -> UInt64 {
    let reached = view.firstOutside(
      of: classIndex, from: from, to: min(start, stop), tables: tables)
    let connects = reached == start && reached < stop
    start = from
    guard connects else {
      end = reached
      return reached
    }
    if end < stop { end = view.firstOutside(of: classIndex, from: end, to: stop, tables: tables) }
    return min(end, stop)
  }
}
