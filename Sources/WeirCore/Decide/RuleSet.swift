/// Some rules of a catalogue, by their indices.
public struct RuleSet: Sendable {
  private var words: [UInt64] = []

  public init(_ rules: some Sequence<Int>) {
    for rule in rules { insert(rule) }
  }

  public mutating func insert(_ rule: Int) {
    while words.count <= rule >> 6 { words.append(0) }
    words[rule >> 6] |= 1 << UInt64(rule & 63)
  }

  public func contains(_ rule: Int) -> Bool {
    rule >> 6 < words.count && words[rule >> 6] >> UInt64(rule & 63) & 1 == 1
  }
}
