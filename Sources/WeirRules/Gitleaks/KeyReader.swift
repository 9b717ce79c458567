internal import TOMLKit

/// Reads values of a table by keys in small letters.
struct KeyReader {
  let table: TOMLTable
  let file: String
  /// What mistakes are told of.
  let name: String

  func named(_ name: String) -> KeyReader { KeyReader(table: table, file: file, name: name) }

  private var keys: [String] { Array(table.keys) }

  /// In the order of the alphabet.
  func unknown(besides known: Set<String>) -> [String] {
    keys.filter { !known.contains($0.lowercased()) }.sorted()
  }

  private func value(_ key: String) -> (any TOMLValueConvertible)? {
    keys.first { $0.lowercased() == key }.flatMap { table[$0] }
  }

  func mistake(_ key: String, _ reason: String) -> RuleError {
    RuleError(file: file, line: 1, column: 1, reason: "\(name)\(key): \(reason)")
  }

  func string(_ key: String) throws(RuleError) -> String? {
    guard let value = value(key) else { return nil }
    guard let text = value.string else { throw mistake(key, "expected a string") }
    return text
  }

  func strings(_ key: String) throws(RuleError) -> [String] {
    guard let value = value(key) else { return [] }
    guard let texts = value.strings else { throw mistake(key, "expected an array of strings") }
    return texts
  }

  func integer(_ key: String) throws(RuleError) -> Int? {
    guard let value = value(key) else { return nil }
    guard let number = value.int else { throw mistake(key, "expected an integer") }
    return number
  }

  func number(_ key: String) throws(RuleError) -> Double? {
    guard let value = value(key) else { return nil }
    guard let number = value.double ?? value.int.map(Double.init) else {
      throw mistake(key, "expected a number")
    }
    return number
  }

  func flag(_ key: String) throws(RuleError) -> Bool {
    guard let value = value(key) else { return false }
    guard let flag = value.bool else { throw mistake(key, "expected true or false") }
    return flag
  }

  /// Of a key that holds one table, or several.
  func tables(_ key: String) throws(RuleError) -> [TOMLTable] {
    guard let value = value(key) else { return [] }
    if let table = value.table { return [table] }
    guard let tables = value.tables else { throw mistake(key, "expected a table, or several") }
    return tables
  }

  var mixesAllowlists: Bool { value("allowlist") != nil && value("allowlists") != nil }

  func allowlists() throws(RuleError) -> [GitleaksConfig.Allowlist] {
    var result: [GitleaksConfig.Allowlist] = []
    for key in ["allowlist", "allowlists"] {
      for table in try tables(key) {
        result.append(
          try GitleaksConfig.Allowlist(
            KeyReader(table: table, file: file, name: "\(name)\(key): ")))
      }
    }
    return result
  }
}
