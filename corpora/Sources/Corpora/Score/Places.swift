package import Foundation

/// A line of a manifest.
package struct Planted: Decodable, Equatable {
  package var start: UInt64
  package var end: UInt64
  package var rule: String
  package var dress: String
  package var file: String

  package init(start: UInt64, end: UInt64, rule: String, dress: String, file: String) {
    self.start = start
    self.end = end
    self.rule = rule
    self.dress = dress
    self.file = file
  }

  package var range: Range<UInt64> { start..<end }

  package static func all(in manifest: Data) throws -> [Planted] {
    try JSONLines.decoded(Planted.self, from: manifest)
  }
}

/// A line of `weir scan --format jsonl`.
package struct Reported: Decodable, Equatable {
  package var path: String
  package var start: UInt64
  package var end: UInt64
  package var rule: String

  package init(path: String, start: UInt64, end: UInt64, rule: String) {
    self.path = path
    self.start = start
    self.end = end
    self.rule = rule
  }

  package var range: Range<UInt64> { start..<end }

  package static func all(in report: Data) throws -> [Reported] {
    try JSONLines.decoded(Reported.self, from: report)
  }
}

private enum JSONLines {
  static func decoded<Value: Decodable>(_ type: Value.Type, from bytes: Data) throws -> [Value] {
    let decoder = JSONDecoder()
    return try bytes.split(separator: 0x0A).map { try decoder.decode(type, from: $0) }
  }
}
