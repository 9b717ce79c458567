/// What is asked of a form that stands (`docs/design/0001-what-a-finding-is.md` §4), told apart.
struct Judgement {
  enum Flaw: Equatable {
    /// Its opening is none of a token: the header names no algorithm.
    case noTokenHeader
    /// It is the token that documents tokens.
    case sampleToken
    /// Too little follows that could be the body of a key, or a mask does.
    case noKeyBody
    /// The body of the key has few different bytes.
    case monotonousKey
    /// A mask is in it.
    case mask
    case empty
    case hex
    /// The judge takes it for none.
    case judged
    /// The words that follow are no phrase.
    case noPhrase
    case placeholder(PlaceholderKind)
  }

  var flaws: [Flaw] = []
  var secret: Range<UInt64>
  var check = CheckOutcome.none
  var confidence: Confidence

  init(of trace: FormTrace, catalogue: Catalogue, view: View) {
    let tables = catalogue.tables
    let candidate = trace.candidate
    let form = tables.forms[Int(candidate.form)]
    let rule = tables.rules[Int(form.rule)]
    confidence = rule.confidence
    guard trace.ending == .opened else {
      secret = candidate.range(form.secretBegin, form.secretEnd)
      noteMask(in: candidate.start..<trace.end, view)
      notePlaceholder(form, view)
      check = Check.outcome(of: candidate, form: tables.form(at: candidate.form), in: view)
      if rule.judge != nil, !secret.isEmpty {
        let verdict = Judge.confidence(of: secret, form: form, from: candidate.start, in: view)
        if let verdict { confidence = min(verdict, confidence) } else { flaws.append(.judged) }
      }
      if check == .failed, rule.refutes { confidence = .low }
      return
    }
    secret = (candidate.secretStart ?? candidate.start)..<trace.end
    switch form.tail {
    case .jwt:
      noteMask(in: candidate.start..<trace.end, view)
      let header = candidate.range(form.elementCount - 4, form.elementCount - 2)
      let payload = candidate.range(form.elementCount - 1, form.elementCount)
      if !TokenHeader.isValid(view[header]) { flaws.append(.noTokenHeader) }
      if Placeholder.isSampleToken(payload: view[payload]) { flaws.append(.sampleToken) }
      check = .valid
    case .keyBlock:
      var block = KeyBlock(
        start: candidate.start, body: trace.end, holdBytes: ShapeParser.greatestHoldBytes,
        in: view)
      block.advance(in: view)
      guard block.isOpened, Edge.isInMask(block.acceptedEnd, in: view) == .no else {
        flaws.append(.noKeyBody)
        return
      }
      secret = candidate.start..<block.acceptedEnd
      noteMask(in: secret, view)
      if Placeholder.isMonotonous(view[block.bodyStart..<block.bodyEnd]) {
        flaws.append(.monotonousKey)
      }
    case .bip39Phrase, .electrumPhrase, .algorandPhrase, .moneroPhrase, .slip39Phrase:
      var phrase = PhraseReading(candidate: candidate, kind: form.tail.phrase!)
      guard case .yes(let end) = phrase.advance(known: PhraseWords(isNeeded: true), in: view) else {
        flaws.append(.noPhrase)
        return
      }
      secret = candidate.start..<end
      check = .valid
    case .openRun, .none:
      noteMask(in: candidate.start..<trace.end, view)
      notePlaceholder(form, view)
    }
  }

  private mutating func noteMask(in range: Range<UInt64>, _ view: View) {
    let width = UInt64(MaskText.head.count)
    guard range.upperBound >= range.lowerBound + width else { return }
    for end in range.lowerBound + width...range.upperBound
    where view.hasSuffix(MaskText.head, at: end) {
      flaws.append(.mask)
      return
    }
  }

  private mutating func notePlaceholder(_ form: FormRecord, _ view: View) {
    guard !secret.isEmpty else {
      flaws.append(.empty)
      return
    }
    let bytes = view[secret]
    if form.isNotHex, bytes.allSatisfy(Edge.isHex) { flaws.append(.hex) }
    if Placeholder.stands(for: bytes, prefixBytes: Int(form.shownPrefixBytes)) {
      flaws.append(.placeholder(PlaceholderKind(of: bytes.dropFirst(Int(form.shownPrefixBytes)))))
    }
  }
}

/// What a placeholder looks like, as far as that is told at a glance. Whether it is one says `Placeholder`.
package enum PlaceholderKind: Equatable, Sendable {
  /// Nothing is left behind the literal it begins with.
  case nothing
  /// Few different bytes.
  case monotonous
  /// `${NAME}`, `<your-key>`, `%NAME%`.
  case reference
  /// A word that no generator makes, or a run of equal or ascending bytes.
  case wordOrPattern

  init(of body: Slice<UnsafeRawBufferPointer>) {
    if body.isEmpty {
      self = .nothing
    } else if Placeholder.isMonotonous(UnsafeRawBufferPointer(rebasing: body)) {
      self = .monotonous
    } else if ByteSet("$%<[{").contains(body[body.startIndex]) {
      self = .reference
    } else {
      self = .wordOrPattern
    }
  }
}
