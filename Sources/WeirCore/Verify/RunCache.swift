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
    guard from >= start, from <= end else {
      return reachAnew(from: from, stop: stop, classIndex: classIndex, tables: tables, view: view)
    }
    if end < stop {
      end = view.firstOutside(of: classIndex, from: end, to: stop, tables: tables)
    }
    return min(end, stop)
  }

  /// Another run, or the beginning of this one: reads up to what is known, if it connects.
  @inline(never)
  private mutating func reachAnew(
    from: UInt64, stop: UInt64, classIndex: UInt8, tables: Tables, view: View
  ) -> UInt64 {
    let known = from < start ? min(start, stop) : stop
    let reached = view.firstOutside(of: classIndex, from: from, to: known, tables: tables)
    if reached == start, from < start, reached < stop {
      start = from
      if end < stop {
        end = view.firstOutside(of: classIndex, from: end, to: stop, tables: tables)
      }
      return min(end, stop)
    }
    start = from
    end = reached
    return reached
  }
}
