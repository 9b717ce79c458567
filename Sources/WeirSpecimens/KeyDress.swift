/// The ways a key block is written into other texts.
public enum KeyDress: Sendable, CaseIterable {
  case lineFeeds
  case carriageReturns
  /// Inside a JSON string.
  case jsonEscaped
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
    case .yamlIndented: Array("\n    ".utf8)
    case .quotedLines: Array("\\n\",\n  \"".utf8)
    }
  }

  private static let headerLines = [
    "Proc-Type: 4,ENCRYPTED", "DEK-Info: AES-128-CBC,7C2B0F19A3D4E586",
  ].map { Array($0.utf8) }

  /// Dresses the lines of a block, the BEGIN line first.
  public func dressed(_ lines: [[UInt8]]) -> [UInt8] {
    var lines = lines
    if self == .headers { lines.insert(contentsOf: Self.headerLines + [[]], at: 1) }
    return Array(lines.joined(separator: separator))
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
