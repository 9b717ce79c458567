/// All zones of a scan. Walks the bytes behind cues once for all of them, and tells where their rules may begin.
///
/// Bound: a byte is looked at once, however many zones it lies in; once more for a pair that comes late. A place where rules may begin costs a look at
/// each active zone.
struct Zones: ~Copyable {
  /// A place where rules of some zones may begin.
  struct Start {
    let offset: UInt64
    /// The bits of those zones.
    let firsts: UInt64
  }

  private let bytes: ZoneBytes
  private let zones: UnsafeMutableBufferPointer<Zone>
  /// Those that lie behind another rule's matches.
  let pairs: UnsafeBufferPointer<Int>
  /// The zones that reach past `next`; a pair may have armed one that begins behind it.
  private let active: UnsafeMutableBufferPointer<Int>
  private(set) var activeCount = 0
  /// All bits of the zones that `next` lies in.
  private var activeFirsts: UInt64 = 0
  /// No zone begins or ends before it, from `next` on.
  private var boundary = UInt64.max
  /// The bytes below were looked at for all active zones.
  private(set) var next: UInt64 = 0
  /// No escape that begins before `next` ends behind this.
  private var escapeReach: UInt64 = 0

  init(catalogue: Catalogue) {
    bytes = catalogue.zoneBytes
    let records = catalogue.tables.zones
    zones = .allocate(capacity: records.count)
    for index in records.indices {
      zones.initializeElement(
        at: index, to: Zone(record: records[index], firsts: bytes.markOfZone[index]))
    }
    let pairs = records.indices.filter { records[$0].pairSource != ZoneRecord.noRule }
    let pairMemory = UnsafeMutableBufferPointer<Int>.allocate(capacity: pairs.count)
    _ = pairMemory.initialize(from: pairs)
    self.pairs = UnsafeBufferPointer(pairMemory)
    active = .allocate(capacity: records.count)
    active.initialize(repeating: 0)
  }

  deinit {
    zones.deallocate()
    active.deallocate()
    pairs.deallocate()
  }

  /// Another input comes: none reaches into it.
  mutating func restart() {
    for place in 0..<activeCount { zones[active[place]].isActive = false }
    activeCount = 0
    activeFirsts = 0
    boundary = .max
  }

  /// The zone that stands at this place among the active ones.
  @inline(__always)
  func activeZone(_ place: Int) -> UnsafePointer<Zone> {
    precondition(place < activeCount)
    return UnsafePointer(zones.baseAddress! + active[place])
  }

  /// Which zone that is.
  func activeIndex(_ place: Int) -> Int { active[place] }

  /// What they take in memory.
  var footprintBytes: Int {
    zones.count * (MemoryLayout<Zone>.stride + MemoryLayout<Int>.stride)
      + pairs.count * MemoryLayout<Int>.stride
  }

  /// The zone lies behind the matches of this rule.
  func isZone(_ index: Int, behind rule: UInt16) -> Bool { zones[index].record.pairSource == rule }

  /// Whether the zones must be walked up to `offset` before this one is armed there: it is active, and may end before.
  func walkNeeded(toArm index: Int, at offset: UInt64) -> Bool {
    zones[index].isActive && offset > next
  }

  /// The zone reaches from `offset` on, where a word or another rule's match ends.
  ///
  /// - Returns: the part of it that was walked already for other zones, and must be walked apart. Only a pair that comes late has one.
  @inline(__always)
  mutating func arm(_ index: Int, at offset: UInt64, in view: View) -> Zone? {
    // What ends where this begins is another part of the zone.
    if offset == next, activeCount > 0, ZoneBytes.mayEndZones(view[offset - 1]) {
      _ = endZones(at: offset, in: view)
    }
    let reach = offset + UInt64(zones[index].record.withinBytes)
    if activeCount == 0, offset >= next {
      next = offset
      findEscape(in: view)
    }
    zones[index].armedAt = max(zones[index].armedAt, offset)
    if zones[index].isActive, zones[index].from <= offset {
      extend(index, until: reach)
    } else if offset >= next, !zones[index].isActive {
      activate(index, from: offset, until: reach)
    } else {
      var late = zones[index]
      late.until = min(reach, late.isActive ? late.from : next)
      late.from = offset
      late.isActive = true
      return late
    }
    return nil
  }

  /// A late part was walked and reaches on: what lies behind it is walked with the others. A zone that begins there by itself reaches as far.
  mutating func join(_ late: Zone, to index: Int) {
    let reach = late.from + UInt64(late.record.withinBytes)
    if late.isActive, !zones[index].isActive, reach > next {
      activate(index, from: late.from, until: reach)
    }
  }

  /// The next place below `limit` at which a rule of an active zone may begin.
  mutating func nextStart(below limit: UInt64, in view: View) -> Start? {
    while activeCount > 0, next < limit {
      if next >= boundary {
        update()
      } else if let start = nextStart(before: min(boundary, limit), in: view) {
        return start
      }
    }
    return nil
  }

