/// How providers write the CRC-32, or the SHA-256, of a credential into it.
package enum ChecksumText {
  /// What stands in the target of this check if it holds; nil if the check has none.
  ///
  /// Cost: linear in the source and the width.
  package static func expected(
    _ kind: CheckExpression.Kind, of source: UnsafeRawBufferPointer, width: Int
  ) -> [UInt8]? {
    func text(_ sum: UInt32, _ digits: [UInt8]) -> [UInt8] {
      CRC32.text(sum, digits: digits, width: width)
    }
    switch kind {
    case .crc32Base62: return text(CRC32.checksum(source), CRC32.base62)
    case .crc32Base62Lower: return text(CRC32.checksum(source), CRC32.base62Lower)
    case .crc32Base36: return text(CRC32.checksum(source), CRC32.base36)
    case .crc32Hex: return text(CRC32.checksum(source), CRC32.hex)
    case .crc32HexLittle: return text(CRC32.checksum(source).byteSwapped, CRC32.hex)
    case .crc32Atlassian:
      let plain = unescaped(source)
      return text(plain.withUnsafeBytes(CRC32.checksum), CRC32.upperHex)
    case .crc32Base64:
      let sum = CRC32.checksum(source)
      let bytes = (0..<4).map { UInt8(truncatingIfNeeded: sum >> UInt32(8 * $0)) }
      return Array(Base64.encode(bytes).prefix(width))
    case .sha256Base32: return Array(Base32.encode(SHA256.digest(source)).prefix(width))
    case .base58Check, .base58CheckXRP, .bech32, .azureHIS, .azureCASK, .base64JSON, .jwt,
      .base64Text, .base64Login, .base64Number, .crc16Base32, .macaroon, .miniKey, .crc32Base62End,
      .ed25519Scalar, .x25519Scalar:
      return nil
    }
  }

  /// The digits of a CRC-32 in base62.
  package static let endDigits = 6

  /// The last six characters are the CRC-32 in base62 of those before.
  static func isValidEnd(_ text: UnsafeRawBufferPointer) -> Bool {
    guard text.count > endDigits else { return false }
    let source = UnsafeRawBufferPointer(rebasing: text.dropLast(endDigits))
    return expected(.crc32Base62, of: source, width: endDigits).map(
      text.suffix(endDigits).elementsEqual)
      ?? false
  }

  /// The `=` before Atlassian's checksum, as URLs and property files write it, made one byte again.
  private static func unescaped(_ source: UnsafeRawBufferPointer) -> [UInt8] {
    for escape in escapedSigns where source.suffix(escape.count).elementsEqual(escape) {
      return Array(source.dropLast(escape.count)) + [UInt8(ascii: "=")]
    }
    return Array(source)
  }

  private static let escapedSigns = [Array("%3D".utf8), Array("\\=".utf8)]
}
