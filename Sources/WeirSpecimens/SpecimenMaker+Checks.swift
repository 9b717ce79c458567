internal import WeirCore

// Segments that a check computes.
extension SpecimenMaker {
  private static let mostTries = 2000
  /// The marks of keys that stand in connection strings.
  private static let marksOfConnections =
    ["+ASt", "ACDb", "+ABa", "AIoT", "+ASb", "+AEh", "+ARm"].map { Array($0.utf8) }

  /// Makes the check hold by changing the target, or if it has none the source.
  ///
  /// - Parameter members: what each of the bytes may be.
  /// - Returns: false when no valid text was found; another draw may have more luck.
  mutating func fill(
    _ bytes: inout [UInt8], members: [ByteSet], _ kind: CheckExpression.Kind, source: Range<Int>,
    target: Range<Int>?
  ) -> Bool {
    let like = Array(bytes[source])
    let place = kind.hasTarget ? target : source
    let made =
      kind.hasTarget
      ? like.withUnsafeBytes { ChecksumText.expected(kind, of: $0, width: target?.count ?? 0) }
      : text(kind, like: like, members: Array(members[source]))
    guard let place, let made, made.count == place.count,
      zip(made, members[place]).allSatisfy({ $1.contains($0) })
    else { return false }
    bytes.replaceSubrange(place, with: made)
    return true
  }

  /// A text for which the check holds, with the length and the beginning of another.
  private mutating func text(
    _ kind: CheckExpression.Kind, like text: [UInt8], members: [ByteSet]
  ) -> [UInt8]? {
    switch kind {
    case .bech32: bech32Text(like: text)
    case .azureHIS: azureHISText(like: text)
    case .azureCASK: azureCASKText(like: text)
    case .base58Check: base58Text(like: text)
    case .base58CheckXRP: rippleText(like: text)
    case .base64JSON: Base64Draft(like: text, members: members).object(&random)
    case .jwt: tokenText(like: text, members: members)
    case .base64Text: Base64Draft(like: text, members: members).text(&random)
    case .base64Login: Base64Draft(like: text, members: members).login(&random)
    case .base64Number: Base64Draft(like: text, members: members).number(&random)
    case .crc16Base32: crc16Text(like: text)
    case .macaroon: macaroonText(like: text)
    case .miniKey: miniKeyText(members: members)
    case .ed25519Scalar: text.enumerated().map { $0 == 62 ? UInt8(ascii: "0") : $1 }
    case .x25519Scalar: clampedText(like: text)
    case .crc32Base62End: crc32EndText(like: text)
    case .crc32Base62, .crc32Base62Lower, .crc32Base36, .crc32Hex, .crc32HexLittle,
      .crc32Atlassian, .crc32Base64, .sha256Base32:
      nil
    }
  }

  /// The same bytes, and their sum at the end.
  private func crc16Text(like text: [UInt8]) -> [UInt8]? {
    text.withUnsafeBytes(Base32.decode).map { bytes in
      let head = bytes.dropLast(2)
      return Base32.encode(head + CRC16.end(of: head))
    }
  }

  private func crc32EndText(like text: [UInt8]) -> [UInt8]? {
    let head = Array(text.dropLast(ChecksumText.endDigits))
    return head.withUnsafeBytes {
      ChecksumText.expected(.crc32Base62, of: $0, width: ChecksumText.endDigits)
    }.map { head + $0 }
  }

  /// The same bytes with the bits that X25519 wants.
  private func clampedText(like text: [UInt8]) -> [UInt8]? {
    guard var bytes = Base64.decode(text.prefix { $0 != UInt8(ascii: "=") }), bytes.count == 32
    else { return nil }
    bytes[0] &= ~7
    bytes[31] = bytes[31] & 0x3F | 0x40
    return Base64.encode(bytes)
  }

  private mutating func miniKeyText(members: [ByteSet]) -> [UInt8]? {
    let choices = members.map(\.bytes)
    for _ in 0..<Self.mostTries {
      let made = choices.map { random.pick($0) }
      if made.withUnsafeBytes(MiniKey.isValid) { return made }
    }
    return nil
  }

