/// "One JSON object, at most four deep, with nothing behind it", over decoded bytes.
struct JSONReading {
  private static let mostDepth = 4
  private static let blanks = Array(" \t\n\r".utf8)

  private var rest: ArraySlice<UInt8>
  private var algorithm: [UInt8]?

  static func isObject(_ bytes: [UInt8]) -> Bool { read(bytes) != nil }

  /// "A string `alg`, which is not `none`."
  static func namesAlgorithm(_ bytes: [UInt8]) -> Bool {
    guard let algorithm = read(bytes)?.algorithm else { return false }
    return algorithm != Array("none".utf8)
  }

  private static func read(_ bytes: [UInt8]) -> JSONReading? {
    var reading = JSONReading(rest: bytes[...])
    reading.skipBlanks()
    guard reading.rest.first == UInt8(ascii: "{"), reading.value(1) != nil else { return nil }
    reading.skipBlanks()
    return reading.rest.isEmpty ? reading : nil
  }

  private mutating func skipBlanks() {
    rest = rest.drop(while: Self.blanks.contains)
  }

  private mutating func takes(_ text: String) -> Bool {
    guard rest.starts(with: text.utf8) else { return false }
    rest = rest.dropFirst(text.utf8.count)
    return true
  }

  private mutating func value(_ depth: Int) -> Void? {
    for word in ["true", "false", "null"] where takes(word) { return () }
    switch rest.first.map({ Character(Unicode.Scalar($0)) }) {
    case "{": return depth <= Self.mostDepth ? row(depth, end: "}", named: true) : nil
    case "[": return depth <= Self.mostDepth ? row(depth, end: "]", named: false) : nil
    case "\"": return string().map { _ in () }
    case .some(let first) where "-0123456789".contains(first):
      rest = rest.drop(while: Array("+-.0123456789eE".utf8).contains)
      return ()
    default: return nil
    }
  }

  /// Members or elements, with commas between.
  private mutating func row(_ depth: Int, end: String, named: Bool) -> Void? {
    rest.removeFirst()
    skipBlanks()
    if takes(end) { return () }
    repeat {
      skipBlanks()
      var name: [UInt8] = []
      if named {
        guard let text = string() else { return nil }
        name = text
        skipBlanks()
        guard takes(":") else { return nil }
        skipBlanks()
      }
      if depth == 1, name == Array("alg".utf8), rest.first == UInt8(ascii: "\"") {
        guard let text = string() else { return nil }
        algorithm = text
      } else if value(depth + 1) == nil {
        return nil
      }
      skipBlanks()
    } while takes(",")
    return takes(end) ? () : nil
  }

  /// The bytes between quotes; of an escape the backslash only.
  private mutating func string() -> [UInt8]? {
    guard takes("\"") else { return nil }
    var text: [UInt8] = []
    while let byte = rest.popFirst(), byte >= 0x20 {
      if byte == UInt8(ascii: "\"") { return text }
      text.append(byte)
      if byte == UInt8(ascii: "\\"), rest.popFirst() == nil { return nil }
    }
    return nil
  }
}
