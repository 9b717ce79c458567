internal import TOMLKit

/// What a configuration sets, and where in its file. One with a mistake is refused whole.
public struct ConfigurationFile: Sendable {
  /// What the value of a key may be. A list may also be one text.
  public enum Kind: Sendable { case flag, number, size, text, list }

  public struct Entry: Sendable {
    public let key: String
    /// As options take them: `true`, `4`, `10M`.
    public let values: [String]
    /// Of the key; 1-based.
    public let line: Int
    public let column: Int
  }

  public let path: String
  public private(set) var entries: [Entry] = []
  /// Its `[[allow]]` tables.
  public let allowed: [AllowStatement]

  private let source: RuleSource

  /// - Parameters:
  ///   - path: names the file in errors.
  ///   - text: its contents.
  ///   - kinds: of all keys that there are.
  ///   - unknown: what is said of another.
  public init(
    path: String, text: String, kinds: [String: Kind], unknown: (String) -> String
  ) throws(RuleError) {
    self.path = path
    source = RuleSource(path: path, text: text, table: "allow")
    let table = try source.table(of: text)
    allowed = try AllowFile.statements(of: table, path: path, text: text)
    for key in table.keys where key != "allow" {
      guard let kind = kinds[key] else { throw error(at: key, unknown(key)) }
      guard let values = Self.values(of: table, key, kind) else {
        throw error(at: key, "\(key): expected \(kind.words)")
      }
      let (line, column) = source.placeOfKey(key, rule: nil)
      entries.append(Entry(key: key, values: values, line: line, column: column))
    }
  }

  /// What is wrong with the value of a key that it has.
  public func error(at key: String, _ reason: String) -> RuleError {
    let (line, column) = source.placeOfKey(key, rule: nil)
    return RuleError(file: path, line: line, column: column, reason: reason)
  }

  /// - Returns: nil where they are of another kind.
  private static func values(of table: TOMLTable, _ key: String, _ kind: Kind) -> [String]? {
    guard let value = table[key] else { return nil }
    switch kind {
    case .flag: return value.bool.map { ["\($0)"] }
    case .number: return value.int.map { ["\($0)"] }
    case .size: return (value.int.map { "\($0)" } ?? value.string).map { [$0] }
    case .text: return value.string.map { [$0] }
    case .list:
      if let text = value.string { return [text] }
      guard let array = value.array else { return nil }
      let texts = (0..<array.count).compactMap { array[$0].string }
      return texts.count == array.count ? texts : nil
    }
  }
}

extension ConfigurationFile.Kind {
  fileprivate var words: String {
    switch self {
    case .flag: "true or false"
    case .number: "a whole number"
    case .size: "a number of bytes, or one in quotes with K, M or G"
    case .text: "a text in quotes"
    case .list: "an array of texts, or one text"
    }
  }
}
