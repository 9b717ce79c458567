/// The words of a wallet's phrases, sorted, in one constant of records of one width: nothing is built at start-up.
///
/// Records are padded with `_`, which sorts before every letter and is a word byte: no row of them is a phrase (0001 §3).
package struct WordList: Sendable {
  private let records: StaticString
  private let widthBytes: Int
  package let count: Int

  init(_ records: StaticString, widthBytes: Int) {
    self.records = records
    self.widthBytes = widthBytes
    // A line feed behind each.
    count = records.utf8CodeUnitCount / (widthBytes + 1)
  }

  /// The place of a word among the words; nil if it is none of them. Bound: the logarithm of their number.
  func index(of letters: WordLetters) -> UInt16? {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if self.letters(at: middle) < letters { low = middle + 1 } else { high = middle }
    }
    return low < count && self.letters(at: low) == letters ? UInt16(low) : nil
  }

  @inline(__always)
  private func letters(at index: Int) -> WordLetters {
    let record = UnsafeRawPointer(records.utf8Start + index * (widthBytes + 1))
    return WordLetters(
      first: record.loadUnaligned(as: UInt64.self),
      last: widthBytes > 8 ? record.loadUnaligned(fromByteOffset: 8, as: UInt32.self) : nil)
  }

  /// The letters of a word, in lower case.
  package func word(at index: Int) -> [UInt8] { Array(letters(of: index)) }

  /// The same where they stand.
  func letters(of index: Int) -> Slice<UnsafeBufferPointer<UInt8>> {
    precondition(index < count)
    let record = UnsafeBufferPointer(
      start: records.utf8Start + index * (widthBytes + 1), count: widthBytes)
    return record.prefix { $0 != WordLetters.padding }
  }
}

/// Up to twelve lower-case letters in two numbers, padded as records are: they compare as the words do.
struct WordLetters: BitwiseCopyable, Comparable {
  static let most = 12
  static let padding = UInt8(ascii: "_")
  private static let allPadding: UInt64 = 0x5F5F_5F5F_5F5F_5F5F

  private var first = Self.allPadding
  private var second = Self.allPadding

  init() {}

  /// The letters of a record, as they stand in memory.
  @inline(__always)
  init(first: UInt64, last: UInt32?) {
    self.first = UInt64(bigEndian: first)
    if let last { second = UInt64(UInt32(bigEndian: last)) << 32 | Self.allPadding >> 32 }
  }

  /// Puts a letter in its place; `index` counts from 0.
  @inline(__always)
  mutating func set(_ letter: UInt8, at index: Int) {
    let change = UInt64(letter ^ Self.padding)
    if index < 8 {
      first ^= change << UInt64(56 - 8 * index)
    } else {
      second ^= change << UInt64(56 - 8 * (index - 8))
    }
  }

  @inline(__always)
  static func < (a: WordLetters, b: WordLetters) -> Bool {
    a.first != b.first ? a.first < b.first : a.second < b.second
  }
}
