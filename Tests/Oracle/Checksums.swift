internal import WeirCore

/// The checks once more, slow and obvious; only `base58check` and what is hashed with SHA-256 is
/// the engine's own.
enum Checksums {
  static func outcome(
    of kind: CheckExpression.Kind, _ source: [UInt8], _ target: [UInt8]
  ) -> CheckOutcome {
    switch kind {
    case .crc32Base62:
      outcome(target == padded(crc32(source), to: target.count, Digits.base62))
    case .crc32Base62Lower:
      outcome(target == padded(crc32(source), to: target.count, Digits.base62Lower))
    case .crc32Base36:
      outcome(target == Array(hexLike(crc32(source), 36, to: target.count).utf8))
    case .crc32Hex: outcome(target == Array(hexLike(crc32(source), 16, to: 8).utf8))
    case .crc32HexLittle:
      outcome(target == bytes(of: crc32(source)).flatMap { hexLike(UInt32($0), 16, to: 2).utf8 })
    case .crc32Atlassian:
      outcome(
        target == Array(hexLike(crc32(withPlainSign(source)), 16, to: 8).uppercased().utf8))
    case .crc32Base64:
      outcome(target == Array(base64(bytes(of: crc32(source))).prefix(target.count)))
    case .crc32Base62End:
      outcome(
        source.count > 6
          && source.suffix(6).elementsEqual(
            padded(crc32(source.dropLast(6)), to: 6, Digits.base62))
      )
    case .sha256Base32:
      outcome(
        target.elementsEqual(base32(source.withUnsafeBytes(SHA256.digest)).prefix(target.count)))
    case .crc16Base32: outcome(isSummed(source))
    case .base64JSON: outcome(decoded(unpadded(source)).map(JSONReading.isObject) ?? false)
    case .jwt: outcome(isToken(source))
    case .base64Text: outcome(decoded(unpadded(source)).map(isText) ?? false)
    case .base64Login:
      outcome(
        decoded(unpadded(source)).map { $0.count > 1 && $0.contains(0x3A) && isText($0) } ?? false)
    case .base64Number: outcome(decoded(unpadded(source)).map(isNumber) ?? false)
    case .macaroon: outcome(MacaroonReading.isWhole(source))
    case .ed25519Scalar: outcome(isReduced(source))
    case .x25519Scalar: outcome(isClamped(source))
    case .miniKey: outcome(source.withUnsafeBytes(MiniKey.isValid))
    case .base58CheckXRP: outcome(source.withUnsafeBytes(Base58Check.isValidRipple))
    case .base58Check: outcome(source.withUnsafeBytes(Base58Check.isValid))
    case .bech32: outcome(isBech32(source))
    case .azureHIS: his(source)
    case .azureCASK: outcome(isCASK(source))
    }
  }

  private static func outcome(_ isValid: Bool) -> CheckOutcome { isValid ? .valid : .failed }

  // MARK: Numbers as text

  private enum Digits {
    static let decimal = Array("0123456789".utf8)
    static let upper = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ".utf8)
    static let lower = Array("abcdefghijklmnopqrstuvwxyz".utf8)
    static let base62 = decimal + upper + lower
    static let base62Lower = decimal + lower + upper
    static let base64 = upper + lower + decimal + Array("+/".utf8)
    static let base32 = upper + Array("234567".utf8)
  }

  private static func text(_ value: UInt32, _ digits: [UInt8]) -> [UInt8] {
    let rest = value / UInt32(digits.count)
    return (rest == 0 ? [] : text(rest, digits)) + [digits[Int(value % UInt32(digits.count))]]
  }

  private static func padded(_ value: UInt32, to width: Int, _ digits: [UInt8]) -> [UInt8] {
    let text = text(value, digits)
    return [UInt8](repeating: digits[0], count: max(0, width - text.count)) + text
  }

  private static func hexLike(_ value: UInt32, _ radix: Int, to width: Int) -> String {
    let text = String(value, radix: radix)
    return String(repeating: "0", count: max(0, width - text.count)) + text
  }

  /// The lowest first.
  private static func bytes(of value: UInt32) -> [UInt8] {
    [0, 8, 16, 24].map { UInt8(value >> $0 & 0xFF) }
  }

  // MARK: Bases of 32 and 64

  /// "Base64 in a check is of either alphabet, with or without padding (`%3D` is `=`), and bits
  /// left over do not count."
  static func decoded(_ digits: [UInt8]) -> [UInt8]? {
    let plain = digits.map { $0 == 0x2D ? 0x2B : $0 == 0x5F ? 0x2F : $0 }
    return decoded(plain, Digits.base64, bitsEach: 6)
  }

  static func unpadded(_ source: [UInt8]) -> [UInt8] {
    var text = String(decoding: source, as: UTF8.self)
    while text.hasSuffix("=") || text.hasSuffix("%3D") {
      text.removeLast(text.hasSuffix("=") ? 1 : 3)
    }
    return Array(text.utf8)
  }

