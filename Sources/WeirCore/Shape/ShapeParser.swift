/// Reads the text of a shape.
///
///     shape    = sequence *( "|" sequence )
///     sequence = 1*segment
///     segment  = [ name ":" ] atom [ "?" ]
///     atom     = "'" bytes "'" | "i'" bytes "'" | alphabet [ "{" min [ "," [ max ] ] "}" ]
///              | "set(" ranges ")" [ lengths ] | "uuid" | "jwt" | "key-block" | phrase | "(" shape ")"
public struct ShapeParser {
  /// The longest run and the widest held form, in bytes.
  public static let greatestHoldBytes = 4096
  /// So many brackets may stand inside each other; the parser descends into each.
  static let mostDepth = 16

  private let text: [UInt8]
  private var position = 0
  private var depth = 0

  private init(_ text: String) {
    self.text = Array(text.utf8)
  }

  public static func parse(_ text: String) throws(ShapeError) -> Shape {
    var parser = ShapeParser(text)
    let alternatives = try parser.alternatives()
    if parser.position < parser.text.count {
      throw parser.expected("a segment, '|' or the end of the shape")
    }
    return Shape(alternatives: alternatives)
  }

  private mutating func alternatives() throws(ShapeError) -> [Shape.Sequence] {
    var result = [try sequence()]
    while take("|") { result.append(try sequence()) }
    return result
  }

  private mutating func sequence() throws(ShapeError) -> Shape.Sequence {
    var segments: Shape.Sequence = []
    while true {
      skipBlanks()
      guard let byte = peek, byte != UInt8(ascii: "|"), byte != UInt8(ascii: ")") else { break }
      segments.append(try segment())
    }
    if segments.isEmpty { throw expected("a literal, an alphabet or '('") }
    return segments
  }

  private mutating func segment() throws(ShapeError) -> Shape.Segment {
    var name: String?
    let start = position
    let word = identifier()
    if !word.isEmpty, peek == UInt8(ascii: ":") {
      position += 1
      name = word
    } else {
      position = start
    }
    let atom = try atom()
    let isOptional = take("?")
    return Shape.Segment(name: name, atom: atom, isOptional: isOptional)
  }

  private mutating func atom() throws(ShapeError) -> Shape.Atom {
    skipBlanks()
    if peek == UInt8(ascii: "'") { return try literal(isCaseless: false) }
    if peek == UInt8(ascii: "("), take("(") {
      guard depth < Self.mostDepth else {
        throw expected("at most \(Self.mostDepth) brackets inside each other")
      }
      depth += 1
      let inner = try alternatives()
      depth -= 1
      guard take(")") else { throw expected("')'") }
      return .group(inner)
    }
    let start = position
    let word = identifier()
    switch word {
    case "":
      throw expected("a literal, an alphabet or '('")
    case "i" where peek == UInt8(ascii: "'"):
      return try literal(isCaseless: true)
    case "set":
      guard peek == UInt8(ascii: "(") else { throw expected("'(' after set") }
      return try run(of: try explicitSet())
    case "uuid":
      return .group([Self.uuid])
    case "jwt":
      return .tail(.jwt)
    case "key-block":
      return .tail(.keyBlock)
    default:
      if let kind = PhraseKind.allCases.first(where: { $0.name == word }) {
        return .tail(.phrase(kind))
      }
      guard let alphabet = Alphabet.named[word] else {
        position = start
        let known = Alphabet.named.keys.sorted().joined(separator: ", ")
        throw expected(
          "an alphabet (\(known), set(…)), uuid, jwt, key-block or a phrase, not \(word)")
      }
      return try run(of: alphabet)
    }
  }

  private static let uuid: Shape.Sequence = {
    let hex = Alphabet.named["hexmixed"]!
    let dash = Shape.Segment(atom: .literal([UInt8(ascii: "-")], isCaseless: false))
    let parts = [8, 4, 4, 4, 12].map { Shape.Segment(atom: .run(hex, min: $0, max: $0)) }
    return Array(parts.map { [$0] }.joined(separator: [dash]))
  }()

