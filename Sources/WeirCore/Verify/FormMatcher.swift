/// Runs the elements of a form over the view, from where the candidate stopped.
enum FormMatcher {
  enum Outcome {
    case needsMore
    case no
    /// The form stands; it ends at `end`.
    case yes(end: UInt64)
    /// The elements before a tail stand, or as much of an open run as is held; they end at `end`.
    case opened(end: UInt64)
  }

  /// The form cannot stand at `start`: a dry run that keeps nothing. Most false starts end here, in a few nanoseconds, before a
  /// candidate is made.
  @inline(__always)
  static func isRefused(
    _ form: UnsafePointer<FormRecord>, at start: UInt64, caches: UnsafeMutablePointer<RunCache>,
    tables: Tables, view: View
  ) -> Bool {
    guard form.pointee.firstRunClass != FormRecord.noClass else {
      let place = start &+ UInt64(form.pointee.anchoredBytes)
      return isRefused(
        form, behind: form.pointee.anchoredElements, from: place, caches: caches, tables: tables,
        view: view)
    }
    let place = start &+ UInt64(form.pointee.anchoredBytes)
    let most = form.pointee.firstRunMost
    let isBounded = most != FormRecord.unbounded
    let limit = place &+ (isBounded ? UInt64(most) &+ 1 : UInt64(form.pointee.firstRunLeast))
    let end = caches[Int(form.pointee.firstRunCache)].reach(
      from: place, limit: limit, classIndex: form.pointee.firstRunClass, tables: tables, view: view)
    if isBounded, end == limit { return true }
    if end == view.end, !view.isFinal { return false }
    if end &- place < UInt64(form.pointee.firstRunLeast) { return true }
    let next = form.pointee.anchoredElements &+ 1
    if next == form.pointee.elementCount { return false }
    return isRefused(form, behind: next, from: end, caches: caches, tables: tables, view: view)
  }

  /// A form of a context rule that needs fewer bytes than others may begin at `start`.
  static func mayBeShortValue(
    at start: UInt64, caches: UnsafeMutablePointer<RunCache>, tables: Tables, view: View
  ) -> Bool {
    guard tables.contains(view[start], inSet: tables.shortSet) else { return false }
    return tables.shortForms.contains { index in
      let form = tables.form(at: index)
      return tables.contains(view[start], inSet: form.pointee.firstSet)
        && !isRefused(form, at: start, caches: caches, tables: tables, view: view)
    }
  }

  /// The rest of the dry run: the elements from `next` on, which begin at `place`.
  @inline(never)
  private static func isRefused(
    _ form: UnsafePointer<FormRecord>, behind next: UInt8, from place: UInt64,
    caches: UnsafeMutablePointer<RunCache>, tables: Tables, view: View
  ) -> Bool {
    var place = place
    let first = Int(form.pointee.firstElement)
    for number in Int(next)..<Int(form.pointee.elementCount) {
      let element = tables.elements[first + number]
      guard element.kind == .run else {
        switch literal(element, at: place, tables: tables, view: view) {
        case .no: return true
        case .needsMore: return false
        case .yes: place += UInt64(element.min)
        }
        continue
      }
      let most = UInt64(element.max == 0 ? element.min : element.max)
      let end = caches[Int(element.cache)].reach(
        from: place, limit: place + most, classIndex: element.classIndex, tables: tables,
        view: view)
      if end == view.end, !view.isFinal { return false }
      if end - place < UInt64(element.min) { return true }
      place = end
    }
    return false
  }

