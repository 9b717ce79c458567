internal import WeirCore

/// What of a line is the same for all findings of a rule: made when the first of them comes.
struct PerRule<Value> {
  private let catalogue: Catalogue
  private var values: [Value?]

  init(catalogue: Catalogue) {
    self.catalogue = catalogue
    values = Array(repeating: nil, count: catalogue.ruleCount)
  }

  mutating func value(for rule: Int, make: (Rule) -> Value) -> Value {
    if let value = values[rule] { return value }
    let value = make(catalogue.rule(rule))
    values[rule] = value
    return value
  }
}

/// An input's name as its findings show it: made when the first of them comes, for most inputs have
/// none.
struct ShownPath {
  private var path = Path("")
  private var appearance: Appearance?
  private var known: [UInt8]?
  private var knownText: String?

  mutating func begin(_ path: Path, _ appearance: Appearance?) {
    self.path = path
    self.appearance = appearance
    known = nil
    knownText = nil
  }

  /// Masked where the name holds a secret, not escaped.
  mutating func text() -> String {
    if let knownText { return knownText }
    let text = path.shownText
    knownText = text
    return text
  }

  mutating func bytes(_ encode: (String, Appearance?) -> [UInt8]) -> [UInt8] {
    if let known { return known }
    let bytes = encode(text(), appearance)
    known = bytes
    return bytes
  }
}

/// Lines are put together from bytes: a `String` for each cost more than finding the secret.
extension Array<UInt8> {
  static func += (lines: inout [UInt8], text: StaticString) {
    lines += UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
  }

  mutating func append(decimalDigitsOf value: UInt64) {
    append(count: 20) { $0.append(decimalDigitsOf: value) }
  }

  mutating func append(hexDigitsOf value: UInt64) {
    append(count: 16) { $0.append(hexDigitsOf: value) }
  }

  private mutating func append(count: Int, _ write: (inout BoundedText) -> Void) {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: count) { room in
      var text = BoundedText(room: room)
      write(&text)
      self += UnsafeBufferPointer(rebasing: room[..<text.count])
    }
  }
}
