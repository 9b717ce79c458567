internal import WeirCore

// Segments that a check computes.
extension SpecimenMaker {
  private static let mostTries = 2000

  /// Makes the check hold by changing the target, or of base58check the end of the source.
  ///
  /// - Returns: false when no valid text was found; another draw may have more luck.
  mutating func fill(
    _ bytes: inout [UInt8], _ kind: CheckExpression.Kind, source: Range<Int>, target: Range<Int>?
  ) -> Bool {
    switch kind {
    case .crc32Base62, .crc32Base36:
      guard let target else { return false }
      let digits = kind == .crc32Base62 ? CRC32.base62 : CRC32.base36
      let sum = Array(bytes[source]).withUnsafeBytes(CRC32.checksum)
      bytes.replaceSubrange(target, with: CRC32.text(sum, digits: digits, width: target.count))
      return true
    case .base58Check:
      guard let text = base58Text(like: Array(bytes[source])) else { return false }
      bytes.replaceSubrange(source, with: text)
      return true
    }
  }

  /// A private key as wallets export it, if the text has the length of one; else the same text
  /// with a right checksum.
  private mutating func base58Text(like text: [UInt8]) -> [UInt8]? {
    for _ in 0..<Self.mostTries {
      var payload: [UInt8]
      switch text.count {
      case 51, 52:
        payload = [0x80] + (0..<32).map { _ in UInt8(truncatingIfNeeded: random.next()) }
        if text.count == 52 { payload.append(0x01) }
      default:
        guard let bytes = text.withUnsafeBytes(Base58Check.decode), bytes.count > 4 else {
          return nil
        }
        payload = Array(bytes.dropLast(4))
      }
      let made = Base58Text.encoded(payload + Base58Check.checksum(of: payload))
      if made.count == text.count, made.first == text.first { return made }
    }
    return nil
  }
}

/// Base58 the other way: bytes into text.
enum Base58Text {
  private static let digits = Array(
    "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz".utf8)

  static func encoded(_ bytes: [UInt8]) -> [UInt8] {
    var places: [Int] = []
    for byte in bytes {
      var carry = Int(byte)
      for index in places.indices {
        carry += places[index] << 8
        places[index] = carry % 58
        carry /= 58
      }
      while carry > 0 {
        places.append(carry % 58)
        carry /= 58
      }
    }
    let zeros = bytes.prefix { $0 == 0 }.map { _ in digits[0] }
    return zeros + places.reversed().map { digits[$0] }
  }
}
