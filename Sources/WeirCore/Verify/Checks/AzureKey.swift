/// Microsoft's two formats of keys that can be told: a mark at a fixed place, and Marvin32 of what stands before at the end.
///
/// HIS: base64 of random bytes, then the mark of four characters and the last four bytes. The seed of the hash tells the purpose of
/// the key; some marks have more than one. CASK: 80 characters of base64, then the hash in one of two spellings.
package enum AzureKey {
  /// The characters of the hash at the end of an HIS key, without padding.
  private static let hashDigits = 6
  private static let caskDigits = 80
  private static let defaultSeed = seed("Default0")
  private static let relaySeeds = ["Send0000", "Listen00", "Manage00", "Unknown0"].map(seed)
  private static let hubSeeds = relaySeeds + [seed("System00")]

  /// The marks, and the seeds that keys with this mark are hashed under.
  package static let seedsOfMark: [[UInt8]: [UInt64]] = [
    Array("+ASt".utf8): [defaultSeed],
    Array("ACDb".utf8): [
      "MastRW00", "MastRO00", "SystRW00", "SystRO00", "SysAll00", "Resour00", "Encryp00",
    ].map(seed),
    Array("+ABa".utf8): [seed("AbAcct00")],
    Array("AIoT".utf8): ["IoTHub00", "Device00", "DpsKey00"].map(seed),
    Array("+ASb".utf8): hubSeeds, Array("+AEh".utf8): hubSeeds, Array("+ARm".utf8): relaySeeds,
    Array("+AMC".utf8): [seed("Classic0")], Array("+ACR".utf8): [seed("ACRDflt0")],
    // IoTHub00, too, is what is published for these.
    Array("APIM".utf8): ["Tenant00", "Gatewy00", "GitKey00", "IoTHub00"].map(seed),
    Array("AzCa".utf8): [seed("Access00")], Array("AzSe".utf8): ["PAdmin00", "Query000"].map(seed),
    Array("AzFu".utf8): ["Functi00", "Master00", "System00"].map(seed),
  ]

  /// Eight characters as one number, the first the highest.
  private static func seed(_ text: String) -> UInt64 {
    text.utf8.reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// Of a key without a mark, as all were before there were marks, nothing is known.
  ///
  /// - Parameter text: base64 of either alphabet, with its padding or without, which a URL may
  ///   write `%3D`. Cost: linear in its length,
  ///   times at most seven seeds.
  package static func outcome(ofHIS text: UnsafeRawBufferPointer) -> CheckOutcome {
    let digits = text.prefix { $0 != UInt8(ascii: "=") && $0 != UInt8(ascii: "%") }
    let mark = Array(digits.dropLast(hashDigits).suffix(4))
    guard let seeds = seedsOfMark[mark] else { return .none }
    guard let bytes = Base64.decodeEither(digits), bytes.count > 4 else { return .failed }
    let isValid = seeds.contains { hash(of: Array(bytes.dropLast(4)), seed: $0) == bytes.suffix(4) }
    return isValid ? .valid : .failed
  }

  /// The key of these digits: the last bytes are the hash of those before.
  ///
  /// - Parameter head: the bytes before the hash.
  package static func hisKey(_ head: [UInt8], seed: UInt64) -> [UInt8] {
    Base64.encode(head + hash(of: head, seed: seed))
  }

  /// The characters behind the first 80 are the hash of the bytes those decode to.
  package static func isValidCASK(_ text: UnsafeRawBufferPointer) -> Bool {
    guard text.count > caskDigits, let bytes = Base64.decode(text.prefix(caskDigits)) else {
      return false
    }
    let hash = hash(of: bytes, seed: defaultSeed)
    let end = text.dropFirst(caskDigits)
    let isLong = end.count > 4
    return end.elementsEqual(Base64.encode(Array(hash.prefix(isLong ? 4 : 3))))
      || end.elementsEqual(caskEnd(hash, isLong: isLong))
  }

  /// What stands behind the first 80 characters, as letters and digits.
  package static func caskEnd(of head: [UInt8], isLong: Bool) -> [UInt8]? {
    Base64.decode(head).map { caskEnd(hash(of: $0, seed: defaultSeed), isLong: isLong) }
  }

  /// The hash's bytes as one number in base62, the first four or six digits, with zeros behind if there are fewer.
  private static func caskEnd(_ hash: [UInt8], isLong: Bool) -> [UInt8] {
    let number = hash.reduce(0 as UInt32) { $0 << 8 | UInt32($1) }
    let padded = CRC32.text(number, digits: CRC32.base62, width: 6)
    let digits = Array(padded.drop { $0 == UInt8(ascii: "0") })
    let text = digits + [UInt8](repeating: UInt8(ascii: "0"), count: 6 - digits.count)
    return isLong ? text + Array("==".utf8) : Array(text.prefix(4))
  }

  /// The hash as its four bytes, the lowest first.
  private static func hash(of bytes: [UInt8], seed: UInt64) -> [UInt8] {
    let sum = bytes.withUnsafeBytes { Marvin32.checksum($0, seed: seed) }
    return (0..<4).map { UInt8(truncatingIfNeeded: sum >> UInt32(8 * $0)) }
  }
}
