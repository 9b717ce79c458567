public import WeirCore

/// The rules that are part of the program.
public enum BuiltInCatalogue {
  /// The commit the program was built at.
  public static var commit: String { catalogueCommit }

  /// Makes the catalogue ready: decodes the image and its database. About a millisecond; nothing is read from disk.
  public static func load() throws(CatalogueError) -> Catalogue {
    let image = try Base64.decode(catalogueImage)
    let result: Result<Catalogue, CatalogueError> = image.withUnsafeBytes { bytes in
      do throws(CatalogueError) { return .success(try Catalogue(trustedImage: bytes)) } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }
}

/// Base64 without Foundation, for text that the build itself wrote.
private enum Base64 {
  static func decode(_ text: StaticString) throws(CatalogueError) -> [UInt8] {
    var values = [UInt8](repeating: .max, count: 256)
    let digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    for (value, digit) in digits.utf8.enumerated() { values[Int(digit)] = UInt8(value) }
    let input = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
    guard input.count % 4 == 0 else { throw .damagedImage(reason: "its text is cut short") }
    let padding = input.suffix(2).filter { $0 == UInt8(ascii: "=") }.count
    let bytes = [UInt8](unsafeUninitializedCapacity: input.count / 4 * 3) { output, count in
      for group in 0..<input.count / 4 {
        var bits: UInt32 = 0
        for place in 0..<4 { bits = bits << 6 | UInt32(values[Int(input[group * 4 + place])] & 63) }
        output[group * 3] = UInt8(truncatingIfNeeded: bits >> 16)
        output[group * 3 + 1] = UInt8(truncatingIfNeeded: bits >> 8)
        output[group * 3 + 2] = UInt8(truncatingIfNeeded: bits)
      }
      count = input.count / 4 * 3 - padding
    }
    return bytes
  }
}
