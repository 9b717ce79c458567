internal import Glibc

/// Bytes as text of seven bits a character, which a string literal can hold and a program decodes faster than base64.
///
/// Eight characters carry seven bytes, the first byte in the lowest bits; the last group is filled up with zeros.
public struct SevenBitText: Sendable {
  private static let groupBytes = 7
  private static let groupCharacters = 8

  private let byteCount: Int
  private let text: StaticString

  /// - Parameters:
  ///   - byteCount: how many bytes the text carries.
  ///   - text: what `literal(of:)` wrote, as the compiler read it.
  public init(byteCount: Int, text: StaticString) {
    self.byteCount = byteCount
    self.text = text
  }

  /// The bytes; nil when there is not the text for so many.
  public func decoded() -> [UInt8]? { Self.bytes(of: characters, count: byteCount) }

  /// Calls `body` with the bytes, which are gone behind it; nil when there is not the text for so many.
  ///
  /// They stand in great pages where the system has some: of a program's start, the faults of small ones took longer than the decoding.
  public func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result? {
    let pageBytes = 1 << 21
    let memory = UnsafeMutableRawBufferPointer.allocate(
      byteCount: (byteCount + Self.groupBytes + pageBytes) & -pageBytes, alignment: pageBytes)
    defer { memory.deallocate() }
    madvise(memory.baseAddress, memory.count, MADV_HUGEPAGE)
    guard Self.decode(characters, count: byteCount, into: memory) else { return nil }
    return body(UnsafeRawBufferPointer(rebasing: memory[..<byteCount]))
  }

  private var characters: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
  }

  /// - Parameter byteCount: how many bytes the characters carry.
  /// - Returns: nil when these are not the characters of so many bytes.
  package static func bytes(
    of characters: UnsafeRawBufferPointer, count byteCount: Int
  ) -> [UInt8]? {
    var isWhole = false
    let bytes = [UInt8](unsafeUninitializedCapacity: byteCount + groupBytes + 1) { output, count in
      isWhole = decode(characters, count: byteCount, into: UnsafeMutableRawBufferPointer(output))
      count = isWhole ? byteCount : 0
    }
    return isWhole ? bytes : nil
  }

  /// - Parameter output: has room for a group more.
  /// - Returns: false when these are not the characters of so many bytes.
  private static func decode(
    _ characters: UnsafeRawBufferPointer, count byteCount: Int,
    into output: UnsafeMutableRawBufferPointer
  ) -> Bool {
    let groups = (byteCount + groupBytes - 1) / groupBytes
    guard characters.count == groups * groupCharacters else { return false }
    // A group is stored as eight bytes; the next one, or nothing, overwrites the last.
    for group in 0..<groups {
      let eight = characters.loadUnaligned(
        fromByteOffset: group * groupCharacters, as: UInt64.self)
      output.storeBytes(
        of: bits(of: UInt64(littleEndian: eight)).littleEndian,
        toByteOffset: group * groupBytes, as: UInt64.self)
    }
    return true
  }

  /// The 56 bits of eight characters.
  @inline(__always)
  private static func bits(of characters: UInt64) -> UInt64 {
    let pairs = characters & 0x007F_007F_007F_007F | (characters & 0x7F00_7F00_7F00_7F00) >> 1
    let fours = pairs & 0x0000_3FFF_0000_3FFF | (pairs & 0x3FFF_0000_3FFF_0000) >> 2
    return fours & 0x0FFF_FFFF | (fours & 0x0FFF_FFFF_0000_0000) >> 4
  }

  package static func characters(of bytes: [UInt8]) -> [UInt8] {
    stride(from: 0, to: bytes.count, by: groupBytes).flatMap { start in
      var group: UInt64 = 0
      for (place, byte) in bytes[start...].prefix(groupBytes).enumerated() {
        group |= UInt64(byte) << UInt64(8 * place)
      }
      return (0..<groupCharacters).map {
        UInt8(truncatingIfNeeded: group >> UInt64(7 * $0)) & 0x7F
      }
    }
  }

  /// What stands between the quotes of a string literal.
  public static func literal(of bytes: [UInt8]) -> String {
    var text = ""
    for character in characters(of: bytes) { append(character, to: &text) }
    return text
  }

  private static func append(_ character: UInt8, to text: inout String) {
    switch character {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"):
      text += "\\"
      text.unicodeScalars.append(Unicode.Scalar(character))
    case 0: text += "\\0"
    case 0x01..<0x20, 0x7F: text += "\\u{" + String(character, radix: 16) + "}"
    default: text.unicodeScalars.append(Unicode.Scalar(character))
    }
  }
}
