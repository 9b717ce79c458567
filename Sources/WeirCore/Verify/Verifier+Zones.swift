/// Where candidates begin behind what arms them: a cue, or the match that a pair waits for.
extension Verifier {
  /// A cue stands at `[start, end)`.
  @inline(never)
  mutating func arm(
    _ targets: Range<UInt16>, from start: UInt64, at end: UInt64, in view: View,
    decider: inout Decider
  ) {
    if maskTail.reaches(start, in: view) { return }
    // All that can arm a zone before this has.
    searchZones(below: end, in: view, decider: &decider)
    for target in targets {
      arm(zone: Int(tables.targets[Int(target)]), at: end, in: view, decider: &decider)
    }
  }

  /// Looks through the zones as far as the bytes go. To be called after the last signature.
  mutating func searchZones(in view: View, decider: inout Decider) {
    searchZones(below: view.end, in: view, decider: &decider)
    maskTail.follow(to: view.end, in: view)
  }

  mutating func searchZones(below limit: UInt64, in view: View, decider: inout Decider) {
    while let start = zones.nextStart(below: limit, in: view) {
      var edges = StartEdges()
      for place in 0..<zones.activeCount {
        let zone = zones.activeZone(place)
        guard zone.pointee.firsts & start.firsts != 0, zone.pointee.from <= start.offset else {
          continue
        }
        begin(zone, at: start.offset, edges: &edges, in: view, decider: &decider)
      }
    }
  }

  mutating func arm(
    zone index: Int, at offset: UInt64, in view: View, decider: inout Decider
  ) {
    if zones.walkNeeded(toArm: index, at: offset) {
      searchZones(below: min(offset, view.end), in: view, decider: &decider)
    }
    guard var late = zones.arm(index, at: offset, in: view) else { return }
    var place = late.from
    while let start = zones.nextStart(in: &late, from: place, view: view) {
      var edges = StartEdges()
      withUnsafePointer(to: late) {
        begin($0, at: start, edges: &edges, in: view, decider: &decider)
      }
      place = start + 1
    }
    zones.join(late, to: index)
  }

  private mutating func begin(
    _ zone: UnsafePointer<Zone>, at start: UInt64, edges: inout StartEdges, in view: View,
    decider: inout Decider
  ) {
    if zone.pointee.record.isOfNames {
      if edges.isAssigned(start, in: view) {
        beginNamed(at: start, edges: &edges, in: view, decider: &decider)
        beginJudged(at: start, edges: &edges, in: view, decider: &decider)
      }
      return
    }
    let first = zone.pointee.record.firstForm
    for index in first..<first + zone.pointee.record.formCount {
      let form = tables.form(at: index)
      if FormMatcher.isRefused(form, at: start, caches: caches, tables: tables, view: view)
        || !tables.contains(view[start], inSet: form.pointee.firstSet)
        || form.pointee.needsLeftEdge && !edges.isLeftEdge(start, in: view)
        || zone.pointee.record.needsAssignment && !edges.isAssigned(start, in: view)
        || isIdle[Int(form.pointee.rule)]
        || continuesPhrase(form, at: start, behind: zone.pointee.armedAt, in: view)
      {
        continue
      }
      run(Candidate(form: index, start: start, tables: tables), in: view, decider: &decider)
    }
  }

  /// A phrase of the form has begun before: only its first word begins one, and the first word behind a cue.
  private func continuesPhrase(
    _ form: UnsafePointer<FormRecord>, at start: UInt64, behind cueEnd: UInt64, in view: View
  ) -> Bool {
    guard let kind = form.pointee.tail.phrase else { return false }
    return PhraseWord.isJoined(start, to: kind.list, notBefore: cueEnd, in: view)
  }
}
