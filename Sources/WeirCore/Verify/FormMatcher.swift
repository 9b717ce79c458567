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
    if isShort(
      at: place, least: form.pointee.firstRunLeast, classIndex: form.pointee.firstRunClass,
      tables: tables, view: view)
    {
      return true
    }
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
    let elements = tables.elements(of: form)
    for number in Int(next)..<Int(form.pointee.elementCount) {
      let element = elements + number
      let least = element.pointee.min
      guard element.pointee.isRun else {
        switch literal(element, at: place, tables: tables, view: view) {
        case .no: return true
        case .needsMore: return false
        case .yes: place &+= UInt64(least)
        }
        continue
      }
      let classIndex = element.pointee.classIndex
      if isShort(at: place, least: least, classIndex: classIndex, tables: tables, view: view) {
        return true
      }
      let most = element.pointee.max
      let end = caches[Int(element.pointee.cache)].reach(
        from: place, limit: place &+ UInt64(most == 0 ? least : most),
        classIndex: classIndex, tables: tables, view: view)
      if end == view.end, !view.isFinal { return false }
      if end - place < UInt64(least) { return true }
      place = end
    }
    return false
  }

  /// The last byte that a run needs is none of its own: to know it, the bytes before need not be read.
  @inline(__always)
  private static func isShort(
    at place: UInt64, least: UInt16, classIndex: UInt8, tables: Tables, view: View
  ) -> Bool {
    guard least > 0 else { return false }
    let last = place &+ UInt64(least) &- 1
    return last < view.end && !tables.contains(view[last], in: classIndex)
  }

  /// Bound: each byte is read at most once per run segment of the form (`RunCache`), and once per candidate in literals.
  ///
  /// - Parameter holdBytes: how much of an open run is held.
  static func step(
    _ candidate: inout Candidate, holdBytes: Int, caches: UnsafeMutablePointer<RunCache>,
    tables: Tables, view: View
  ) -> Outcome {
    let form = tables.form(at: candidate.form)
    let elementCount = form.pointee.elementCount
    let elements = tables.elements(of: form)
    while candidate.element < elementCount {
      let element = elements + Int(candidate.element)
      let end: UInt64
      if element.pointee.isRun {
        let outcome = run(
          element, isLast: candidate.element == elementCount - 1, form: form, candidate: candidate,
          holdBytes: holdBytes, caches: caches, tables: tables, view: view)
        guard case .yes(let reached) = outcome else { return outcome }
        end = reached
      } else {
        switch literal(element, at: candidate.elementStart, tables: tables, view: view) {
        case .yes: end = candidate.elementStart &+ UInt64(element.pointee.min)
        case .no: return .no
        case .needsMore: return .needsMore
        }
      }
      candidate.elementEnds[Int(candidate.element)] = UInt16(end &- candidate.start)
      candidate.element += 1
      candidate.elementStart = end
      if candidate.element == form.pointee.secretBegin { candidate.secretStart = end }
    }
    switch form.pointee.tail {
    case .none, .openRun:
      return rightEdge(form, candidate: candidate, tables: tables, view: view)
    case .jwt, .keyBlock, .bip39Phrase, .electrumPhrase, .algorandPhrase, .moneroPhrase,
      .slip39Phrase:
      return .opened(end: candidate.elementStart)
    }
  }

  @inline(__always)
  private static func literal(
    _ element: UnsafePointer<ElementRecord>, at start: UInt64, tables: Tables, view: View
  ) -> Edge.Answer {
    let width = UInt64(element.pointee.min)
    let count = min(width, view.end - start)
    if count > 0 {
      let text = view.pointer(to: start, below: start &+ count)
      let expected = tables.literals.baseAddress! + Int(element.pointee.literalStart)
      if element.pointee.isCaseless {
        for index in 0..<Int(count) where text[index].lowercased != expected[index] { return .no }
      } else if !isSame(text, expected, count: Int(count)) {
        return .no
      }
    }
    if count == width { return .yes }
    return view.isFinal ? .no : .needsMore
  }

  /// Compares eight bytes at a time, the last eight of them again where they are no multiple of that.
  @inline(__always)
  private static func isSame(
    _ text: UnsafePointer<UInt8>, _ expected: UnsafePointer<UInt8>, count: Int
  ) -> Bool {
    func isSame(at place: Int) -> Bool {
      UnsafeRawPointer(text).loadUnaligned(fromByteOffset: place, as: UInt64.self)
        == UnsafeRawPointer(expected).loadUnaligned(fromByteOffset: place, as: UInt64.self)
    }
    guard count >= 8 else {
      for index in 0..<count where text[index] != expected[index] { return false }
      return true
    }
    var place = 0
    while place + 8 < count {
      if !isSame(at: place) { return false }
      place += 8
    }
    return isSame(at: count - 8)
  }

  /// Reads a run. Of the last one, settles where it ends; the right edge itself comes after.
  @inline(__always)
  private static func run(
    _ element: UnsafePointer<ElementRecord>, isLast: Bool, form: UnsafePointer<FormRecord>,
    candidate: borrowing Candidate, holdBytes: Int, caches: UnsafeMutablePointer<RunCache>,
    tables: Tables, view: View
  ) -> Outcome {
    let start = candidate.elementStart
    let most = element.pointee.max
    let isOpen = most == 0
    let limit = isOpen ? candidate.start &+ UInt64(holdBytes) : start &+ UInt64(most)
    let classIndex = element.pointee.classIndex
    var end = caches[Int(element.pointee.cache)].reach(
      from: start, limit: limit, classIndex: classIndex, tables: tables, view: view)
    if isOpen || isLast && form.pointee.trimsDot {
      let endsInDot =
        isLast && form.pointee.trimsDot && end > start && view[end &- 1] == UInt8(ascii: ".")
      if end < limit || endsInDot, end == view.end, !view.isFinal { return .needsMore }
      let goesOn = end < view.end && tables.contains(view[end], in: classIndex)
      if end == limit, isOpen, goesOn || !endsInDot { return .opened(end: end) }
      // A sentence's dot: the last byte of the alphabet, and what follows is outside it.
      if endsInDot, !goesOn { end -= 1 }
    } else if end < limit, end == view.end, !view.isFinal {
      return .needsMore
    }
    return end - start < UInt64(element.pointee.min) ? .no : .yes(end: end)
  }

  private static func rightEdge(
    _ form: UnsafePointer<FormRecord>, candidate: borrowing Candidate, tables: Tables, view: View
  ) -> Outcome {
    let end = candidate.elementStart
    let edgeClass = form.pointee.edgeClass
    guard edgeClass != FormRecord.noClass else { return .yes(end: end) }
    if end == view.end { return view.isFinal ? .yes(end: end) : .needsMore }
    if tables.contains(view[end], in: edgeClass) {
      guard form.pointee.trimsDot, view[end] == UInt8(ascii: ".") else { return .no }
      if end + 1 == view.end {
        if !view.isFinal { return .needsMore }
      } else if tables.contains(view[end + 1], in: edgeClass) {
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
