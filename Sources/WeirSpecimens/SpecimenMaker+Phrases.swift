public import WeirCore

// Phrases of wallets: words that a check completes.
extension SpecimenMaker {
  private static let slip39SumWords = 3

  /// A phrase of so many words, or of any number the kind may have.
  public mutating func phrase(
    _ kind: PhraseKind, words count: Int? = nil, dress: PhraseDress? = nil
  ) -> [UInt8] {
    let places = phrasePlaces(kind, words: count ?? random.pick(kind.counts))
    return (dress ?? random.pick(PhraseDress.allCases)).text(of: Self.words(places, kind))
  }

  mutating func phrase(_ kind: PhraseKind, length: RunLength) -> [UInt8] {
    switch length {
    case .least: phrase(kind, words: kind.counts.first, dress: .blanks)
    case .greatest: phrase(kind, words: kind.counts.last)
    case .any, .pastHold: phrase(kind)
    }
  }

  /// The words that stand at these places of the kind's list.
  public static func words(_ places: [UInt16], _ kind: PhraseKind) -> [[UInt8]] {
    places.map { kind.list.word(at: Int($0)) }
  }

  /// The places of a valid phrase's words in the kind's list.
  public mutating func phrasePlaces(_ kind: PhraseKind, words count: Int) -> [UInt16] {
    while true {
      var places = (0..<count).map { _ in UInt16(random.below(kind.list.count)) }
      switch kind {
      case .algorand: places[23] %= 8
      case .monero: places[24] = places[PhraseCheck.moneroPlace(of: places.dropLast())]
      case .slip39:
        places.replaceSubrange((count - Self.slip39SumWords)..., with: [0, 0, 0])
        let sum = PhraseCheck.remainder(of: places) ^ 1
        for place in 0..<Self.slip39SumWords {
          places[count - 1 - place] = UInt16(sum >> UInt32(10 * place) & 1023)
        }
      case .bip39, .electrum: break
      }
      let first = random.below(kind.list.count)
      for turn in 0..<kind.list.count {
        if Self.isPhrase(places, kind) {
          // What both are is called by the other.
          if kind != .electrum || !Self.isPhrase(places, .bip39) { return places }
        }
        guard kind != .monero, kind != .slip39 else { break }
        places[count - 1] = UInt16((first + turn) % kind.list.count)
      }
    }
  }

  public static func isPhrase(_ places: [UInt16], _ kind: PhraseKind) -> Bool {
    places.withUnsafeBufferPointer { PhraseCheck.isPhrase(kind, $0) }
  }

  /// A word short, a word that breaks the checksum, and a word of no list.
  mutating func phraseNearMisses(_ kind: PhraseKind) -> [(bytes: [UInt8], why: NearMiss.Reason)] {
    let count = kind.counts[0]
    let places = phrasePlaces(kind, words: count)
    let dress = random.pick(PhraseDress.allCases)
    var wrong = places
    repeat {
      wrong[count - 1] = UInt16(random.below(kind.list.count))
    } while Self.isPhrase(wrong, kind)
    var foreign = Self.words(places, kind)
    foreign[random.below(count)] = Array("weir".utf8)
    return [
      (dress.text(of: Self.words(places.dropLast(), kind)), .wordShort),
      (dress.text(of: Self.words(wrong, kind)), .wrongWord),
      (dress.text(of: foreign), .foreignWord),
    ]
  }
}
