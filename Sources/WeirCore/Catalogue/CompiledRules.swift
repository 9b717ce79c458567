internal import CSodium

/// What `weir rules compile` writes and libweir reads: rules as texts, each as its length in bytes (four, the lowest first) and UTF-8, between a magic word and a
/// digest of all before it.
///
/// It holds rules and no tables: who reads it compiles them, with all that refuses a bad rule file. So the bytes may come from anywhere.
public enum CompiledRules {
  private static let magic: [UInt8] = Array("WEIRRUL2".utf8)
  private static let digestBytes = 32

  /// The bytes begin as such a file does.
  public static func begin(_ bytes: UnsafeRawBufferPointer) -> Bool {
    bytes.prefix(magic.count).elementsEqual(magic)
  }

  public static func bytes(of rules: [RuleDefinition]) -> [UInt8] {
    var bytes = magic
    for rule in rules {
      for text in rule.texts {
        withUnsafeBytes(of: UInt32(text.utf8.count).littleEndian) { bytes += $0 }
        bytes += text.utf8
      }
    }
    return bytes + bytes.withUnsafeBytes(digest)
  }

  /// The rules as they were given.
  public static func definitions(
    in bytes: UnsafeRawBufferPointer
  ) throws(CatalogueError) -> [RuleDefinition] {
    let end = bytes.count - digestBytes
    guard begin(bytes), end >= magic.count else { throw .damagedRules }
    let body = UnsafeRawBufferPointer(rebasing: bytes[..<end])
    guard digest(body).elementsEqual(bytes[end...]) else { throw .damagedRules }
    var reader = TextReader(bytes: body, position: magic.count)
    var rules: [RuleDefinition] = []
    while !reader.isAtEnd { rules.append(try RuleDefinition(reading: &reader)) }
    return rules
  }

  /// The rules as they were given.
  public static func definitions(in bytes: [UInt8]) throws(CatalogueError) -> [RuleDefinition] {
    let result: Result<[RuleDefinition], CatalogueError> = bytes.withUnsafeBytes { bytes in
      do throws(CatalogueError) { return .success(try definitions(in: bytes)) } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }

  private static func digest(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: digestBytes)
    crypto_generichash(
      &digest, digest.count, bytes.bindMemory(to: UInt8.self).baseAddress, UInt64(bytes.count),
      nil, 0)
    return digest
  }
}

private struct TextReader {
  let bytes: UnsafeRawBufferPointer
  private(set) var position: Int

  init(bytes: UnsafeRawBufferPointer, position: Int) {
    self.bytes = bytes
    self.position = position
  }

  var isAtEnd: Bool { position == bytes.count }

  mutating func text() throws(CatalogueError) -> String {
    let lengthBytes = MemoryLayout<UInt32>.size
    guard bytes.count - position >= lengthBytes else { throw .damagedRules }
    let count = Int(
      UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: UInt32.self)))
    position += lengthBytes
    guard bytes.count - position >= count,
      let text = String(validating: bytes[position..<position + count], as: UTF8.self)
    else { throw .damagedRules }
    position += count
    return text
  }

  mutating func texts() throws(CatalogueError) -> [String] {
    try text().split(separator: "\n").map(String.init)
  }

  mutating func flag() throws(CatalogueError) -> Bool {
    try value(in: [false, true], named: flagText)
  }

  /// The value that is so named.
  mutating func value<Value>(
    in values: [Value], named name: (Value) -> String
  ) throws(CatalogueError) -> Value {
    let text = try text()
    guard let value = values.first(where: { name($0) == text }) else { throw .damagedRules }
    return value
  }
}

private func flagText(_ flag: Bool) -> String { flag ? "1" : "0" }

private func numberText(_ value: some RawRepresentable<UInt8>) -> String { "\(value.rawValue)" }

extension RuleDefinition {
  private static let encodings: [Bool?] = [nil, false, true]

  private static func encodingText(_ encoded: Bool?) -> String { encoded.map(flagText) ?? "" }

  /// All that a rule states, but where it stands, in the order in which it is read again.
  fileprivate var texts: [String] {
    [
      id, providerName, title, category, power, revoke, packs.joined(separator: "\n"), shapeText,
      check?.text ?? "", flagText(refutes), numberText(confidence), numberText(specificity),
      context.joined(separator: "\n"), cue.joined(separator: "\n"), flagText(isAssigned),
      flagText(crossesLines), judge?.name ?? "", pair ?? "", "\(withinBytes)", flagText(isNotHex),
      flagText(isPercentEncoded), Self.encodingText(encoded), aliases.joined(separator: "\n"),
    ]
  }

  fileprivate init(reading reader: inout TextReader) throws(CatalogueError) {
    let id = try reader.text()
    let (providerName, title, category) = (
      try reader.text(), try reader.text(), try reader.text()
    )
    let (power, revoke, packs) = (try reader.text(), try reader.text(), try reader.texts())
    let shapeText = try reader.text()
    let shape: Shape
    do { shape = try ShapeParser.parse(shapeText) } catch {
      throw .rule(id, reason: "expected \(error.expected)")
    }
    let checkText = try reader.text()
    let check = CheckExpression(checkText)
    guard check != nil || checkText.isEmpty else { throw .damagedRules }
    self.init(
      id: id, providerName: providerName, title: title, category: category, power: power,
      revoke: revoke, packs: packs, shapeText: shapeText, shape: shape, check: check,
      refutes: try reader.flag(),
      confidence: try reader.value(in: Confidence.allCases, named: numberText),
      specificity: try reader.value(in: Specificity.allCases, named: numberText),
      context: try reader.texts(), cue: try reader.texts(), isAssigned: try reader.flag(),
      crossesLines: try reader.flag(),
      judge: try reader.value(in: [nil] + CredentialKind.allCases, named: { $0?.name ?? "" }),
      pair: try reader.pair(), withinBytes: try reader.number(), isNotHex: try reader.flag(),
      isPercentEncoded: try reader.flag(),
      encoded: try reader.value(in: Self.encodings, named: Self.encodingText),
      aliases: try reader.texts())
  }
}

extension TextReader {
  fileprivate mutating func pair() throws(CatalogueError) -> String? {
    let text = try text()
    return text.isEmpty ? nil : text
  }

  fileprivate mutating func number() throws(CatalogueError) -> Int {
    guard let number = Int(try text()) else { throw .damagedRules }
    return number
  }
}

extension CatalogueError {
  fileprivate static let damagedRules = CatalogueError.damagedImage(
    reason: "expected what `weir rules compile` of this version wrote")
}
