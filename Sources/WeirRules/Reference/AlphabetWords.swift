internal import WeirCore

/// What the bytes of an alphabet are called: `letters, digits and` the signs beside them.
struct AlphabetWords {
  /// Of many: `letters and digits`.
  let plural: String
  /// Of one: `letter or digit`.
  let singular: String
  /// They are called by what they are; else only their range is given (`A` to `P`).
  let isNoun: Bool

  init(_ alphabet: ByteSet) {
    if let name = Self.named.first(where: { $0.alphabet == alphabet })?.name {
      self.init(plural: name + "s", singular: name, isNoun: true)
    } else if alphabet.isSubset(of: Self.visible) {
      let without = Self.visible.subtracting(alphabet)
      let (here, missing) = (Parts(alphabet), Parts(without))
      if missing.all.count < here.all.count {
        let exception = without.isEmpty ? "" : " but " + Listing.join(missing.all, "and")
        self.init(
          plural: "visible characters" + exception, singular: "visible character" + exception,
          isNoun: true)
      } else {
        self.init(here)
      }
    } else {
      self.init(Parts(alphabet))
    }
  }

  private init(_ parts: Parts) {
    self.init(
      plural: Listing.join(parts.classes.map { $0 + "s" } + parts.signs, "and"),
      singular: Listing.join(parts.all, "or"), isNoun: !parts.classes.isEmpty)
  }

  private init(plural: String, singular: String, isNoun: Bool) {
    self.plural = plural
    self.singular = singular
    self.isNoun = isNoun
  }

  /// So many of them.
  ///
  /// - Parameter greatest: nil if there is no end.
  func text(least: Int, greatest: Int?) -> String {
    switch (least, greatest) {
    case (1, 1): isNoun || !singular.contains(" ") ? one : "one of " + singular
    case (0, 1): "optionally " + text(least: 1, greatest: 1)
    case (0, nil): "any number of \(plural)"
    case (0, let greatest?): "up to \(greatest.inWords) \(many)"
    case (let least, nil): "\(least.inWords) or more \(many)"
    case (let least, let greatest?) where least == greatest: "\(least.inWords) \(many)"
    case (let least, let greatest?): "\(least.inWords) to \(greatest.inWords) \(many)"
    }
  }

  private var one: String { isNoun ? "one \(singular)" : singular }
  private var many: String { isNoun ? plural : "of \(plural)" }

  /// printable: bytes 33 to 126.
  private static let visible = ByteSet(33...126)

  /// Those that have a name people know, or one that is shorter than what is in them.
  private static let named: [(alphabet: ByteSet, name: String)] = {
    let bech32 = Alphabet.named["bech32"]!
    return [
      (Alphabet.named["hex"]!, "lower-case hex digit"),
      (Alphabet.named["HEX"]!, "upper-case hex digit"),
      (Alphabet.named["hexmixed"]!, "hex digit"),
      (Alphabet.named["base58"]!, "base58 character"),
      (bech32, "bech32 character"),
      (ByteSet(bech32.bytes.map { $0 >= 0x61 ? $0 & ~0x20 : $0 }), "upper-case bech32 character"),
    ]
  }()
}

/// An alphabet cut into classes that have a name, ranges, and single signs.
private struct Parts {
  /// `letter`, `digit`: in the singular.
  var classes: [String] = []
  /// Ranges and signs, as code.
  var signs: [String] = []

  var all: [String] { classes + signs }

  init(_ alphabet: ByteSet) {
    var rest = alphabet
    // Both cases come before either.
    for (members, name) in Self.classes where members.isSubset(of: rest) {
      classes.append(name)
      rest = rest.subtracting(members)
    }
    let bytes = rest.bytes
    var start = 0
    while start < bytes.count {
      var end = start + 1
      while end < bytes.count, bytes[end] == bytes[end - 1] + 1, Self.areKin(bytes[start...end]) {
        end += 1
      }
      if end - start > 2 {
        signs.append("\(Bytes.code(bytes[start])) to \(Bytes.code(bytes[end - 1]))")
      } else {
        signs += bytes[start..<end].map(Bytes.code)
      }
      start = end
    }
  }

  private static let classes = [
    (Alphabet.named["alpha"]!, "letter"), (Alphabet.named["lower"]!, "lower-case letter"),
    (Alphabet.named["upper"]!, "upper-case letter"), (Alphabet.named["digits"]!, "digit"),
  ]

  /// A range of letters, or of digits, is one at a glance; one of signs is not.
  private static func areKin(_ bytes: ArraySlice<UInt8>) -> Bool {
    ["lower", "upper", "digits"].contains { ByteSet(bytes).isSubset(of: Alphabet.named[$0]!) }
  }
}

/// Bytes of a literal or a set, to be read by people.
enum Bytes {
  /// One byte: itself as code, or its name.
  static func code(_ byte: UInt8) -> String {
    switch byte {
    case 0x20: "a blank"
    case 0x09: "a tab"
    case 0x0A: "a line feed"
    case 0x0D: "a carriage return"
    default: Markdown.code(escaped([byte]))
    }
  }

  /// A literal as code. Blanks at its ends, which nobody would see, are said.
  static func code(_ bytes: [UInt8], isCaseless: Bool) -> String {
    let isBlank = { (byte: UInt8) in byte == 0x20 }
    let head = bytes.prefix(while: isBlank)
    let body = bytes.dropFirst(head.count).reversed().drop(while: isBlank).reversed()
    let tail = bytes.count - head.count - body.count
    var parts: [String] = []
    if !head.isEmpty { parts.append(blanks(head.count)) }
    if body.count == 1, !isCaseless {
      parts.append(code(body.first!))
    } else if !body.isEmpty {
      parts.append(Markdown.code(escaped(Array(body))) + (isCaseless ? " in any case" : ""))
    }
    if tail > 0 { parts.append(blanks(tail)) }
    return parts.joined(separator: " and ")
  }

  private static func blanks(_ count: Int) -> String { count == 1 ? "a blank" : count.of("blank") }

  private static func escaped(_ bytes: [UInt8]) -> String {
    bytes.map { byte in
      if (0x20...0x7E).contains(byte) { return String(UnicodeScalar(byte)) }
      let digits = String(byte, radix: 16)
      return "\\x" + (digits.count == 1 ? "0" : "") + digits
    }.joined()
  }
}
