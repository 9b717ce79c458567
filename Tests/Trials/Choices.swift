/// Bytes read as choices: what turns a fuzzer's input into something with structure. Small changes of the bytes are small changes of what is made; past the end
/// every choice is the first.
struct Choices {
  private var bytes: ArraySlice<UInt8>

  init(_ bytes: some Collection<UInt8>) {
    self.bytes = ArraySlice(Array(bytes))
  }

  var rest: [UInt8] { Array(bytes) }

  /// A number from 0 to `bound - 1`, of at most 256.
  mutating func below(_ bound: Int) -> Int {
    Int(bytes.popFirst() ?? 0) % bound
  }

  mutating func isOne(of count: Int) -> Bool { below(count) == 1 }

  mutating func pick<Element>(_ choices: [Element]) -> Element {
    choices[below(choices.count)]
  }

  /// Eight bytes as a seed.
  mutating func seed() -> UInt64 {
    (0..<8).reduce(0) { sum, _ in sum << 8 | UInt64(below(256)) }
  }
}
