/// A macaroon of version 2, cut into its fields first.
enum MacaroonReading {
  private struct Field {
    var type: Int
    var bytes: ArraySlice<UInt8>
  }

  static func isWhole(_ source: [UInt8]) -> Bool {
    guard let bytes = decoded(source), bytes.first == 2 else { return false }
    // Rows of fields, each before a zero; the last one is empty, and behind it is the signature.
    var rows: [[Field]] = [[]]
    var rest = bytes.dropFirst()
    while let type = number(&rest) {
      if type == 0 {
        if rows[rows.count - 1].isEmpty {
          return rows.count > 1 && rows.dropLast().allSatisfy(isRow)
            && rest.count == 34 && rest.starts(with: [6, 32])
        }
        rows.append([])
        continue
      }
      guard let count = number(&rest), count <= rest.count else { return false }
      rows[rows.count - 1].append(Field(type: type, bytes: rest.prefix(count)))
      rest = rest.dropFirst(count)
    }
    return false
  }

  /// An identifier (2), a location (1) before it and a verifier (4) behind it if there is one.
  private static func isRow(_ fields: [Field]) -> Bool {
    [[2], [1, 2], [2, 4], [1, 2, 4]].contains(fields.map(\.type))
  }

  private static func decoded(_ source: [UInt8]) -> [UInt8]? {
    if source.first != UInt8(ascii: "0") { return Checksums.decoded(Checksums.unpadded(source)) }
    let digits = source.compactMap { Character(Unicode.Scalar($0)).hexDigitValue }
    guard digits.count == source.count, digits.count % 2 == 0 else { return nil }
    return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] * 16 + digits[$0 + 1]) }
  }

  /// Seven bits a byte, the lowest first, at most four bytes.
  private static func number(_ rest: inout ArraySlice<UInt8>) -> Int? {
    let more = rest.prefix { $0 >= 0x80 }.count
    guard more < 4, more < rest.count else { return nil }
    let bytes = rest.prefix(more + 1)
    rest = rest.dropFirst(more + 1)
    return bytes.reversed().reduce(0) { $0 * 128 + Int($1 & 0x7F) }
  }
}
