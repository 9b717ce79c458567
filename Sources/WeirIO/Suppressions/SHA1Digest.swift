internal import CNettle
internal import WeirCore

/// The SHA-1 (FIPS 180-4) of a secret, of nettle: by it alone others' baselines know theirs.
final class SHA1Digest: SecretReader {
  private var state = sha1_ctx()

  init() { nettle_sha1_init(&state) }

  func read(_ bytes: UnsafeRawBufferPointer) {
    guard let base = bytes.baseAddress else { return }
    nettle_sha1_update(&state, bytes.count, base.assumingMemoryBound(to: UInt8.self))
  }

  func finish() -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: Int(SHA1_DIGEST_SIZE))
    weir_sha1_digest(&state, &digest)
    return digest
  }

  deinit {
    withUnsafeMutableBytes(of: &state) { $0.wipe() }
  }
}
