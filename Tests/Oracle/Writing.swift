internal import WeirCore

/// One way to write a shape out: alternatives chosen, optional parts there or not.
struct Writing: Sendable {
  enum Piece: Sendable {
    case literal([UInt8], isCaseless: Bool)
    case run(ByteSet, min: Int, max: Int?)
    case tail(Shape.Tail)
    /// A named segment begins or ends here.
    case open(String)
    case close(String)
  }

  var pieces: [Piece] = []

  static func all(of shape: Shape) -> [Writing] {
    shape.alternatives.flatMap(all)
  }

  private static func all(of sequence: Shape.Sequence) -> [Writing] {
    var result = [Writing()]
    for segment in sequence {
      let choices = all(of: segment)
      result = result.flatMap { head in
        choices.map { Writing(pieces: head.pieces + $0.pieces) }
      }
    }
    return result
  }

  private static func all(of segment: Shape.Segment) -> [Writing] {
    var choices: [Writing] =
      switch segment.atom {
      case .literal(let bytes, let isCaseless):
        [Writing(pieces: [.literal(bytes, isCaseless: isCaseless)])]
      case .run(let alphabet, let min, let max):
        [Writing(pieces: [.run(alphabet, min: min, max: max)])]
      case .tail(let tail): [Writing(pieces: [.tail(tail)])]
      case .group(let alternatives): alternatives.flatMap(all)
      }
    if segment.isOptional { choices.append(Writing()) }
    guard let name = segment.name else { return choices }
    return choices.map { Writing(pieces: [.open(name)] + $0.pieces + [.close(name)]) }
  }

  /// The bytes it may begin with.
  var firstBytes: ByteSet {
    for piece in pieces {
      switch piece {
      case .literal(let bytes, let isCaseless):
        return isCaseless
          ? ByteSet([lowerCase(bytes[0]), upperCase(bytes[0])]) : ByteSet([bytes[0]])
      case .run(let alphabet, _, _): return alphabet
      case .tail(.jwt): return ByteSet("e")
      case .tail(.keyBlock): return ByteSet()
      case .tail(.phrase): return Alphabet.named["alpha"]!
      case .open, .close: continue
      }
    }
    return ByteSet()
  }

  /// In small letters; nil where it has none.
  var longestLiteral: [UInt8]? {
    pieces.compactMap { piece -> [UInt8]? in
      if case .literal(let bytes, _) = piece { bytes.map(lowerCase) } else { nil }
    }.max { $0.count < $1.count }
  }

  /// The phrase that it is.
  var phrase: PhraseKind? {
    for case .tail(.phrase(let kind)) in pieces { return kind }
    return nil
  }

  var beginsWithRun: Bool {
    for piece in pieces {
      switch piece {
      case .run: return true
      case .literal, .tail: return false
      case .open, .close: continue
      }
    }
    return false
  }

  /// The length of the literals it begins with, in the case they have.
  var leadingLiteralBytes: Int {
    var count = 0
    for piece in pieces {
      switch piece {
      case .open, .close: continue
      case .literal(let bytes, isCaseless: false): count += bytes.count
      default: return count
      }
    }
    return count
  }

  /// The most it is wide; of an open run its least.
  var heldBytes: Int {
    pieces.reduce(0) { sum, piece in
      switch piece {
      case .literal(let bytes, _): sum + bytes.count
      case .run(_, let min, let max): sum + (max ?? min)
      case .tail, .open, .close: sum
      }
    }
  }

  var isToken: Bool {
    pieces.contains { if case .tail(.jwt) = $0 { true } else { false } }
  }

  /// The literal or run that nothing but names follows.
  var lastPiece: Int? {
    pieces.indices.last { index in
      switch pieces[index] {
      case .open, .close: false
      case .literal, .run, .tail: true
      }
    }
  }

  /// The alphabet of the last run.
  var lastAlphabet: ByteSet? {
    for piece in pieces.reversed() {
      if case .run(let alphabet, _, _) = piece { return alphabet }
    }
    return nil
  }

  /// How many bytes of literal the secret begins with.
  var secretPrefixBytes: Int {
    let isNamed = pieces.contains { if case .open("secret") = $0 { true } else { false } }
    var isInside = !isNamed
    for piece in pieces {
      switch piece {
      case .open("secret"): isInside = true
      case .open, .close: continue
      case .literal(let bytes, _): if isInside { return bytes.count }
      case .run, .tail: if isInside { return 0 }
      }
    }
    return 0
  }
}

func lowerCase(_ byte: UInt8) -> UInt8 {
  (0x41...0x5A).contains(byte) ? byte + 0x20 : byte
}

func upperCase(_ byte: UInt8) -> UInt8 {
  (0x61...0x7A).contains(byte) ? byte - 0x20 : byte
}
