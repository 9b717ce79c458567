internal import CSodium

/// The keyed BLAKE2b of a canonical secret, cut to eight bytes: the same secret under the same key has the same fingerprint,
/// and without the key nothing can be looked up.
public struct Fingerprint: Equatable, Hashable, Sendable, CustomStringConvertible {
  public let value: UInt64

  /// Sixteen lower-case hex digits.
  public var description: String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}

/// The key of fingerprints: 16 to 64 bytes, wiped when nobody needs them any more.
public struct FingerprintKey: Sendable {
  public static let lengthsBytes = 16...64
  private let owner: WipedBytes

  var bytes: UnsafeRawBufferPointer { owner.bytes }

  /// Copies the bytes; wiping the given ones is the caller's.
  ///
  /// - Returns: nil when the key is too short or too long.
  public init?(copying bytes: UnsafeRawBufferPointer) {
    guard Self.lengthsBytes.contains(bytes.count) else { return nil }
    owner = WipedBytes(copying: bytes)
  }

  public init?(_ bytes: [UInt8]) {
    guard let key = bytes.withUnsafeBytes({ FingerprintKey(copying: $0) }) else { return nil }
    self = key
  }
}

/// A fingerprint in the making.
struct FingerprintState: ~Copyable {
  private static let alignmentBytes = 64
  private let state: UnsafeMutableRawPointer

  init(key: FingerprintKey) {
    state = .allocate(byteCount: crypto_generichash_statebytes(), alignment: Self.alignmentBytes)
    crypto_generichash_init(
      handle, key.bytes.baseAddress!.assumingMemoryBound(to: UInt8.self), key.bytes.count,
      Int(crypto_generichash_BYTES_MIN))
    withExtendedLifetime(key) {}
  }

  private var handle: OpaquePointer { OpaquePointer(state) }

  mutating func update(with bytes: UnsafeRawBufferPointer) {
    guard let base = bytes.baseAddress else { return }
    crypto_generichash_update(
      handle, base.assumingMemoryBound(to: UInt8.self), UInt64(bytes.count))
  }

  mutating func finish() -> Fingerprint {
    Fingerprint(value: digest().prefix(8).reduce(0) { $0 << 8 | UInt64($1) })
  }

  /// All sixteen bytes. To be called once.
  mutating func digest() -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: Int(crypto_generichash_BYTES_MIN))
    crypto_generichash_final(handle, &digest, digest.count)
    return digest
  }

  deinit {
    sodium_memzero(state, crypto_generichash_statebytes())
    state.deallocate()
  }
}

/// How the bytes of a secret become the canonical ones: the same secret in different dresses has one fingerprint.
enum CanonicalBytes {
  case plain
  /// `%XX` is one byte.
  case percent
  /// Of a wallet's phrase the words in lower case, a blank between two.
  case phrase
  /// Of a key block only the base64 body; with the escape that the last bytes ended in.
  case keyBody(EscapeReader?)

  /// Feeds the bytes. Those of a phrase or a percent-encoded secret must come in one piece.
  mutating func update(_ reading: inout SecretReading, with bytes: UnsafeRawBufferPointer) {
    switch self {
    case .plain: reading.update(with: bytes)
    case .phrase:
      var words = Self.words(of: bytes)
      defer { words.wipe() }
      words.withUnsafeBytes { reading.update(with: $0) }
    case .percent:
      var decoded = Self.percentDecoded(bytes)
      defer { decoded.wipe() }
      decoded.withUnsafeBytes { reading.update(with: $0) }
    case .keyBody(var escape):
      var body: [UInt8] = []
      body.reserveCapacity(bytes.count)
      defer { body.wipe() }
      for byte in bytes {
        switch escape?.read(byte) {
        case .more: break
        case .value(let value):
          escape = nil
          if KeyBlock.isBody(value) { body.append(value) }
        case .broken, nil:
          escape = EscapeReader(byte)
          if KeyBlock.isBody(byte) { body.append(byte) }
        }
      }
      body.withUnsafeBytes { reading.update(with: $0) }
      self = .keyBody(escape)
    }
  }

  private static func words(of bytes: UnsafeRawBufferPointer) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count + 1)
    guard let base = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return result }
    let view = View(
      bytes: base, start: 0, end: UInt64(bytes.count), isFirst: true, isFinal: true)
    var next = PhraseWord.at(0, in: view)
    while case .yes(let word) = next {
      if !result.isEmpty { result.append(0x20) }
      result += bytes[Int(word.start)..<Int(word.end)].map(\.lowercased)
      next = PhraseWord.behind(word.end, in: view)
    }
    return result
  }

  private static func percentDecoded(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count,
        let value = Self.byte(ofDigits: bytes[index + 1...index + 2])
      {
        result.append(value)
        index += 3
      } else {
        result.append(bytes[index])
        index += 1
      }
    }
    return result
  }

  /// nil if one of the two is no hex digit; a sign, which Swift's parser takes, is none.
  private static func byte(ofDigits digits: Slice<UnsafeRawBufferPointer>) -> UInt8? {
    guard digits.allSatisfy(Edge.isHex) else { return nil }
    return UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
  }
}
