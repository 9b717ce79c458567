internal import CSodium

/// The keyed BLAKE2b of a secret, sixteen bytes: what its fingerprint is the first half of.
public final class KeyedDigest: SecretReader {
  private var state: FingerprintState

  public init(key: FingerprintKey) { state = FingerprintState(key: key) }

  public func read(_ bytes: UnsafeRawBufferPointer) { state.update(with: bytes) }

  public func finish() -> [UInt8] { state.digest() }
}

/// The SHA-256 (FIPS 180-4) of a secret, which who has it can look a guess up in.
public final class PlainDigest: SecretReader {
  private var state = crypto_hash_sha256_state()

  public init() { crypto_hash_sha256_init(&state) }

  public func read(_ bytes: UnsafeRawBufferPointer) {
    guard let base = bytes.baseAddress else { return }
    crypto_hash_sha256_update(
      &state, base.assumingMemoryBound(to: UInt8.self), UInt64(bytes.count))
  }

  public func finish() -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: Int(crypto_hash_sha256_BYTES))
    crypto_hash_sha256_final(&state, &digest)
    return digest
  }

  deinit {
    withUnsafeMutableBytes(of: &state) { $0.wipe() }
  }
}
