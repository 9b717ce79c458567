internal import Glibc
internal import PlainTexts

/// What is measured on: generated, or a file.
struct Text {
  static let recordBytes = 200
  static let blockBytes = 1 << 17

  let name: String
  let bytes: [UInt8]

  init(_ plain: PlainText, byteCount: Int) {
    name = plain.rawValue
    bytes = plain.bytes(byteCount, seed: 2026)
  }

  init(file: String, byteCount: Int) {
    guard let input = fopen(file, "rb") else { fail("\(file) cannot be read") }
    defer { fclose(input) }
    bytes = [UInt8](unsafeUninitializedCapacity: byteCount) { room, count in
      count = fread(room.baseAddress, 1, byteCount, input)
    }
    name = file.split(separator: "/").last.map(String.init) ?? file
  }

  init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
  }

  /// Nothing to be found, and nothing that a signature holds: what remains is the way itself.
  static func lineFeeds(byteCount: Int) -> Text {
    Text(name: "line feeds", bytes: [UInt8](repeating: 0x0A, count: byteCount))
  }

  /// The same bytes as records of 200, none with a line feed but the last byte of each.
  var records: Text {
    let count = bytes.count / Self.recordBytes
    var records = Array(bytes[..<(count * Self.recordBytes)])
    for index in records.indices {
      let isLast = index % Self.recordBytes == Self.recordBytes - 1
      if isLast { records[index] = 0x0A } else if records[index] == 0x0A { records[index] = 0x20 }
    }
    return Text(name: name, bytes: records)
  }

  /// Calls `body` with each piece of so many bytes; the last may be shorter.
  func forEachPiece(
    of byteCount: Int, _ body: (UnsafeRawBufferPointer) throws -> Void
  ) rethrows {
    try bytes.withUnsafeBytes { all in
      var start = 0
      while start < all.count {
        let end = min(start + byteCount, all.count)
        try body(UnsafeRawBufferPointer(rebasing: all[start..<end]))
        start = end
      }
    }
  }
}