  /// A seed of 16 bytes behind its version: that of an account, or of one with a key of Ed25519.
  private mutating func rippleText(like text: [UInt8]) -> [UInt8]? {
    let version: [UInt8] = text.starts(with: "sEd".utf8) ? [0x01, 0xE1, 0x4B] : [0x21]
    for _ in 0..<Self.mostTries {
      let payload = version + random.bytes(Array(0...255), count: 16)
      let bytes = payload + Base58Check.checksum(of: payload)
      let made = Base58Text.encoded(bytes, digits: Base58Check.rippleDigits)
      if made.prefix(4).elementsEqual(text.prefix(4)) || text.count < 30 && made[1] == text[1] {
        return made
      }
    }
    return nil
  }

  /// Header and payload, each an object, around the dot.
  private mutating func tokenText(like text: [UInt8], members: [ByteSet]) -> [UInt8]? {
    guard let dot = text.firstIndex(of: UInt8(ascii: ".")) else { return nil }
    let header = Base64Draft(like: Array(text[..<dot]), members: Array(members[..<dot]))
    let payload = Base64Draft(
      like: Array(text[(dot + 1)...]), members: Array(members[(dot + 1)...]))
    guard let first = header.header(&random), let second = payload.object(&random) else {
      return nil
    }
    return first + [UInt8(ascii: ".")] + second
  }

  /// The same location, and behind it an identifier, caveats and a signature of the length that is
  /// left.
  private mutating func macaroonText(like text: [UInt8]) -> [UInt8]? {
    let isHex = text.first == UInt8(ascii: "0")
    let digits = text.prefix { $0 != UInt8(ascii: "=") }
    let count = isHex ? text.count / 2 : digits.count * 3 / 4
    // Version and location; the shapes hold the whole of both.
    guard let begin = isHex ? text.withUnsafeBytes(Hex.decode) : Base64.decodeEither(digits),
      begin.count > 3,
      begin.count == count, begin[1] == 1
    else { return nil }
    let location = Array(begin.prefix(3 + Int(begin[2])))
    let any = Array(0...255 as ClosedRange<UInt8>)
    var left = count - location.count - 35
    guard left > 3 else { return nil }
    var made = location
    while left > 0 {
      // Type and length before an identifier, and behind it the end of its row.
      let size = left > 123 ? 100 : left - 3
      made += [2, UInt8(size)] + random.bytes(any, count: size) + [0]
      left -= size + 3
    }
    made += [0, 6, 32] + random.bytes(any, count: 32)
    if isHex {
      let isUpper = text.contains { (0x41...0x46).contains($0) }
      return Hex.encoded(made, isUpper: isUpper)
    }
    let isURL = text.contains { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }
    let encoded = isURL ? Base64URL.encoded(made) : Base64.encode(made)
    let padding = text.dropFirst(digits.count)
    return encoded.prefix { $0 != UInt8(ascii: "=") } + padding
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

  /// A key with the mark of its shape, or with any where the shape leaves it open, in the alphabet
  /// of its shape.
  private mutating func azureHISText(like text: [UInt8]) -> [UInt8]? {
    let digits = Array(text.prefix { $0 != UInt8(ascii: "=") && $0 != UInt8(ascii: "%") })
    let own = Array(digits.dropLast(6).suffix(4))
    let mark = AzureKey.seedsOfMark[own] == nil ? random.pick(Self.marksOfConnections) : own
    guard let seeds = AzureKey.seedsOfMark[mark] else { return nil }
    // The first of the six characters behind the mark may begin in the bytes that are hashed.
    let head = digits[..<(digits.count - 10)] + mark + [UInt8(ascii: "A")]
    let byteCount = digits.count * 6 / 8 - 4
    guard let bytes = Base64.decodeEither(head), bytes.count >= byteCount else { return nil }
    let key = AzureKey.hisKey(Array(bytes.prefix(byteCount)), seed: random.pick(seeds))
    let isURL = mark.elementsEqual("AzFu".utf8)
    let made = key.prefix { $0 != UInt8(ascii: "=") }.map { isURL ? Base64URL.digit($0) : $0 }
    return made + text.dropFirst(digits.count)
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
      case 51 where text[0] == UInt8(ascii: "5"),
        52 where text[0] == UInt8(ascii: "K") || text[0] == UInt8(ascii: "L"):
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
  static func encoded(_ bytes: [UInt8], digits: [UInt8] = Base58Check.digits) -> [UInt8] {
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

extension Hex {
  fileprivate static func encoded(_ bytes: [UInt8], isUpper: Bool) -> [UInt8] {
    let digits = isUpper ? CRC32.upperHex : CRC32.hex
    return bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
  }
}
