/// The bytes behind a cue, a context or a pair, in which an armed rule is looked for.
///
/// Bound: each byte is looked at once per zone of the catalogue, whatever arms it.
struct Zone {
  let record: ZoneRecord
  private var from: UInt64 = 0
  private var next: UInt64 = 0
  private var until: UInt64 = 0
  private var isActive = false

  init(record: ZoneRecord) {
    self.record = record
  }

  /// The zone reaches from `offset` on, where its word ends. Starts of forms go to `begin`.
  mutating func arm(
    at offset: UInt64, in view: View, tables: borrowing Tables,
    begin: (_ form: UInt16, _ start: UInt64) -> Void
  ) {
    let reach = offset + UInt64(record.withinBytes)
    if isActive { search(to: min(until, offset), in: view, tables: tables, begin: begin) }
    if isActive, offset >= from, offset <= until {
      until = max(until, reach)
    } else if isActive, offset < from {
      // Pairs may come late: look through what lies before the zone, then go on.
      var earlier = Zone(record: record)
      earlier.isActive = true
      (earlier.from, earlier.next, earlier.until) = (offset, offset, min(reach, from))
      earlier.search(to: earlier.until, in: view, tables: tables, begin: begin)
      if earlier.isActive, reach >= from {
        from = offset
        until = max(until, reach)
      }
    } else {
      (from, next, until) = (offset, offset, reach)
      isActive = true
    }
  }

  /// Looks through the bytes that have come.
  mutating func search(
    in view: View, tables: borrowing Tables, begin: (_ form: UInt16, _ start: UInt64) -> Void
  ) {
    if isActive { search(to: until, in: view, tables: tables, begin: begin) }
  }

  private mutating func search(
    to limit: UInt64, in view: View, tables: borrowing Tables,
    begin: (_ form: UInt16, _ start: UInt64) -> Void
  ) {
    let stop = min(limit, view.end)
    while next < stop {
      let before = view[next - 1]
      if next > from {
        if record.isOfOneLine, before == 0x0A {
          isActive = false
          return
        }
        if before == MaskText.head.last, view.hasSuffix(MaskText.head, at: next) {
          isActive = false
          return
        }
      }
      let byte = view[next]
      for form in record.firstForm..<record.firstForm + record.formCount {
        let firstSet = tables.forms[Int(form)].firstSet
        if tables.contains(byte, inSet: firstSet),
          isStart(before: before, firstSet: firstSet, form: form, in: view, tables: tables)
        {
          begin(form, next)
        }
      }
      next += 1
    }
  }

  private func isStart(
    before: UInt8, firstSet: UInt16, form: UInt16, in view: View, tables: borrowing Tables
  ) -> Bool {
    if tables.contains(before, inSet: firstSet), !Edge.endsEscape(next, in: view) { return false }
    if tables.forms[Int(form)].needsLeftEdge, !Edge.isLeftEdge(next, in: view) { return false }
    return !record.needsAssignment || Edge.isAssigned(next, in: view)
  }
}
