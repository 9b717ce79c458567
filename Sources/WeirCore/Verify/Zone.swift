/// The bytes behind a cue, a context or a pair, in which an armed rule is looked for.
///
/// Bound: each byte is looked at once per zone of the catalogue, however often it is armed.
struct Zone: Sendable {
  let record: ZoneRecord
  private let bytes: ZoneBytes
  private var from: UInt64 = 0
  private var next: UInt64 = 0
  private var until: UInt64 = 0
  private var isActive = false

  init(record: ZoneRecord, tables: Tables) {
    self.record = record
    bytes = ZoneBytes(record: record, tables: tables)
  }

  /// To be called once, by the catalogue and not by scans that copied the zone.
  func deallocate() {
    bytes.deallocate()
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
    guard next < stop else { return nil }
    var before = bytes[view[next - 1]]
    while next < stop {
      if before.contains(.zoneEnd), next > from, ends(at: next, in: view) {
        isActive = false
        return nil
      }
      let meaning = bytes[view[next]]
      next += 1
      if meaning.contains(.first),
        !before.contains(.first)
          || before.contains(.escapeEnd) && Edge.endsEscape(next - 1, in: view)
      {
        return next - 1
      }
      before = meaning
    }
    return nil
  }

  private func ends(at offset: UInt64, in view: View) -> Bool {
    view[offset - 1] == 0x0A || view.hasSuffix(MaskText.head, at: offset)
  }

  /// A form may begin at `start`, which `nextStart` returned.
  func admits(_ form: UInt16, at start: UInt64, in view: View, tables: Tables) -> Bool {
    let record = tables.forms[Int(form)]
    return tables.contains(view[start], inSet: record.firstSet)
      && (!record.needsLeftEdge || Edge.isLeftEdge(start, in: view))
      && (!self.record.needsAssignment || Edge.isAssigned(start, in: view))
  }
}
