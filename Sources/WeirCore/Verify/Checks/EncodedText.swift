/// Credentials that are base64 of text: in either alphabet (RFC 4648), padded, unpadded, or padded
/// with `%3D`.
///
/// Of random bytes a dozen are hardly ever text. Cost: linear in the length.
package enum EncodedText {
  private static let pads = [Array("=".utf8), Array("%3D".utf8)]
  private static let colon = UInt8(ascii: ":")

  /// UTF-8 without control characters but tabs and the ends of lines.
  package static func isText(_ text: UnsafeRawBufferPointer) -> Bool {
    holds(text, isPlain)
  }

  /// Text, a colon and text, as in HTTP's Basic scheme (RFC 7617); one side may be empty.
  package static func isLogin(_ text: UnsafeRawBufferPointer) -> Bool {
    holds(text) { $0.count > 1 && $0.contains(colon) && isPlain($0) }
  }

  /// Digits 0 to 9, and nothing behind them unless a colon is between.
  package static func isNumber(_ text: UnsafeRawBufferPointer) -> Bool {
    holds(text) { bytes in
      let digits = bytes.prefix { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
      return !digits.isEmpty && (digits.count == bytes.count || bytes[digits.count] == colon)
    }
  }

  /// The digits of base64 without what pads them.
  package static func digits(of text: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    var digits = text[...]
    while let pad = pads.first(where: { digits.suffix($0.count).elementsEqual($0) }) {
      digits = digits.dropLast(pad.count)
    }
    return UnsafeRawBufferPointer(rebasing: digits)
  }

  private static func holds(
    _ text: UnsafeRawBufferPointer, _ isRight: ([UInt8]) -> Bool
  ) -> Bool {
    guard var bytes = Base64.decodeEither(digits(of: text)) else { return false }
    defer { bytes.wipe() }
    return isRight(bytes)
  }

  private static func isPlain(_ bytes: [UInt8]) -> Bool {
    guard !bytes.isEmpty else { return false }
    var rest = bytes.makeIterator()
    var decoder = UTF8()
    while true {
      switch decoder.decode(&rest) {
      case .scalarValue(let scalar): if isControl(scalar.value) { return false }
      case .emptyInput: return true
      case .error: return false
      }
    }
  }

  private static func isControl(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x09, 0x0A, 0x0D: false
    case 0..<0x20, 0x7F..<0xA0: true
    default: false
    }
  }
}
