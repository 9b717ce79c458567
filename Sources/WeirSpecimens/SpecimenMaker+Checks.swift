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
    case .crc32Base62, .crc32Base62Lower, .crc32Base36, .crc32Hex, .crc32HexLittle,
      .crc32Atlassian:
      let sum = target.flatMap { target in
        Array(bytes[source]).withUnsafeBytes {
          ChecksumText.expected(kind, of: $0, width: target.count)
        }
      }
      guard let target, let sum else { return false }
      bytes.replaceSubrange(target, with: sum)
      return true
    case .base58Check, .bech32, .azureHIS, .azureCASK:
      let like = Array(bytes[source])
      let text =
        switch kind {
        case .bech32: bech32Text(like: like)
        case .azureHIS: azureHISText(like: like)
        case .azureCASK: azureCASKText(like: like)
        default: base58Text(like: like)
        }
      guard let text, text.count == source.count else { return false }
      bytes.replaceSubrange(source, with: text)
      return true
    }
  }

  /// The same with a right checksum, in the same case.
  private func bech32Text(like text: [UInt8]) -> [UInt8]? {
    let body = Array(text.dropLast(6))
    let isUpper = text.contains { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
    return body.withUnsafeBytes(Bech32.checksum).map { sum in
      body + sum.map { isUpper ? Self.upper($0) : $0 }
    }
  }

  private static func upper(_ byte: UInt8) -> UInt8 {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) ? byte & ~0x20 : byte
  }

  /// A key with one of the marks that keys of its length carry.
  private mutating func azureHISText(like text: [UInt8]) -> [UInt8]? {
    let digits = Array(text.prefix { $0 != UInt8(ascii: "=") })
    let marks = AzureKey.seedsOfMark.keys.sorted { $0.lexicographicallyPrecedes($1) }
    let mark = random.pick(marks)
    guard let seeds = AzureKey.seedsOfMark[mark] else { return nil }
    // The first of the six characters behind the mark may begin in the bytes that are hashed.
    let head = digits[..<(digits.count - 10)] + mark + [UInt8(ascii: "A")]
    let byteCount = digits.count * 6 / 8 - 4
    guard let bytes = Base64.decode(head), bytes.count >= byteCount else { return nil }
    return AzureKey.hisKey(Array(bytes.prefix(byteCount)), seed: random.pick(seeds))
  }

  private func azureCASKText(like text: [UInt8]) -> [UInt8]? {
    let head = Array(text.prefix(80))
    return AzureKey.caskEnd(of: head, isLong: text.count > 84).map { head + $0 }
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
    let zeros = bytes.prefix { $0 == 0 }.map { _ in Base58Check.digits[0] }
    return zeros + places.reversed().map { Base58Check.digits[$0] }
  }
}
