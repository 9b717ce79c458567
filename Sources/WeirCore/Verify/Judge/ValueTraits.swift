/// What a value looks like: the counts and forms that the judge weighs.
struct ValueTraits {
  let count: Int
  private(set) var lowers = 0
  private(set) var uppers = 0
  private(set) var digits = 0
  /// `_ - . / : = +` and blanks: what parts words, and what base64 has besides letters and digits.
  private(set) var separators = 0
  /// All other bytes: what people put into passwords.
  private(set) var symbols = 0
  /// Hex digits of one case only, also behind `0x`.
  let isHex: Bool
  let isUUID: Bool
  /// `0x` and at most 16 hex digits.
  let isHexNumber: Bool
  /// A letter or `_`, and then letters, digits and `_`.
  let isIdentifier: Bool
  /// Identifiers with dots between them: `config.password`, `process.env.KEY`.
  let isMemberPath: Bool
  let isPath: Bool
  /// `^1.0.0`, `~2.1`, `10.0.0.1`.
  let isVersion: Bool
  let isMailAddress: Bool
  /// It says itself that it is none: `test…`, `…password…`, `example…`.
  let isFixture: Bool
  /// Made of words, such as names and prose are.
  private let isWordy: Bool

  var letters: Int { lowers + uppers }

  /// Two of small letters, capitals and digits.
  var isMixed: Bool { [lowers, uppers, digits].count { $0 > 0 } >= 2 }

  /// Nobody would write it who does not mean it: bytes of several kinds, and no words.
  var isRandom: Bool {
    guard isMixed, !isWordy else { return false }
    // A word with a number at its end has digits, but no dice.
    return changes >= 3 || isHex
  }

  /// Letters in both cases, and no words.
  var isScrambled: Bool { !isWordy && lowers > 0 && uppers > 0 && changes >= 2 && count >= 8 }

  /// How often the kind of byte changes.
  private var changes = 0

  init(_ value: UnsafeRawBufferPointer) {
    count = value.count
    var last = 0
    for byte in value {
      let kind: Int
      switch byte {
      case 0x61...0x7A:
        lowers += 1
        kind = 1
      case 0x41...0x5A:
        uppers += 1
        kind = 2
      case 0x30...0x39:
        digits += 1
        kind = 3
      case UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "/"),
        UInt8(ascii: ":"), UInt8(ascii: "="), UInt8(ascii: "+"), 0x20:
        separators += 1
        kind = 4
      default:
        symbols += 1
        kind = 5
      }
      // A capital at the beginning of a word is no change.
      if last != 0, kind != last, !(last == 2 && kind == 1), kind != 4, last != 4 { changes += 1 }
      last = kind
    }
    let hasHexHead = value.count > 2 && value[0] == 0x30 && value[1] | 0x20 == 0x78
    let isOfHexDigits =
      symbols == 0 && separators == 0
      && value.dropFirst(hasHexHead ? 2 : 0).allSatisfy(Edge.isHex)
    isHex = isOfHexDigits && (lowers <= (hasHexHead ? 1 : 0) || uppers == 0)
    isUUID = Self.isUUID(value)
    isHexNumber = hasHexHead && isOfHexDigits && value.count <= 18
    let areIdentifiers = Self.areIdentifiers(value)
    let lastPart = value[(value.lastIndex(of: UInt8(ascii: ".")).map { $0 + 1 } ?? 0)...]
    isIdentifier = areIdentifiers && lastPart.count == count
    isWordy = !isHex && digits * 3 <= count && WordPairs.areMost(of: value)
    isMemberPath =
      areIdentifiers && lastPart.count < count
      && (isWordy || WordPairs.areMost(of: UnsafeRawBufferPointer(rebasing: lastPart)))
    isPath = Self.isPath(value, isWordy: isWordy)
    isVersion = Self.isVersion(value)
    isMailAddress = Self.isMailAddress(value)
    isFixture = Self.fixtures.isAny(in: value)
  }

  /// All parts between dots are.
  private static func areIdentifiers(_ value: UnsafeRawBufferPointer) -> Bool {
    var isAtStart = true
    for byte in value {
      if byte == UInt8(ascii: "."), !isAtStart {
        isAtStart = true
      } else {
        guard Edge.isWord(byte), !isAtStart || !(0x30...0x39).contains(byte) else { return false }
        isAtStart = false
      }
    }
    return !isAtStart
  }

  private static let fixtures = PartFinder([
    "test", "password", "passwd", "secret", "token", "apikey", "foo",
  ])

  private static func isUUID(_ value: UnsafeRawBufferPointer) -> Bool {
    guard value.count == 36 else { return false }
    return value.indices.allSatisfy { index in
      switch index {
      case 8, 13, 18, 23: value[index] == UInt8(ascii: "-")
      default: Edge.isHex(value[index])
      }
    }
  }

  /// `/run/secrets/db`, `./key`, `~/.ssh/id`, `keys/prod.pem`, `v4/65/04/4d/65044dae`.
  private static func isPath(_ value: UnsafeRawBufferPointer, isWordy: Bool) -> Bool {
    let slash = UInt8(ascii: "/")
    guard value.contains(slash) else { return false }
    if value.count > 1, value[0] == UInt8(ascii: "."), value[1] == slash { return true }
    if value[0] == UInt8(ascii: "~") || isWordy || endsInType(value) { return true }
    // Of base64 one byte in 64 is a slash.
    let slashes = value.count { $0 == slash }
    return slashes >= 4 && slashes * 12 >= value.count
  }

  private static func isVersion(_ value: UnsafeRawBufferPointer) -> Bool {
    let hasSign = value[0] == UInt8(ascii: "^") || value[0] == UInt8(ascii: "~")
    let numbers = value.dropFirst(hasSign ? 1 : 0)
    return numbers.contains(UInt8(ascii: "."))
      && numbers.allSatisfy { $0 == UInt8(ascii: ".") || (0x30...0x39).contains($0) }
  }

  /// It ends in `.pem`, `.tar.gz`, and the like.
  private static func endsInType(_ value: UnsafeRawBufferPointer) -> Bool {
    guard let dot = value.lastIndex(of: UInt8(ascii: ".")) else { return false }
    let type = value[(dot + 1)...]
    return (2...5).contains(type.count) && type.allSatisfy(WordPairs.isLetter)
  }

  private static func isMailAddress(_ value: UnsafeRawBufferPointer) -> Bool {
    guard let at = value.firstIndex(of: UInt8(ascii: "@")), at > 0 else { return false }
    let domain = value[(at + 1)...]
    guard let dot = domain.lastIndex(of: UInt8(ascii: ".")) else { return false }
    let top = domain[(dot + 1)...]
    return (2...6).contains(top.count) && top.allSatisfy(WordPairs.isLetter)
      && domain.allSatisfy { Edge.isWord($0) || $0 == 0x2D || $0 == 0x2E }
  }
}
