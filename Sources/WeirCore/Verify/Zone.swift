/// The bytes behind a cue, a context or a pair, in which an armed rule is looked for.
///
/// Bound: each byte is looked at once per zone of the catalogue, however often it is armed.
struct Zone {
  let record: ZoneRecord
  private let tables: Tables
  /// The bytes some form of the rule may begin with: four words.
  private let firstBytes: SIMD4<UInt64>
  private var from: UInt64 = 0
  private var next: UInt64 = 0
  private var until: UInt64 = 0
  private var isActive = false

  init(record: ZoneRecord, tables: Tables) {
    self.record = record
    self.tables = tables
    var words = SIMD4<UInt64>(repeating: 0)
    for form in record.firstForm..<record.firstForm + record.formCount {
      let first = Int(tables.forms[Int(form)].firstSet) * 4
      for word in 0..<4 { words[word] |= tables.sets[first + word] }
    }
    firstBytes = words
  }

  /// The zone reaches from `offset` on, where a word ends. What it held up to `offset` must have been looked through.
  ///
  /// - Returns: the part before the zone that is still to be looked through; only a pair that comes late has one.
  mutating func arm(at offset: UInt64) -> Zone? {
    let reach = offset + UInt64(record.withinBytes)
    guard isActive, offset <= until else {
      (from, next, until, isActive) = (offset, offset, reach, true)
      return nil
    }
    guard offset < from else {
      until = max(until, reach)
      return nil
    }
    var earlier = self
    (earlier.from, earlier.next, earlier.until) = (offset, offset, min(reach, from))
    return earlier
  }

  /// The part before the zone, armed at `offset`, has been looked through.
  mutating func join(_ earlier: Zone) {
    guard earlier.isActive else { return }
    let reach = earlier.from + UInt64(record.withinBytes)
    guard reach >= from else { return }
    from = earlier.from
    until = max(until, reach)
  }

  /// The next offset below `limit` at which some form of the rule may begin.
  mutating func nextStart(below limit: UInt64, in view: View) -> UInt64? {
    guard isActive else { return nil }
    let stop = min(until, limit)
    while next < stop {
      let before = view[next - 1]
      if next > from, ends(behind: before, in: view) {
        isActive = false
        return nil
      }
      let byte = view[next]
      next += 1
      if isFirst(byte), !isFirst(before) || Edge.endsEscape(next - 1, in: view) { return next - 1 }
    }
    return nil
  }

  private func ends(behind byte: UInt8, in view: View) -> Bool {
    byte == 0x0A && record.isOfOneLine
      || byte == MaskText.headLast && view.hasSuffix(MaskText.head, at: next)
  }

  @inline(__always)
  private func isFirst(_ byte: UInt8) -> Bool {
    firstBytes[Int(byte >> 6)] >> UInt64(byte & 63) & 1 == 1
  }

  /// A form may begin at `start`, which `nextStart` returned.
  func admits(_ form: UInt16, at start: UInt64, in view: View) -> Bool {
    let record = tables.forms[Int(form)]
    return tables.contains(view[start], inSet: record.firstSet)
      && (!record.needsLeftEdge || Edge.isLeftEdge(start, in: view))
      && (!self.record.needsAssignment || Edge.isAssigned(start, in: view))
  }
}
