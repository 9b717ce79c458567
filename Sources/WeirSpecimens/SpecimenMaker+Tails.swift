internal import WeirCore

// What follows an opening: tokens and key blocks.
extension SpecimenMaker {
  private static let lineBytes = 64
  private static let signatureBytes = 43

  /// A signed JWT with random claims.
  public mutating func token() -> [UInt8] {
    let key = String(decoding: random.bytes(Alphabet.named["hex"]!.bytes, count: 8), as: UTF8.self)
    let header = random.pick([
      #"{"alg":"HS256","typ":"JWT"}"#, #"{"typ":"JWT","alg":"RS256"}"#,
      #"{"alg":"ES256","kid":"\#(key)","typ":"JWT"}"#, #"{"typ" : "JWT", "alg" : "HS512"}"#,
    ])
    return token(header: header)
  }

  /// A JWT with this header.
  public mutating func token(header: String) -> [UInt8] {
    let subject = String(
      decoding: random.bytes(Alphabet.named["lower-alnum"]!.bytes, count: 6 + random.below(20)),
      as: UTF8.self)
    let claims = #"{"sub":"\#(subject)","iat":\#(1_600_000_000 + random.below(200_000_000))}"#
    let signature = random.bytes(Alphabet.named["base64url"]!.bytes, count: Self.signatureBytes)
    return Base64URL.encoded(Array(header.utf8)) + [UInt8(ascii: ".")]
      + Base64URL.encoded(Array(claims.utf8)) + [UInt8(ascii: ".")] + signature
  }

  /// A block with line feeds behind the BEGIN line that `bytes` end in, to its END line; without one, whole lines of body.
  mutating func keyBlock(after bytes: [UInt8], bodyBytes: Int? = nil) -> [UInt8] {
    let endLine = Self.endLine(for: bytes)
    let count =
      bodyBytes ?? (endLine == nil ? 64 * (4 + random.below(20)) : 200 + random.below(1400))
    var body = random.bytes(Alphabet.named["base64"]!.bytes, count: count)
    if endLine != nil, random.below(2) == 0 {
      body.replaceSubrange(..<8, with: Self.sequenceHead(digits: count))
    }
    var block = bytes
    while !body.isEmpty {
      block += [0x0A] + body.prefix(Self.lineBytes)
      body.removeFirst(min(Self.lineBytes, body.count))
    }
    return endLine.map { block + [0x0A] + $0 } ?? block
  }

  /// The first eight digits of a DER sequence that is so many digits long, and begins with a number.
  private static func sequenceHead(digits: Int) -> [UInt8] {
    let length = digits * 3 / 4 - 4
    let head = [0x30, 0x82, UInt8(length >> 8), UInt8(length & 0xFF), 0x02, 0x01]
    return Base64.encode(head)
  }

  /// `-----END …-----` for the BEGIN line that `bytes` end in.
  private static func endLine(for bytes: [UInt8]) -> [UInt8]? {
    let begin = Array("-----BEGIN ".utf8)
    let start = bytes.indices.last { bytes[$0...].starts(with: begin) }
    guard let start else { return nil }
    let label = bytes[(start + begin.count)...].prefix { $0 != UInt8(ascii: "-") }
    // No END line that a scan knows has small letters.
    guard label.allSatisfy({ $0 == 0x20 || !Alphabet.named["lower"]!.contains($0) }) else {
      return nil
    }
    return Array("-----END ".utf8) + label + Array("-----".utf8)
  }
}

enum Base64URL {
  private static let digits = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

  /// The digit that stands for one of base64.
  static func digit(_ digit: UInt8) -> UInt8 {
    switch digit {
    case UInt8(ascii: "+"): UInt8(ascii: "-")
    case UInt8(ascii: "/"): UInt8(ascii: "_")
    default: digit
    }
  }

  /// Without padding.
  static func encoded(_ bytes: [UInt8]) -> [UInt8] {
    var text: [UInt8] = []
    var bits = 0
    var bitCount = 0
    for byte in bytes {
      bits = (bits << 8 | Int(byte)) & 0xFFFF
      bitCount += 8
      while bitCount >= 6 {
        bitCount -= 6
        text.append(digits[bits >> bitCount & 63])
      }
    }
    if bitCount > 0 { text.append(digits[bits << (6 - bitCount) & 63]) }
    return text
  }
}
