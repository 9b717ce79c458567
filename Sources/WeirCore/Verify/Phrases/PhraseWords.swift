/// The words read last, each with its place in the lists, so that readings of one text share them: phrases of several kinds, and from several cues.
///
/// A word is known by the offset that its gap begins at, and by that alone: what stands behind an offset is the same whoever asks.
struct PhraseWords: ~Copyable {
  struct Found: BitwiseCopyable {
    var word: PhraseWord
    /// Its place in each list; `none`, or `unknown` while nobody asked.
    var places = InlineArray<3, UInt16>(repeating: Found.unknown)

    static let unknown: UInt16 = .max
    static let none: UInt16 = .max - 1
  }

  /// Words that begin so many bytes apart do not drive each other out.
  private static let capacity = 256

  private struct Entry: BitwiseCopyable {
    /// One more than the offset; 0 of an entry that holds nothing.
    var key: UInt64 = 0
    var found: Found?
  }

  private let entries: UnsafeMutablePointer<Entry>?

  /// - Parameter isNeeded: some rule looks for phrases.
  init(isNeeded: Bool) {
    guard isNeeded else {
      entries = nil
      return
    }
    entries = .allocate(capacity: Self.capacity)
    entries?.initialize(repeating: Entry(), count: Self.capacity)
  }

  /// What they take in memory.
  var footprintBytes: Int {
    entries == nil ? 0 : Self.capacity * MemoryLayout<Entry>.stride
  }

  /// They may be of a secret.
  func wipe() {
    guard let entries else { return }
    UnsafeMutableRawBufferPointer(
      start: entries, count: Self.capacity * MemoryLayout<Entry>.stride
    ).wipe()
  }

  deinit {
    wipe()
    entries?.deallocate()
  }

  /// The word behind the one that ends at `end`, and its place in the list; `no` also where it is not in the list.
  func word(
    behind end: UInt64, list: Int, in view: View
  ) -> PhraseWord.Answer<(word: PhraseWord, place: UInt16)> {
    let entry = entries! + Int(end % UInt64(Self.capacity))
    if entry.pointee.key != end + 1 {
      switch PhraseWord.behind(end, in: view) {
      case .needsMore: return .needsMore
      case .no: entry.pointee = Entry(key: end + 1, found: nil)
      case .yes(let word): entry.pointee = Entry(key: end + 1, found: Found(word: word))
      }
    }
    guard let found = entry.pointee.found else { return .no }
    var place = found.places[list]
    if place == Found.unknown {
      place = PhraseKind.list(list).index(of: found.word.letters) ?? Found.none
      entry.pointee.found?.places[list] = place
    }
    return place == Found.none ? .no : .yes((found.word, place))
  }
}
