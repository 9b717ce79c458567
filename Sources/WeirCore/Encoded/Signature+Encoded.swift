extension Signature {
  /// So many bytes of an anchor are looked for under codings: enough for any to be rare.
  static let mostEncodedBytes = 12
  /// Escapes are rare themselves, and long.
  private static let mostEscapedCharacters = 24
  /// An anchor of fewer is looked for with two bytes of the alphabet behind it.
  private static let rareEncodedBytes = 5

  /// What begins an encoded form: its literals as far as they go, in the case they have.
  ///
  /// - Parameter fewestBytes: of literal.
  /// - Returns: nil when the form does not begin with so many.
  static func encodedAnchor(of form: Form, fewestBytes: Int) -> [ByteSet]? {
    var anchor: [ByteSet] = []
    var next: Form.Element?
    for element in form.elements {
      guard case .literal(let bytes, isCaseless: false) = element else {
        next = element
        break
      }
      anchor += bytes.map { ByteSet(CollectionOfOne($0)) }
    }
    guard anchor.count >= fewestBytes else { return nil }
    if anchor.count < rareEncodedBytes, case .run(let alphabet, let min, _)? = next {
      anchor += Array(repeating: alphabet, count: Swift.min(min, 2))
    }
    return Array(anchor.prefix(mostEncodedBytes))
  }

  /// The signatures of an anchor under a coding, one for each phase.
  static func encoded(_ anchor: [ByteSet], as coding: Coding) -> [Signature] {
    (0..<coding.phases).map { phase in
      var signature = Signature(literal: [])
      signature.codingCode = coding.rawValue << 2 | UInt8(phase)
      switch coding {
      case .base64:
        signature.places = base64(anchor, phase: phase)
        signature.unsaidPlaces = phase == 0 ? 0 : 1
      case .hex, .percent, .json:
        signature.places = escaped(anchor, as: coding)
      case .utf16:
        signature.places = Array(anchor.map { [$0] }.joined(separator: [ByteSet([0])]))
      }
      return signature
    }
  }

  private static func escaped(_ anchor: [ByteSet], as coding: Coding) -> [ByteSet] {
    let escape = coding.escape?.withUTF8Buffer(Array.init) ?? []
    return anchor.prefix(mostEscapedCharacters / Int(coding.byteWidth)).flatMap { bytes in
      escape.map { ByteSet([$0]) }
        + [hexDigits(of: bytes.bytes.map { $0 >> 4 }), hexDigits(of: bytes.bytes.map { $0 & 15 })]
    }
  }

  /// The characters that have bits of the anchor, up to the last that has no others.
  private static func base64(_ anchor: [ByteSet], phase: Int) -> [ByteSet] {
    let bytes = Array(repeating: ByteSet(UInt8.min...UInt8.max), count: phase) + anchor
    return (phase..<bytes.count * 8 / 6).map { character in
      let first = character * 6 / 8
      let shift = 16 - character * 6 % 8 - 6
      let second = shift < 8 ? bytes[first + 1].bytes : [0]
      var digits = ByteSet()
      for high in bytes[first].bytes {
        for low in second {
          let value = (Int(high) << 8 | Int(low)) >> shift & 63
          digits.insert(Base64.digits[value])
          if value >= 62 { digits.insert(Array("-_".utf8)[value - 62]) }
        }
      }
      return digits
    }
  }

  private static func hexDigits(of values: [UInt8]) -> ByteSet {
    values.reduce(ByteSet()) { $0.union(Array("0123456789abcdef".utf8)[Int($1)].bothCases) }
  }
}

// Which rules are found under codings too.
extension RuleDefinition {
  /// What leaks in encoded configuration: keys of services that a program calls.
  private static let encodedPacks: Set = ["ai", "cloud", "keys", "vcs"]
  /// An anchor of so many bytes is rare enough in any coding.
  private static let fewestEncodedBytes = 4
  /// As short as any anchor, where the rule asks for it.
  private static let fewestAskedBytes = 3

  /// How many bytes of literal a form must begin with to be looked for under codings; nil where
  /// none is.
  var encodedAnchorBytes: Int? {
    if let encoded { return encoded ? Self.fewestAskedBytes : nil }
    return isArmed || Self.encodedPacks.isDisjoint(with: packs) ? nil : Self.fewestEncodedBytes
  }

  /// What begins a form under codings, and the codings it is looked for under; nil where it is under none.
  func encodedAnchor(of form: Form, holdBytes: Int) -> (bytes: [ByteSet], codings: [Coding])? {
    guard let fewestBytes = encodedAnchorBytes, form.tail != .jwt else { return nil }
    let codings = Coding.allCases.filter { form.heldWidthBytes <= $0.holdBytes(holdBytes) }
    guard !codings.isEmpty,
      let bytes = Signature.encodedAnchor(of: form, fewestBytes: fewestBytes)
    else { return nil }
    return (bytes, codings)
  }

  /// It is looked for under codings, too.
  public var isFoundEncoded: Bool {
    let forms = (try? shape.forms()) ?? []
    return forms.contains {
      encodedAnchor(of: $0, holdBytes: ShapeParser.greatestHoldBytes) != nil
    }
  }
}

extension CatalogueBuilder {
  /// The signatures of the forms of a rule under each coding.
  mutating func encode(
    _ rule: RuleDefinition, forms: [Form], first: Int
  ) throws(CatalogueError) {
    guard let fewestBytes = rule.encodedAnchorBytes else { return }
    if rule.isArmed {
      throw .rule(rule.id, reason: "a rule that is looked for behind words is not found encoded")
    }
    var isEncoded = false
    for (offset, form) in forms.enumerated() {
      guard let anchor = rule.encodedAnchor(of: form, holdBytes: tables.holdBytes) else { continue }
      isEncoded = true
      for signature in anchor.codings.flatMap({ Signature.encoded(anchor.bytes, as: $0) }) {
        add(signature, targets: [UInt16(first + offset)], kind: .encoded)
      }
    }
    if !isEncoded, rule.encoded == true {
      throw .rule(
        rule.id, reason: "encoded needs a literal of \(fewestBytes) bytes that a form begins with")
    }
    tables.rules[tables.rules.count - 1].isEncoded = isEncoded
  }
}
