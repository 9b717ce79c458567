/// A macaroon in the binary format of version 2 (libmacaroons, doc/format.txt): a byte 2; location
/// and identifier; caveats; a signature of 32 bytes.
///
/// A field is its type, its length and its bytes, the first two as numbers of seven bits a byte,
/// the lowest first; a byte 0 ends a row of fields.
package enum Macaroon {
  private static let version: UInt8 = 2
  private enum Field { static let end = 0, location = 1, identifier = 2, verifier = 4 }
  private static let signatureBytes = 32
  /// The type and the length of the last field.
  private static let signature: [UInt8] = [6, 32]

  /// - Parameter text: base64 of either alphabet, or hex digits if its first is `0`. Cost: linear
  ///   in its length.
  package static func isValid(_ text: UnsafeRawBufferPointer) -> Bool {
    let isHex = text.first == UInt8(ascii: "0")
    let decoded = isHex ? Hex.decode(text) : Base64.decodeEither(EncodedText.digits(of: text))
    guard var bytes = decoded else { return false }
    defer { bytes.wipe() }
    return isMacaroon(bytes[...])
  }

  private static func isMacaroon(_ bytes: ArraySlice<UInt8>) -> Bool {
    var rest = bytes
    guard rest.popFirst() == version, takeRow(&rest) == true else { return false }
    while let isRow = takeRow(&rest) {
      guard !isRow else { continue }
      return rest.starts(with: signature) && rest.count == signature.count + signatureBytes
    }
    return false
  }

  /// - Returns: whether there was a field at all; nil if the fields are no identifier with what may
  ///   stand around it.
  private static func takeRow(_ rest: inout ArraySlice<UInt8>) -> Bool? {
    var last = Field.end
    while let type = number(&rest) {
      if type == Field.end {
        return last == Field.end ? false : last >= Field.identifier ? true : nil
      }
      let mayFollow =
        type == Field.location || type == Field.identifier || type == Field.verifier
      guard mayFollow, type > last, let count = number(&rest), count <= rest.count,
        type != Field.verifier || last == Field.identifier
      else { return nil }
      rest = rest.dropFirst(count)
      last = type
    }
    return nil
  }

  private static func number(_ rest: inout ArraySlice<UInt8>) -> Int? {
    var value = 0
    for place in 0..<4 {
      guard let byte = rest.popFirst() else { return nil }
      value |= Int(byte & 0x7F) << (7 * place)
      if byte & 0x80 == 0 { return value }
    }
    return nil
  }
}