  /// Bound: each byte is read at most once per run segment of the form (`RunCache`), and once per candidate in literals.
  ///
  /// - Parameter holdBytes: how much of an open run is held.
  static func step(
    _ candidate: inout Candidate, holdBytes: Int, caches: UnsafeMutablePointer<RunCache>,
    tables: Tables, view: View
  ) -> Outcome {
    let form = tables.forms[Int(candidate.form)]
    while candidate.element < form.elementCount {
      let index = Int(form.firstElement) + Int(candidate.element)
      let element = tables.elements[index]
      let isLast = candidate.element == form.elementCount - 1
      let end: UInt64
      switch element.kind {
      case .literal, .caselessLiteral:
        switch literal(element, at: candidate.elementStart, tables: tables, view: view) {
        case .yes: end = candidate.elementStart + UInt64(element.min)
        case .no: return .no
        case .needsMore: return .needsMore
        }
      case .run:
        let outcome = run(
          element, isLast: isLast, form: form, candidate: candidate, holdBytes: holdBytes,
          cache: &caches[Int(element.cache)],
          tables: tables, view: view)
        guard case .yes(let reached) = outcome else { return outcome }
        end = reached
      }
      candidate.elementEnds[Int(candidate.element)] = UInt16(end - candidate.start)
      candidate.element += 1
      candidate.elementStart = end
      if candidate.element == form.secretBegin { candidate.secretStart = end }
    }
    switch form.tail {
    case .none, .openRun:
      return rightEdge(form, candidate: candidate, tables: tables, view: view)
    case .jwt, .keyBlock, .bip39Phrase, .electrumPhrase, .algorandPhrase, .moneroPhrase,
      .slip39Phrase:
      return .opened(end: candidate.elementStart)
    }
  }

  private static func literal(
    _ element: ElementRecord, at start: UInt64, tables: Tables, view: View
  ) -> Edge.Answer {
    let isCaseless = element.kind == .caselessLiteral
    for index in 0..<Int(element.min) {
      let place = start + UInt64(index)
      if place >= view.end { return view.isFinal ? .no : .needsMore }
      let byte = isCaseless ? view[place].lowercased : view[place]
      if byte != tables.literals[Int(element.literalStart) + index] { return .no }
    }
    return .yes
  }

  /// Reads a run. Of the last one, settles where it ends; the right edge itself comes after.
  private static func run(
    _ element: ElementRecord, isLast: Bool, form: FormRecord, candidate: Candidate, holdBytes: Int,
    cache: inout RunCache, tables: Tables, view: View
  ) -> Outcome {
    let start = candidate.elementStart
    let isOpen = element.max == 0
    let limit =
      isOpen
      ? candidate.start + UInt64(holdBytes) : start + UInt64(element.max)
    var end = cache.reach(
      from: start, limit: limit, classIndex: element.classIndex, tables: tables, view: view)
    let endsInDot = isLast && form.trimsDot && end > start && view[end - 1] == UInt8(ascii: ".")
    if end < limit || endsInDot, end == view.end, !view.isFinal { return .needsMore }
    let goesOn = end < view.end && tables.contains(view[end], in: element.classIndex)
    if end == limit, isOpen, goesOn || !endsInDot { return .opened(end: end) }
    // A sentence's dot: the last byte of the alphabet, and what follows is outside it.
    if endsInDot, !goesOn { end -= 1 }
    return end - start < UInt64(element.min) ? .no : .yes(end: end)
  }

  private static func rightEdge(
    _ form: FormRecord, candidate: Candidate, tables: Tables, view: View
  ) -> Outcome {
    let end = candidate.elementStart
    guard form.edgeClass != FormRecord.noClass else { return .yes(end: end) }
    if end == view.end { return view.isFinal ? .yes(end: end) : .needsMore }
    if tables.contains(view[end], in: form.edgeClass) {
      guard form.trimsDot, view[end] == UInt8(ascii: ".") else { return .no }
      if end + 1 == view.end {
        if !view.isFinal { return .needsMore }
      } else if tables.contains(view[end + 1], in: form.edgeClass) {
        return .no
      }
    }
    switch Edge.isMask(at: end, notBefore: candidate.start, in: view) {
    case .yes: return .no
    case .no: return .yes(end: end)
    case .needsMore: return .needsMore
    }
  }
}
