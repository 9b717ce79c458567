/// What Hyperscan looks for: a row of byte sets of fixed width, so that its end tells its start.
struct Signature: Equatable {
  /// No signature is wider.
  static let widestBytes = 48
  /// A signature carries so many bytes of its form's alphabet behind its literal.
  ///
  /// None: the literals alone were 10 % faster on logs and twice as fast on input full of anchors, and what they let through is refused by the first run
  /// in a few nanoseconds (`docs/design/0003-departures.md`).
  static let freeClassBytes = 0
  /// A literal of so many bytes needs no inner literal to be rare.
  static let rareLiteralBytes = 6

  var places: [ByteSet]

  /// The signature of an anchored form.
  ///
  /// - Returns: nil when the form has no literal of three bytes within reach.
  init?(of form: Form) {
    var places: [ByteSet] = []
    var longestLiteral = 0
    var freeBytes = Self.freeClassBytes
    for (index, element) in form.elements.enumerated() {
      switch element {
      case .literal(let bytes, let isCaseless):
        longestLiteral = max(longestLiteral, bytes.count)
        places += bytes.map { isCaseless ? $0.bothCases : ByteSet(CollectionOfOne($0)) }
        continue
      case .run(let alphabet, let min, let max):
        if min == max, longestLiteral < Self.rareLiteralBytes,
          index + 1 < form.elements.count,
          case .literal(let next, _) = form.elements[index + 1], next.count >= 4,
          places.count + min + next.count <= Self.widestBytes
        {
          places += Array(repeating: alphabet, count: min)
          continue
        }
        let count = Swift.min(min, freeBytes)
        places += Array(repeating: alphabet, count: count)
        freeBytes -= count
        if min == max, count == min { continue }
      }
      break
    }
    guard longestLiteral >= 3 else { return nil }
    self.places = Array(places.prefix(Self.widestBytes))
  }

  /// The signature of a cue: the word in any case. A blank matches a blank or one of `_ - .`.
  init(cue: String) {
    places = cue.utf8.map { $0 == 0x20 ? ByteSet(" _-.") : $0.bothCases }
  }

  init(literal: [UInt8]) {
    places = literal.map { ByteSet(CollectionOfOne($0)) }
  }

  /// The widest signature that stands wherever one of the two does.
  func union(_ other: Signature) -> Signature {
    var result = self
    result.places = zip(places, other.places).map { $0.union($1) }
    return result
  }

  var expression: String {
    var text = ""
    var index = 0
    while index < places.count {
      let set = places[index]
      var repeats = 1
      while index + repeats < places.count, places[index + repeats] == set { repeats += 1 }
      text += Self.expression(of: set)
      if repeats > 1 { text += "{\(repeats)}" }
      index += repeats
    }
    return text
  }

  private static func expression(of set: ByteSet) -> String {
    let bytes = set.bytes
    let escaped = bytes.map { byte in
      let digits = String(byte, radix: 16)
      return "\\x" + (digits.count == 1 ? "0" : "") + digits
    }
    return bytes.count == 1 ? escaped[0] : "[" + escaped.joined() + "]"
  }
}
