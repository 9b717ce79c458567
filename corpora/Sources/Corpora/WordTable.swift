/// Words in one run of bytes: to append one costs a copy, and no reference is counted.
struct WordTable: Sendable {
  private let bytes: [UInt8]
  /// Where each word begins, and the end of the last.
  private let offsets: [Int]

  init(_ words: [String]) {
    bytes = words.flatMap { Array($0.utf8) }
    offsets = words.reduce(into: [0]) { $0.append($0.last! + $1.utf8.count) }
  }

  var count: Int { offsets.count - 1 }

  func append(_ index: Int, to text: inout [UInt8]) {
    text += bytes[offsets[index]..<offsets[index + 1]]
  }
}
