internal import WeirCore

extension Wildcards {
  /// All of `text` has the form of `tokens`.
  ///
  /// Of several runs only the last is tried longer: it stands for bytes without a slash, and so does every byte that an
  /// earlier one would take from it. Bound: the length of `text` times that of `tokens`, for each folder in `text`.
  static func matches(
    _ tokens: Slice<UnsafeBufferPointer<Token>>, _ text: UnsafeBufferPointer<UInt8>.SubSequence
  ) -> Bool {
    var (token, place) = (tokens.startIndex, text.startIndex)
    /// Behind the last `*`, and to where it reaches.
    var run: (token: Int, end: Int)?
    /// The same of the last `**`.
    var wide: (token: Int, end: Int, isFolders: Bool)?
    while true {
      if token == tokens.endIndex {
        if place == text.endIndex { return true }
      } else {
        switch tokens[token] {
        case .run:
          token += 1
          run = (token, place)
          continue
        case .all:
          token += 1
          (run, wide) = (nil, (token, place, false))
          continue
        case .folders:
          token += 1
          (run, wide) = (nil, (token, place, true))
          continue
        case .byte(let byte):
          if place < text.endIndex, text[place] == byte {
            token += 1
            place += 1
            continue
          }
        case .set(let set):
          if place < text.endIndex, set.contains(text[place]) {
            token += 1
            place += 1
            continue
          }
        }
      }
      if let (next, end) = run, end < text.endIndex, text[end] != slash {
        run = (next, end + 1)
        (token, place) = (next, end + 1)
      } else if let (next, end, isFolders) = wide {
        guard let last = isFolders ? text[end...].firstIndex(of: slash) : end, last < text.endIndex
        else { return false }
        (run, wide) = (nil, (next, last + 1, isFolders))
        (token, place) = (next, last + 1)
      } else {
        return false
      }
    }
  }
}