  private static func decoded(_ digits: [UInt8], _ alphabet: [UInt8], bitsEach: Int) -> [UInt8]? {
    let values = digits.compactMap { alphabet.firstIndex(of: $0) }
    guard values.count == digits.count else { return nil }
    let bits = values.flatMap { value in (0..<bitsEach).reversed().map { value >> $0 & 1 } }
    return (0..<bits.count / 8).map { place in
      UInt8(bits[(place * 8)..<(place * 8 + 8)].reduce(0) { $0 * 2 + $1 })
    }
  }

  private static func encoded(_ bytes: [UInt8], _ alphabet: [UInt8], bitsEach: Int) -> [UInt8] {
    var bits = bytes.flatMap { byte in (0..<8).reversed().map { Int(byte) >> $0 & 1 } }
    while bits.count % bitsEach != 0 { bits.append(0) }
    return stride(from: 0, to: bits.count, by: bitsEach).map { start in
      alphabet[bits[start..<start + bitsEach].reduce(0) { $0 * 2 + $1 }]
    }
  }

  private static func base64(_ bytes: [UInt8]) -> [UInt8] {
    encoded(bytes, Digits.base64, bitsEach: 6)
  }

  private static func base32(_ bytes: [UInt8]) -> [UInt8] {
    encoded(bytes, Digits.base32, bitsEach: 5)
  }

  // MARK: What base64 holds

  private static func isToken(_ source: [UInt8]) -> Bool {
    let parts = source.split(separator: 0x2E, omittingEmptySubsequences: false).map(Array.init)
    guard parts.count > 1, parts[0].count % 4 != 1, let header = decoded(parts[0]),
      let payload = decoded(unpadded(parts[1]))
    else { return false }
    return JSONReading.namesAlgorithm(header) && JSONReading.isObject(payload)
  }

  /// "UTF-8 without control characters but tab, LF and CR."
  private static func isText(_ bytes: [UInt8]) -> Bool {
    let text = String(decoding: bytes, as: UTF8.self)
    return !bytes.isEmpty && Array(text.utf8) == bytes
      && text.unicodeScalars.allSatisfy {
        $0.properties.generalCategory != .control || "\t\n\r".unicodeScalars.contains($0)
      }
  }

  /// "Decimal digits, to the end or to a colon."
  private static func isNumber(_ bytes: [UInt8]) -> Bool {
    let head = bytes.split(separator: 0x3A, maxSplits: 1, omittingEmptySubsequences: false)[0]
    return !head.isEmpty && head.allSatisfy(Digits.decimal.contains)
  }

  // MARK: Curve25519

  /// 32 bytes, the lowest first, below 2^252 + 27742317777372353535851937790883648493.
  private static func isReduced(_ source: [UInt8]) -> Bool {
    let digits = Array(String(decoding: source, as: UTF8.self).lowercased())
    let bytes = stride(from: 0, to: digits.count, by: 2).map { String(digits[$0..<$0 + 2]) }
    return bytes.reversed().joined()
      < "1000000000000000000000000000000014def9dea2f79cd65812631a5cf5d3ed"
  }

  private static func isClamped(_ source: [UInt8]) -> Bool {
    guard let bytes = decoded(unpadded(source)), bytes.count == 32 else { return false }
    return bytes[0] % 8 == 0 && (64..<128).contains(bytes[31])
  }

  // MARK: CRC-16/XMODEM, by long division

  private static func isSummed(_ source: [UInt8]) -> Bool {
    guard let bytes = decoded(source, Digits.base32, bitsEach: 5), bytes.count > 2 else {
      return false
    }
    var bits = bytes.dropLast(2).flatMap { byte in (0..<8).reversed().map { byte >> $0 & 1 } }
    bits += [UInt8](repeating: 0, count: 16)
    // x^16 + x^12 + x^5 + 1
    for place in 0..<bits.count - 16 where bits[place] == 1 {
      for term in [0, 4, 11, 16] { bits[place + term] ^= 1 }
    }
    let rest = bits.suffix(16).reduce(0) { $0 * 2 + Int($1) }
    return [rest & 0xFF, rest >> 8] == bytes.suffix(2).map(Int.init)
  }

  // MARK: CRC-32, bit by bit

  private static func crc32(_ bytes: some Sequence<UInt8>) -> UInt32 {
    var rest: UInt32 = 0xFFFF_FFFF
    for byte in bytes {
      for bit in 0..<8 {
        let isOdd = rest & 1 != UInt32(byte) >> UInt32(bit) & 1
        rest >>= 1
        if isOdd { rest ^= 0xEDB8_8320 }
      }
    }
    return rest ^ 0xFFFF_FFFF
  }

