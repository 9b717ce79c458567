/// How providers write the CRC-32 of a credential into it.
package enum ChecksumText {
  /// What stands in the target of this check if it holds; nil if the check is no CRC-32.
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
    case .base58Check, .bech32, .azureHIS, .azureCASK: return nil
    }
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
