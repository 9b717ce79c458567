/// Some words, to look others up in: open addressing, at most half full, with a product for a hash. Names are looked up at every value, and a hash that nobody can
/// foresee takes longer than all else there; whoever writes an input cannot choose what is in here.
struct ShortWordSet: ExpressibleByArrayLiteral, Sendable {
  /// A power of two of them; empty where no word is.
  private var places: [ShortWord]

  init(arrayLiteral words: ShortWord...) {
    var count = 8
    while count < 2 * words.count { count *= 2 }
    places = Array(repeating: ShortWord(), count: count)
    for word in words { places[place(of: word)] = word }
  }

  func contains(_ word: ShortWord) -> Bool { !places[place(of: word)].isEmpty }

  /// Where the word is, or would be.
  private func place(of word: ShortWord) -> Int {
    let last = places.count - 1
    var place = word.hash & last
    while !places[place].isEmpty, places[place] != word { place = (place + 1) & last }
    return place
  }
}
