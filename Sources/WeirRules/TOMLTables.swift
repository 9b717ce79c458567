internal import TOMLKit

/// A TOML file that lists tables of one name, and how their values are read: a mistake is told with its place.
protocol TOMLTables {
  var source: RuleSource { get }

  /// What the n-th of them is called in errors, if it has a name.
  func id(ofRule index: Int) -> String?
}

extension RuleSource {
  /// Reads the text that it was made of.
  func table(of text: String) throws(RuleError) -> TOMLTable {
    if let mistake = TOMLPrecheck.mistake(in: text) {
      let (line, column) = place(ofByte: mistake.offset)
      throw RuleError(file: path, line: line, column: column, reason: mistake.reason)
    }
    do { return try TOMLTable(string: text) } catch let error as TOMLParseError {
      let (line, column) = place(
        line: error.source.begin.line, character: error.source.begin.column)
      throw RuleError(file: path, line: line, column: column, reason: error.description)
    } catch {
      throw RuleError(file: path, line: 1, column: 1, reason: "\(error)")
    }
  }
}

extension TOMLValueConvertible {
  /// Of an array of strings and nothing else.
  var strings: [String]? { elements { $0.string } }

  /// Of an array of tables and nothing else.
  var tables: [TOMLTable]? { elements { $0.table } }

  private func elements<Element>(
    _ element: (any TOMLValueConvertible) -> Element?
  ) -> [Element]? {
    guard let array else { return nil }
    let elements = (0..<array.count).compactMap { element(array[$0]) }
    return elements.count == array.count ? elements : nil
  }
}

extension TOMLTables {
  func string(_ key: String, of table: TOMLTable, rule: Int?) throws(RuleError) -> String {
    guard let text = try optionalString(key, of: table, rule: rule) else {
      throw error(at: key, rule: rule, "expected \(key) = \"…\"")
    }
    return text
  }

  func optionalString(
    _ key: String, of table: TOMLTable, rule: Int?
  ) throws(RuleError) -> String? {
    guard let value = table[key] else { return nil }
    guard let text = value.string else { throw error(at: key, rule: rule, "expected a string") }
    return text
  }

  func strings(_ key: String, of table: TOMLTable, rule: Int?) throws(RuleError) -> [String] {
    guard let value = table[key] else { return [] }
    guard let texts = value.strings else {
      throw error(at: key, rule: rule, "expected an array of strings")
    }
    return texts
  }

  func integer(_ key: String, of table: TOMLTable, rule: Int) throws(RuleError) -> Int? {
    guard let value = table[key] else { return nil }
    guard let number = value.int else { throw error(at: key, rule: rule, "expected an integer") }
    return number
  }

  func flag(_ key: String, of table: TOMLTable, rule: Int?) throws(RuleError) -> Bool {
    guard let value = table[key] else { return false }
    guard let flag = value.bool else { throw error(at: key, rule: rule, "expected true or false") }
    return flag
  }

  func word<Value>(
    _ key: String, of table: TOMLTable, rule: Int, default fallback: Value,
    words: [String: Value]
  ) throws(RuleError) -> Value {
    try optionalWord(key, of: table, rule: rule, words: words) ?? fallback
  }

  func optionalWord<Value>(
    _ key: String, of table: TOMLTable, rule: Int, words: [String: Value]
  ) throws(RuleError) -> Value? {
    guard let name = try optionalString(key, of: table, rule: rule) else { return nil }
    guard let result = words[name] else {
      let known = words.keys.sorted().joined(separator: ", ")
      throw error(at: key, rule: rule, "expected one of \(known), not \(name)")
    }
    return result
  }

  func refuseUnknown(keys: [String], known: Set<String>, rule: Int?) throws(RuleError) {
    for key in keys where !known.contains(key) {
      let (line, column) = source.placeOfKey(key, rule: rule)
      throw RuleError(
        file: source.path, line: line, column: column, rule: rule.flatMap(id(ofRule:)),
        reason: "unknown key \(key); expected one of \(known.sorted().joined(separator: ", "))")
    }
  }

  func error(at key: String, rule: Int?, _ reason: String) -> RuleError {
    let (line, column) = source.place(of: key, rule: rule)
    return RuleError(
      file: source.path, line: line, column: column, rule: rule.flatMap(id(ofRule:)), reason: reason
    )
  }
}
