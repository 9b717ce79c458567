/// A phrase that is being read: its words so far. Nothing of it is decided before it is known which of its words, if any, are one.
///
/// It holds at most 33 words of 12 bytes, and the gaps between them: `mostBytes`.
struct PhraseReading: BitwiseCopyable {
  enum Outcome {
    case needsMore
    case no
    /// The words up to `end` are a phrase.
    case yes(end: UInt64)
  }

  static let mostBytes =
    PhraseKind.mostWords * WordLetters.most
    + (PhraseKind.mostWords - 1) * Int(PhraseWord.mostGapBytes)

  let candidate: Candidate
  private let kind: PhraseKind
  private var spelling = PhraseWord.Spelling.lower
  private var count = 0
  private var places = InlineArray<33, UInt16>(repeating: 0)
  /// Where each word ends, counted from the start.
  private var ends = InlineArray<33, UInt16>(repeating: 0)

  init(candidate: Candidate, kind: PhraseKind) {
    self.candidate = candidate
    self.kind = kind
  }

  /// Bound: each word once.
  mutating func advance(known: borrowing PhraseWords, in view: View) -> Outcome {
    while count < kind.mostWords {
      switch next(known: known, in: view) {
      case .needsMore: return .needsMore
      case .no: return decided
      case .yes((let word, let place)):
        if count == 0 { spelling = word.spelling }
        guard word.spelling == spelling else { return decided }
        places[count] = place
        ends[count] = UInt16(word.end - candidate.start)
        count += 1
      }
    }
    return decided
  }

  private func next(
    known: borrowing PhraseWords, in view: View
  ) -> PhraseWord.Answer<(word: PhraseWord, place: UInt16)> {
    if count > 0 {
      let end = candidate.start + UInt64(ends[count - 1])
      return known.word(behind: end, list: kind.listIndex, in: view)
    }
    switch PhraseWord.at(candidate.start, in: view) {
    case .needsMore: return .needsMore
    case .no: return .no
    case .yes(let word):
      return kind.list.index(of: word.letters).map { .yes((word, $0)) } ?? .no
    }
  }

  /// "The most words that are a phrase and stand for none."
  private var decided: Outcome {
    guard count >= kind.fewestWords else { return .no }
    return withUnsafeBytes(of: places) { bytes in
      let places = bytes.assumingMemoryBound(to: UInt16.self)
      for words in kind.counts.reversed() where words <= count {
        if PhraseCheck.isPhrase(kind, UnsafeBufferPointer(rebasing: places[..<words])) {
          return .yes(end: candidate.start + UInt64(ends[words - 1]))
        }
      }
      return .no
    }
  }
}
