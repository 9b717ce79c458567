internal import CSodium

/// SHA-256 (FIPS 180-4), of libsodium.
package enum SHA256 {
  package static func digest(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: Int(crypto_hash_sha256_BYTES))
    let source = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
    crypto_hash_sha256(&digest, source, UInt64(bytes.count))
    return digest
  }
}
