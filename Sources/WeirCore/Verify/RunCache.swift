/// How far the alphabet of one run segment was seen to reach: what makes the matchers read every byte once.
///
/// Candidates of one form that enter the same run share what the first has read.
struct RunCache: BitwiseCopyable {
  /// All bytes of `[start, end)` belong to the alphabet.
  private var start: UInt64 = 0
  private var end: UInt64 = 0

  /// The first offset in `[from, limit]` whose byte is outside the class; `limit` or the end of the view if there is none.
  ///
  /// Bound: over all calls with ascending `from`, each byte is read once.
  @inline(__always)
  mutating func reach(
    from: UInt64, limit: UInt64, classIndex: UInt8, tables: Tables, view: View
  ) -> UInt64 {
    let stop = min(limit, view.end)
    if from > end || from < start {
      // Another run, or the beginning of this one: read up to what is known, if it connects.
      var offset = from
      let known = start
      while offset < stop, offset != known || from > end,
        tables.contains(view[offset], in: classIndex)
      {
        offset += 1
      }
      if offset != known || from > end || offset >= stop {
        start = from
        end = offset
        return offset
      }
      start = from
    }
    while end < stop, tables.contains(view[end], in: classIndex) { end += 1 }
    return min(end, stop)
  }
}
