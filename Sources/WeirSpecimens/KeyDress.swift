/// The ways a key block is written into other texts.
public enum KeyDress: Sendable, CaseIterable {
  case lineFeeds
  case carriageReturns
  /// Inside a JSON string.
  case jsonEscaped
  /// As syslog daemons write control bytes.
  case octal
  /// As web servers write them, `+` and `=` too.
  case hexEscaped
  /// In JSON that escapes all but letters and digits.
  case unicodeEscaped
  /// In an address, of which the BEGIN and END lines were not.
  case percentEncoded
  /// In an attribute of XML.
  case entities
  case yamlIndented
  /// With the header lines of an encrypted key.
  case headers
  /// As string literals of a program, one a line.
  case quotedLines

  /// How the lines of a block are joined.
  private var separator: [UInt8] {
    switch self {
    case .lineFeeds, .headers: [0x0A]
    case .carriageReturns: [0x0D, 0x0A]
    case .jsonEscaped: Array("\\n".utf8)
    case .octal: Array("#015#012".utf8)
    case .hexEscaped: Array("\\x0A".utf8)
    case .unicodeEscaped: Array("\\u000a".utf8)
    case .percentEncoded: Array("%0A".utf8)
    case .entities: Array("&#xA;".utf8)
    case .yamlIndented: Array("\n    ".utf8)
    case .quotedLines: Array("\\n\",\n  \"".utf8)
    }
  }

  /// How a sign inside a line of the body is written; as it is when nil.
  private func escape(of sign: UInt8) -> String? {
    let hex = String(sign, radix: 16)
    return switch self {
    case .hexEscaped: "\\x\(hex)"
    case .unicodeEscaped: "\\u00\(hex.uppercased())"
    case .percentEncoded: "%\(hex.uppercased())"
    case .entities: "&#\(sign);"
    default: nil
    }
  }

  private func escaped(_ line: [UInt8]) -> [UInt8] {
    if line.starts(with: [0x2D]) { return line }
    return line.flatMap { byte in
      let isSign = byte == UInt8(ascii: "+") || byte == UInt8(ascii: "=")
      return isSign ? escape(of: byte).map { Array($0.utf8) } ?? [byte] : [byte]
    }
  }

  private static let headerLines = [
    "Proc-Type: 4,ENCRYPTED", "DEK-Info: AES-128-CBC,7C2B0F19A3D4E586",
  ].map { Array($0.utf8) }

  /// Dresses the lines of a block, the BEGIN line first.
  public func dressed(_ lines: [[UInt8]]) -> [UInt8] {
    var lines = lines
    if self == .headers { lines.insert(contentsOf: Self.headerLines + [[]], at: 1) }
    return Array(lines.map(escaped).joined(separator: separator))
  }
}

extension Specimen {
  /// The same key in another dress. The specimen's form is a key block whose lines end in line
  /// feeds.
  public func dressed(_ dress: KeyDress) -> Specimen {
    let lines = bytes[form].split(separator: 0x0A).map(Array.init)
    let block = dress.dressed(lines)
    return Specimen(
      ruleID: ruleID, bytes: Array(bytes[..<form.lowerBound]) + block + bytes[form.upperBound...],
      form: form.lowerBound..<form.lowerBound + block.count,
      secret: form.lowerBound..<form.lowerBound + block.count)
  }
}