  /// The sign before the sum may be written `%3D` or `\=`.
  private static func withPlainSign(_ source: [UInt8]) -> [UInt8] {
    var text = String(decoding: source, as: UTF8.self)
    for escape in ["%3D", "\\="] where text.hasSuffix(escape) {
      text = text.dropLast(escape.count) + "="
      break
    }
    return Array(text.utf8)
  }

  // MARK: Bech32, as BIP 173 has it

  private static func isBech32(_ source: [UInt8]) -> Bool {
    let text = String(decoding: source, as: UTF8.self)
    guard text == text.lowercased() || text == text.uppercased() else { return false }
    let parts = text.lowercased().split(separator: "1", omittingEmptySubsequences: false)
    guard parts.count >= 2, let data = parts.last, data.count >= 6 else { return false }
    let readable = parts.dropLast().joined(separator: "1").utf8
    let digits = Array("qpzry9x8gf2tvdw0s3jn54khce6mua7l")
    let values = data.compactMap { digits.firstIndex(of: $0) }
    guard values.count == data.count, !readable.isEmpty else { return false }
    var sum = 1
    for value in readable.map({ Int($0) >> 5 }) + [0] + readable.map({ Int($0) & 31 }) + values {
      let top = sum >> 25
      sum = (sum & 0x1ff_ffff) << 5 ^ value
      let generators = [0x3b6a_57b2, 0x2650_8e6d, 0x1ea1_19fa, 0x3d42_33dd, 0x2a14_62b3]
      for bit in 0..<5 where top >> bit & 1 == 1 { sum ^= generators[bit] }
    }
    return sum == 1
  }

  // MARK: Azure

  private static let seeds: [(mark: String, seeds: [String])] = [
    ("+ASt", ["Default0"]), ("+ABa", ["AbAcct00"]),
    (
      "ACDb",
      ["MastRW00", "MastRO00", "SystRW00", "SystRO00", "SysAll00", "Resour00", "Encryp00"]
    ),
    ("AIoT", ["IoTHub00", "Device00", "DpsKey00"]),
    ("+ASb", ["Send0000", "Listen00", "Manage00", "System00", "Unknown0"]),
    ("+AEh", ["Send0000", "Listen00", "Manage00", "System00", "Unknown0"]),
    ("+ARm", ["Send0000", "Listen00", "Manage00", "Unknown0"]),
    ("APIM", ["Tenant00", "Gatewy00", "GitKey00", "IoTHub00"]), ("+ACR", ["ACRDflt0"]),
    ("+AMC", ["Classic0"]), ("AzCa", ["Access00"]), ("AzSe", ["PAdmin00", "Query000"]),
    ("AzFu", ["Functi00", "Master00", "System00"]),
  ]

  /// The mark stands six before the padding.
  private static func his(_ source: [UInt8]) -> CheckOutcome {
    let digits = unpadded(source)
    let mark = String(decoding: digits[(digits.count - 10)..<(digits.count - 6)], as: UTF8.self)
    guard let known = seeds.first(where: { $0.mark == mark }) else { return .none }
    guard let key = decoded(digits) else { return .failed }
    return outcome(known.seeds.contains { bytes(of: marvin(key.dropLast(4), $0)) == key.suffix(4) })
  }

  private static func isCASK(_ source: [UInt8]) -> Bool {
    guard let key = decoded(Array(source.prefix(80))) else { return false }
    let hash = bytes(of: marvin(key[...], "Default0"))
    let end = source.dropFirst(80).filter { $0 != UInt8(ascii: "=") }
    let count = end.count == 4 ? 3 : 4
    if let written = decoded(end), written == Array(hash.prefix(count)),
      // Bits left over are zero.
      count == 3 || Digits.base64.firstIndex(of: end[5])! & 15 == 0
    {
      return true
    }
    let number = hash.reduce(0 as UInt32) { $0 * 256 + UInt32($1) }
    return (text(number, Digits.base62) + Array("000000".utf8)).prefix(6).starts(with: end)
  }

  private static func marvin(_ message: ArraySlice<UInt8>, _ seed: String) -> UInt32 {
    let seed = Array(seed.utf8)
    func word(_ bytes: ArraySlice<UInt8>) -> UInt32 { bytes.reduce(0) { $0 << 8 | UInt32($1) } }
    var a = word(seed[4..<8])
    var b = word(seed[0..<4])
    func rotated(_ x: UInt32, _ n: UInt32) -> UInt32 { x << n | x >> (32 - n) }
    func block() {
      b ^= a
      a = rotated(a, 20)
      a &+= b
      b = rotated(b, 9)
      b ^= a
      a = rotated(a, 27)
      a &+= b
      b = rotated(b, 19)
    }
    var padded = message + [0x80]
    while padded.count % 4 != 0 { padded.append(0) }
    while !padded.isEmpty {
      a &+= word(ArraySlice(padded.prefix(4).reversed()))
      block()
      padded = padded.dropFirst(4)
    }
    block()
    return a ^ b
  }
}
