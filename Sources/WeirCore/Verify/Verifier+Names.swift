/// Where candidates begin at a value that a name is assigned.
extension Verifier {
  /// A value is assigned at `start` to what is named as credentials are: the context rules whose words stand before it are tried.
  @inline(never)
  mutating func beginNamed(
    at start: UInt64, edges: inout StartEdges, in view: View, decider: inout Decider
  ) {
    if tables.named.isEmpty { return }
    let limit = start + UInt64(tables.valueLeastBytes)
    let cache = caches + Int(TableArrays.firstRunCache(of: tables.valueClass, isArmed: true))
    let end = cache.pointee.reach(
      from: start, limit: limit, classIndex: tables.valueClass, tables: tables, view: view)
    if end < limit, end < view.end || view.isFinal,
      !FormMatcher.mayBeShortValue(at: start, caches: caches, tables: tables, view: view)
    {
      return
    }
    // What begins here may arm what is walked at once, and so come here again: that finds no memory to use, and takes its own.
    var rules: [UInt16] = []
    swap(&rules, &named)
    let tried = tried
    words.forEachRule(before: start, from: maskTail.floor(before: start, in: view), in: view) {
      rule in
      if tried[Int(rule)] <= start {
        tried[Int(rule)] = start + 1
        rules.append(rule)
      }
    }
    if !rules.isEmpty {
      for rule in rules {
        let record = tables.named[Int(rule)]
        begin(
          record.firstForm..<record.firstForm + record.formCount, at: start, edges: &edges,
          in: view, decider: &decider)
      }
      rules.removeAll(keepingCapacity: true)
    }
    swap(&rules, &named)
  }

  /// A value is assigned at `start`: the rules with a judge for what its name promises are tried.
  @inline(never)
  mutating func beginJudged(
    at start: UInt64, edges: inout StartEdges, in view: View, decider: inout Decider
  ) {
    // What a more specific match has in it is reported with that (`match`).
    if let end = decider.coveredEnd(of: start, betterThan: .judged), end < view.end,
      let classes = tables.judgedClasses, !tables.contains(view[end], inAnyOf: classes)
    {
      return
    }
    // The name is dearer to read than the value.
    guard tables.judged.contains(where: { mayBegin($0, at: start, in: view) }),
      let name = CredentialName(before: start, in: view)
    else { return }
    for record in tables.judged where record.judgeCode == UInt16(name.kind.rawValue) {
      begin(
        record.firstForm..<record.firstForm + record.formCount, at: start, edges: &edges, in: view,
        decider: &decider)
    }
  }

  private func mayBegin(_ record: JudgedRecord, at start: UInt64, in view: View) -> Bool {
    (record.firstForm..<record.firstForm + record.formCount).contains { index in
      let form = tables.form(at: index)
      return tables.contains(view[start], inSet: form.pointee.firstSet)
        && !FormMatcher.isRefused(form, at: start, caches: caches, tables: tables, view: view)
    }
  }

  /// The forms of a rule that an assignment at `start` arms.
  private mutating func begin(
    _ forms: Range<UInt16>, at start: UInt64, edges: inout StartEdges, in view: View,
    decider: inout Decider
  ) {
    for index in forms {
      let form = tables.form(at: index)
      if !tables.contains(view[start], inSet: form.pointee.firstSet)
        || form.pointee.needsLeftEdge && !edges.isLeftEdge(start, in: view)
        || FormMatcher.isRefused(form, at: start, caches: caches, tables: tables, view: view)
        || isIdle[Int(form.pointee.rule)]
      {
        continue
      }
      run(Candidate(form: index, start: start, tables: tables), in: view, decider: &decider)
    }
  }
}