  private mutating func literal(isCaseless: Bool) throws(ShapeError) -> Shape.Atom {
    position += 1
    var bytes: [UInt8] = []
    while let byte = peek, byte != UInt8(ascii: "'") {
      bytes.append(try escapedByte())
    }
    guard peek != nil else { throw expected("' at the end of the literal") }
    if bytes.isEmpty { throw expected("at least one byte in the literal") }
    position += 1
    return .literal(bytes, isCaseless: isCaseless)
  }

  /// One byte of a literal or set: itself, `\xHH`, or a backslash before `' ) - \`.
  private mutating func escapedByte() throws(ShapeError) -> UInt8 {
    let byte = text[position]
    position += 1
    guard byte == UInt8(ascii: "\\") else { return byte }
    guard let next = peek else { throw expected("a byte after the backslash") }
    position += 1
    if next == UInt8(ascii: "x") {
      let digits = text[position..<min(position + 2, text.count)]
      guard digits.count == 2, digits.allSatisfy(Alphabet.named["hexmixed"]!.contains),
        let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
      else { throw expected("two hex digits after \\x") }
      position += 2
      return value
    }
    guard ByteSet("')-\\").contains(next) else {
      throw ShapeError(offset: position - 1, expected: "one of \\' \\) \\- \\\\ \\xHH")
    }
    return next
  }

  private mutating func explicitSet() throws(ShapeError) -> ByteSet {
    position += 1
    var set = ByteSet()
    while let byte = peek, byte != UInt8(ascii: ")") {
      let low = try escapedByte()
      guard peek == UInt8(ascii: "-"), position + 1 < text.count,
        text[position + 1] != UInt8(ascii: ")")
      else {
        set.insert(low)
        continue
      }
      position += 1
      let high = try escapedByte()
      guard low <= high else { throw expected("a range whose first byte is not the greater") }
      set = set.union(ByteSet(low...high))
    }
    guard peek != nil else { throw expected("')' at the end of the set") }
    position += 1
    if set.isEmpty { throw expected("at least one byte in the set") }
    return set
  }

  private mutating func run(of alphabet: ByteSet) throws(ShapeError) -> Shape.Atom {
    guard peek == UInt8(ascii: "{") else { return .run(alphabet, min: 1, max: 1) }
    position += 1
    let min = try number()
    var max: Int? = min
    if take(",") {
      skipBlanks()
      max = peek == UInt8(ascii: "}") ? nil : try number()
    }
    if let max, max < min || max == 0 {
      throw expected("a greatest length that is not below \(Swift.max(min, 1))")
    }
    guard take("}") else { throw expected("'}' or ','") }
    return .run(alphabet, min: min, max: max)
  }

  private mutating func number() throws(ShapeError) -> Int {
    skipBlanks()
    let start = position
    while let byte = peek, ByteSet("0123456789").contains(byte) { position += 1 }
    guard let value = Int(String(decoding: text[start..<position], as: UTF8.self)),
      value <= Self.greatestHoldBytes
    else {
      position = start
      throw expected("a number up to \(Self.greatestHoldBytes)")
    }
    return value
  }

  private mutating func identifier() -> String {
    let members = ByteSet("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-")
    let start = position
    while let byte = peek, members.contains(byte) { position += 1 }
    return String(decoding: text[start..<position], as: UTF8.self)
  }

  private var peek: UInt8? { position < text.count ? text[position] : nil }

  private mutating func skipBlanks() {
    while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
      position += 1
    }
  }

  private mutating func take(_ byte: Unicode.Scalar) -> Bool {
    skipBlanks()
    guard peek == UInt8(ascii: byte) else { return false }
    position += 1
    return true
  }

  private func expected(_ what: String) -> ShapeError {
    ShapeError(offset: position, expected: what)
  }
}