  /// As above; gives up also where zones end. Most bytes cost a look at their mark.
  @inline(__always)
  private mutating func nextStart(before stop: UInt64, in view: View) -> Start? {
    let text = view.pointer(to: next - 1, below: stop)
    let count = Int(stop &- next)
    let marks = bytes.marks
    let firsts = activeFirsts
    var previous = marks[Int(text[0])]
    var index = 1
    // Up to here an escape may end that gives a run a second beginning.
    var escapesEnd = Int(truncatingIfNeeded: escapeReach &- next) &+ 1
    while index <= count {
      if index > escapesEnd, previous & ZoneBytes.special == 0 {
        index = Self.firstMarked(
          of: text, from: index, to: count, previous: &previous, marks: marks,
          wanted: firsts | ZoneBytes.special)
        if index > count { break }
      }
      let mark = marks[Int(text[index])]
      let place = next &+ UInt64(index &- 1)
      if previous & ZoneBytes.special != 0, endZones(at: place, in: view) {
        next = place
        return nil
      }
      var begun = mark & firsts & ~previous
      if index <= escapesEnd, begun != mark & firsts, Edge.endsEscape(place, in: view) {
        begun = mark & firsts
      }
      if mark & ZoneBytes.special != 0 || index <= escapesEnd {
        let reach = ZoneBytes.escapeReach(from: text[index], isEscaped: index <= escapesEnd)
        if reach > 0 {
          escapesEnd = max(escapesEnd, index &+ reach)
          escapeReach = max(escapeReach, place &+ UInt64(reach))
        }
      }
      if begun != 0 {
        next = place &+ 1
        return Start(offset: place, firsts: begun)
      }
      previous = mark
      index &+= 1
    }
    next = stop
    return nil
  }

  /// Goes over the bytes of a run that goes on, and those that no zone heeds; most of a text is these.
  ///
  /// - Parameter previous: the mark of the byte before, which is not special.
  /// - Returns: the first whose mark has something that the one before has not; `last + 1` if there is none.
  @inline(__always)
  private static func firstMarked(
    of text: UnsafePointer<UInt8>, from index: Int, to last: Int, previous: inout UInt64,
    marks: UnsafePointer<UInt64>, wanted: UInt64
  ) -> Int {
    var index = index
    var before = previous & wanted
    while index <= last {
      let mark = marks[Int(text[index])] & wanted
      if mark & ~before != 0 { break }
      before = mark
      index &+= 1
    }
    previous = before
    return index
  }

  /// The next place in a late part at which its rule may begin; ends it where a line or a mask does.
  func nextStart(in late: inout Zone, from place: UInt64, view: View) -> UInt64? {
    var place = place
    while place < late.until {
      let before = view[place - 1]
      if late.ends(at: place, behind: before),
        before == 0x0A || view.hasSuffix(MaskText.head, at: place)
      {
        late.isActive = false
        return nil
      }
      if bytes.marks[Int(view[place])] & late.firsts != 0,
        bytes.marks[Int(before)] & late.firsts == 0
          || Edge.endsEscape(place, in: view)
      {
        return place
      }
      place += 1
    }
    return nil
  }

  /// Looks back for an escape that may end behind `next`.
  private mutating func findEscape(in view: View) {
    escapeReach = 0
    let farthest = UInt64(Escape.mostBytes)
    let first = max(view.start, next < farthest ? 0 : next - farthest)
    guard first < next else { return }
    let text = view.pointer(to: first, below: next)
    for index in 0..<Int(next - first)
    where bytes.marks[Int(text[index])] & ZoneBytes.special != 0 || text[index] == UInt8(ascii: "[")
    {
      let place = first + UInt64(index)
      let reach = ZoneBytes.escapeReach(from: view[place], isEscaped: place <= escapeReach)
      if reach > 0 { escapeReach = max(escapeReach, place + UInt64(reach)) }
    }
  }

  /// Ends the zones that do not reach past `offset`: a line or a mask's head ends there.
  ///
  /// - Returns: false when there was none to end.
  @inline(never)
  private mutating func endZones(at offset: UInt64, in view: View) -> Bool {
    let byte = view[offset - 1]
    guard byte == 0x0A || byte == MaskText.headLast && view.hasSuffix(MaskText.head, at: offset)
    else { return false }
    var isEnded = false
    for place in 0..<activeCount where zones[active[place]].ends(at: offset, behind: byte) {
      zones[active[place]].until = offset
      isEnded = true
    }
    if isEnded {
      next = offset
      update()
    }
    return isEnded
  }

  private mutating func extend(_ index: Int, until: UInt64) {
    zones[index].until = max(zones[index].until, until)
    // Among others it leaves the boundary where it was: there `update` finds the next.
    if activeCount == 1, zones[index].from <= next { boundary = zones[index].until }
  }

  private mutating func activate(_ index: Int, from: UInt64, until: UInt64) {
    zones[index].from = from
    zones[index].until = until
    zones[index].isActive = true
    active[activeCount] = index
    activeCount += 1
    heed(index)
  }

  /// One that is active counts for where the walk goes.
  @inline(__always)
  private mutating func heed(_ index: Int) {
    if zones[index].from <= next {
      activeFirsts |= zones[index].firsts
      boundary = min(boundary, zones[index].until)
    } else {
      boundary = min(boundary, zones[index].from)
    }
  }

  /// Drops the zones that end at or before `next`, and finds the next place where one begins or ends.
  @inline(never)
  private mutating func update() {
    var kept = 0
    activeFirsts = 0
    boundary = .max
    for place in 0..<activeCount {
      let index = active[place]
      if zones[index].until <= next {
        zones[index].isActive = false
        continue
      }
      heed(index)
      active[kept] = index
      kept += 1
    }
    activeCount = kept
  }
}
