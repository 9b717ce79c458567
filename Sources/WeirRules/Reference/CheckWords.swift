internal import WeirCore

extension CheckExpression {
  /// What must hold, about the names that `ShapeWords` gives, and what it means if it does not.
  func words(of shape: Shape, refutes: Bool) -> String {
    let failure =
      refutes
      ? "A failure is strong evidence: the finding's confidence becomes low."
      : "A failure is told with the finding, and changes nothing else."
    return "\(rule(name(in: shape))). \(failure)"
  }

  private func rule(_ name: String) -> String {
    let hashed = source == Self.head ? "all before it" : name
    switch kind {
    case .crc32Base62: return "the checksum is the CRC-32 of \(hashed) in base62"
    case .crc32Base62Lower:
      return "the checksum is the CRC-32 of \(hashed) in base62, lower-case letters first"
    case .crc32Base36: return "the checksum is the CRC-32 of \(hashed) in base36"
    case .crc32Hex: return "the checksum is the CRC-32 of \(hashed) in hex digits"
    case .crc32HexLittle:
      return "the checksum is the CRC-32 of \(hashed) in hex digits, the lowest byte first"
    case .crc32Atlassian:
      return "the checksum is the CRC-32 of \(hashed) in upper-case hex digits"
    case .crc32Base64:
      return
        "the checksum is the beginning of the CRC-32 of \(hashed), the lowest byte first, in base64"
    case .crc32Base62End:
      return "the last six characters of \(name) are the CRC-32 of those before, in base62"
    case .sha256Base32: return "the checksum is the beginning of the SHA-256 of \(hashed) in base32"
    case .base64JSON: return "\(name) is base64 of one JSON object"
    case .jwt:
      return
        "\(name) is the beginning of a JWT: base64url of a JSON object that names an algorithm, "
        + "a dot, and base64url of a JSON object"
    case .base64Text: return "\(name) is base64 of text"
    case .base64Login: return "\(name) is base64 of text with a colon in it"
    case .base64Number:
      return "\(name) is base64 of a decimal number, to its end or to a colon"
    case .crc16Base32:
      return "the last two bytes of what \(name) decodes to are the CRC-16 of those before "
        + "(base32, CRC-16/XMODEM)"
    case .macaroon:
      return "\(name) decodes to a macaroon of version 2, with nothing behind its signature"
    case .ed25519Scalar:
      return "\(name) is a number below the order of Ed25519's group, the lowest byte first"
    case .x25519Scalar:
      return "\(name) has the bits set and cleared that X25519 sets and clears"
    case .miniKey: return "the SHA-256 of \(name) and a question mark begins with a zero byte"
    case .base58CheckXRP:
      return "the last four bytes of what \(name) decodes to are the start of its double SHA-256 "
        + "(Base58Check, in the digits of the XRP Ledger)"
    case .base58Check:
      return "the last four bytes of what \(name) decodes to are the start of its double SHA-256 "
        + "(Base58Check)"
    case .bech32: return "the last six characters of \(name) are its checksum (BIP 173)"
    case .azureHIS:
      return "\(name) decodes to bytes of which the last four are Marvin32 of those before; where "
        + "it has no mark of Microsoft's there is nothing to check"
    case .azureCASK:
      return "what follows the first 80 characters of \(name) is Marvin32 of what those decode to"
    }
  }

  /// How the words of the shape call the source.
  private func name(in shape: Shape) -> String {
    if source == "secret" { return "the secret" }
    let isWhole = shape.alternatives.allSatisfy { $0.count == 1 && $0[0].name == source }
    return isWhole ? "the whole" : "*\(source)*"
  }
}
