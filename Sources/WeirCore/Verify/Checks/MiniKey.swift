/// Bitcoin's short private keys, as coins of metal carry them ("Mini private key format" of the
/// Bitcoin Wiki): the SHA-256 of the text and
/// a question mark begins with a zero byte.
package enum MiniKey {
  package static func isValid(_ text: UnsafeRawBufferPointer) -> Bool {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count + 1)
    bytes += text
    bytes.append(UInt8(ascii: "?"))
    defer { bytes.wipe() }
    return bytes.withUnsafeBytes(SHA256.digest)[0] == 0
  }
}
