/// How an input is packed, by its first bytes. A name says nothing.
enum Packing: Equatable, Sendable {
  /// One stream of bytes, compressed.
  case gzip, xz, zstandard, bzip2, lz4
  /// Members, one after the other; those of an ISO stand where a table in front says.
  case tar, zip, ar, rpm, cpio, iso
  /// Members whose list stands at the end.
  case sevenZip

  /// Zeros in front of an ISO's first bytes, which may be a boot loader.
  private static let isoMark = 32_769
  private static let tarHeaderBytes = 512

  var isCompression: Bool {
    switch self {
    case .gzip, .xz, .zstandard, .bzip2, .lz4: true
    case .tar, .zip, .ar, .rpm, .cpio, .iso, .sevenZip: false
    }
  }

  /// What it is called in what is said.
  var name: String {
    switch self {
    case .gzip: "gzip"
    case .xz: "xz"
    case .zstandard: "zstd"
    case .bzip2: "bzip2"
    case .lz4: "lz4"
    case .tar: "tar"
    case .zip: "zip"
    case .ar: "ar"
    case .rpm: "rpm"
    case .cpio: "cpio"
    case .iso: "ISO 9660"
    case .sevenZip: "7z"
    }
  }

  /// - Returns: nil for what is not packed, or in a way that is not opened.
  init?(of head: UnsafeRawBufferPointer) {
    guard head.count >= 4 else { return nil }
    if let packing = Self.marked(head) ?? Self.unmarked(head) {
      self = packing
    } else {
      return nil
    }
  }

  /// By the mark that stands first.
  private static func marked(_ head: UnsafeRawBufferPointer) -> Packing? {
    switch UInt32(bigEndian: head.loadUnaligned(as: UInt32.self)) {
    case 0x1F8B_0800...0x1F8B_08FF: .gzip
    case 0xFD37_7A58 where head.holds([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], at: 0): .xz
    case 0x28B5_2FFD: .zstandard
    // A frame to be skipped, as pzstd puts first.
    case 0x502A_4D18...0x5F2A_4D18 where head[1] == 0x2A && head[2] == 0x4D && head[3] == 0x18:
      .zstandard
    case 0x425A_6831...0x425A_6839
    where head.holds([0x31, 0x41, 0x59, 0x26, 0x53, 0x59], at: 4)
      || head.holds([0x17, 0x72, 0x45, 0x38, 0x50, 0x90], at: 4):
      .bzip2
    case 0x0422_4D18: .lz4
    case 0x504B_0304, 0x504B_0506, 0x504B_3030: .zip
    // The mark of an archive in parts; behind an encrypted member it is what says how long that was.
    case 0x504B_0708 where head.holds([0x50, 0x4B, 0x03, 0x04], at: 4): .zip
    case 0x377A_BCAF where head.holds([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], at: 0): .sevenZip
    case 0x213C_6172 where head.holds(Array("!<arch>\n".utf8), at: 0) && !isLibrary(head): .ar
    case 0xEDAB_EEDB: .rpm
    case 0x3037_3037 where isCPIO(head): .cpio
    default: nil
    }
  }

  /// Object files behind a table of their symbols. Nothing in it is compressed, and what other systems call its members is not understood.
  private static func isLibrary(_ head: UnsafeRawBufferPointer) -> Bool {
    ["/ ", "/SYM64/", "__.SYMDEF"].contains { head.holds(Array($0.utf8), at: 8) }
  }

  /// By what stands further behind.
  private static func unmarked(_ head: UnsafeRawBufferPointer) -> Packing? {
    if head.count >= tarHeaderBytes, isTar(head) || isOldTar(head) {
      return .tar
    }
    if head.count >= isoMark + 5, head[isoMark] == UInt8(ascii: "C"),
      head.holds(Array("CD001".utf8), at: isoMark)
    {
      return .iso
    }
    return nil
  }

  /// `ustar`, compared as a number: this is asked of every file.
  private static func isTar(_ head: UnsafeRawBufferPointer) -> Bool {
    UInt32(bigEndian: head.loadUnaligned(fromByteOffset: 257, as: UInt32.self)) == 0x7573_7461
      && head[261] == UInt8(ascii: "r")
  }

  /// `070701`, `070702` or `070707`, and nothing but digits behind.
  private static func isCPIO(_ head: UnsafeRawBufferPointer) -> Bool {
    guard head.count >= 70, [0x31, 0x32, 0x37].contains(head[5]) else { return false }
    return head[4] == UInt8(ascii: "0")
      && head[6..<70].allSatisfy { Character(Unicode.Scalar($0)).isHexDigit }
  }

  /// A header of the seventh edition has no mark, but a sum of its bytes.
  private static func isOldTar(_ head: UnsafeRawBufferPointer) -> Bool {
    let place = 148..<156
    guard head[107] == 0, head[0] != 0,
      head[place.upperBound - 2] == 0 || head[place.upperBound - 1] == 0
    else { return false }
    let digits = head[place].drop { $0 == 0x20 }.prefix { 0x30...0x37 ~= $0 }
    guard !digits.isEmpty else { return false }
    let claimed = digits.reduce(0) { $0 << 3 | Int($1 & 7) }
    let sum = head[..<tarHeaderBytes].indices.reduce(0) {
      $0 + (place.contains($1) ? 0x20 : Int(head[$1]))
    }
    return sum == claimed
  }
}

extension Packing {
  /// A short beginning of an input may be that of something packed: then it is worth waiting for more.
  static func mayBegin(_ head: UnsafeRawBufferPointer) -> Bool {
    guard let first = head.first, head.count < tarHeaderBytes else { return false }
    // The marks' first bytes; and names in tar are filled up with zeros, which text has none of.
    return head.count < 10 && marksBegin.contains(first) || head[head.count - 1] == 0
  }

  private static let marksBegin: [UInt8] = [
    0x1F, 0xFD, 0x28, 0x42, 0x04, 0x50, 0x37, 0x21, 0xED, 0x30,
  ]
}

extension UnsafeRawBufferPointer {
  fileprivate func holds(_ mark: [UInt8], at offset: Int) -> Bool {
    count >= offset + mark.count && self[offset..<offset + mark.count].elementsEqual(mark)
  }
}
