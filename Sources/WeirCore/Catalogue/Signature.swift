/// What Hyperscan looks for: a row of byte sets of fixed width, so that its end tells its start.
struct Signature: Equatable {
  /// No signature is wider.
  static let widestBytes = 64
  /// A literal of so many bytes needs no inner literal to be rare.
  static let rareLiteralBytes = 6

  /// Two bytes that no UTF-8 has. Hyperscan chooses its tables by the shortest literals: with 900 signatures this one made the scan of logs and of code 1.6 times
  /// as fast (`docs/design/0005-names.md`).
  static let ballast = Signature(literal: [0xC0, 0xC1])

  var places: [ByteSet]
  /// Of an encoded one its coding and phase, as `SignatureRecord` keeps them.
  var codingCode: UInt8 = 0
  /// So many places at the beginning say too little to be worth looking for.
  var unsaidPlaces = 0

  /// The signature of an anchored form: its literals as far as they go, and runs of fixed length between them until one is rare.
  ///
  /// No bytes of the alphabet behind: the literals alone were 10 % faster on logs and twice as fast on input full of anchors, and what they let through is refused
  /// by the first run in a few nanoseconds (`docs/design/0003-departures.md`).
  ///
  /// - Returns: nil when the form has no literal of three bytes within reach.
  init?(of form: Form) {
    var places: [ByteSet] = []
    var longestLiteral = 0
    // So many places end in a literal that is rare enough to be looked for.
    var anchoredPlaces = 0
    elements: for (index, element) in form.elements.enumerated() {
      switch element {
      case .literal(let bytes, let isCaseless):
        longestLiteral = max(longestLiteral, bytes.count)
        places += bytes.map { isCaseless ? $0.bothCases : ByteSet(CollectionOfOne($0)) }
        let isHead = form.elements[..<index].allSatisfy(\.isLiteral)
        if isHead && longestLiteral >= 3 || bytes.count >= 4 && places.count <= Self.widestBytes {
          anchoredPlaces = min(places.count, Self.widestBytes)
        }
      case .run(let alphabet, let min, let max):
        guard min == max, longestLiteral < Self.rareLiteralBytes,
          places.count + min < Self.widestBytes
        else { break elements }
        places += Array(repeating: alphabet, count: min)
      }
    }
    guard anchoredPlaces > 0 else { return nil }
    self.places = Array(places.prefix(anchoredPlaces))
  }

  /// The signature of a cue: the word in any case. A blank matches a blank or one of `_ - .`.
  init(cue: String) {
    places = cue.utf8.map { $0 == 0x20 ? ByteSet(" _-.") : $0.bothCases }
  }

  init(places: [ByteSet]) {
    self.places = places
  }

  init(literal: [UInt8]) {
    places = literal.map { ByteSet(CollectionOfOne($0)) }
  }

  func followed(by more: [ByteSet]) -> Signature {
    var result = self
    result.places += more
    return result
  }

  /// The widest signature that stands wherever one of the two does.
  func union(_ other: Signature) -> Signature {
    var result = self
    result.places = zip(places, other.places).map { $0.union($1) }
    return result
  }

  var expression: String {
    var text = ""
    var index = unsaidPlaces
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
