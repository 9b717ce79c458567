/// How far a form comes at one place, by the scan's own matcher.
struct FormTrace {
  enum Ending: Equatable {
    /// It stands, and ends at the trace's `end`.
    case stands
    /// What decides a form with a tail, or as much of an open run as is held, stands.
    case opened
    /// The element `number` does not stand.
    case fails
    /// All elements stand, but what follows is no edge.
    case noEdge
    /// All elements stand, but a mask begins where they end.
    case mask
  }

  let ending: Ending
  let candidate: Candidate
  /// One past the elements that stand.
  var end: UInt64
  /// Of a form that does not stand, the first byte that does not fit; the input's end if there is none.
  var stop: UInt64
  /// The elements that stand.
  var number: Int { Int(candidate.element) }

  /// - Parameters:
  ///   - isWhole: also the literals by which a signature found it are read.
  ///   - view: of a whole input: nothing waits for more bytes.
  init(
    of form: UInt16, at start: UInt64, isWhole: Bool = false,
    caches: UnsafeMutablePointer<RunCache>, tables: Tables, view: View
  ) {
    var candidate = Candidate(form: form, start: start, tables: tables)
    if isWhole {
      candidate.element = 0
      candidate.elementStart = start
    }
    let outcome = FormMatcher.step(
      &candidate, holdBytes: tables.holdBytes, caches: caches, tables: tables, view: view)
    self.candidate = candidate
    end = candidate.elementStart
    stop = end
    let record = tables.forms[Int(form)]
    switch outcome {
    case .yes(let place):
      ending = .stands
      end = place
    case .opened(let place):
      ending = .opened
      end = place
    case .no, .needsMore:
      if candidate.element < record.elementCount {
        ending = .fails
        stop = Self.misfit(candidate, record: record, caches: caches, tables: tables, view: view)
      } else if end < view.end, tables.contains(view[end], in: record.edgeClass) {
        ending = .noEdge
      } else {
        ending = .mask
      }
    }
  }

  var stands: Bool { ending == .stands || ending == .opened }

  /// The first byte that does not fit the element at which the candidate stopped.
  private static func misfit(
    _ candidate: Candidate, record: FormRecord, caches: UnsafeMutablePointer<RunCache>,
    tables: Tables, view: View
  ) -> UInt64 {
    let start = candidate.elementStart
    let element = tables.elements[Int(record.firstElement) + Int(candidate.element)]
    guard element.kind != .run else {
      return caches[Int(element.cache)].reach(
        from: start, limit: .max, classIndex: element.classIndex, tables: tables, view: view)
    }
    let literal = Int(element.literalStart)..<Int(element.literalStart) + Int(element.min)
    let isCaseless = element.kind == .caselessLiteral
    var place = start
    for index in literal {
      guard place < view.end else { break }
      let byte = isCaseless ? view[place].lowercased : view[place]
      if byte != tables.literals[index] { break }
      place += 1
    }
    return place
  }
}
