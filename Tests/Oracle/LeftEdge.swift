internal import WeirCore

/// What may stand before a credential.
enum LeftEdge {
  private static let hex = Alphabet.named["hexmixed"]!
  private static let upperHex = Alphabet.named["HEX"]!

  private static let stars = [UInt8](repeating: UInt8(ascii: "*"), count: 8)

  /// "Offset 0; or the byte before it is no word byte; or the bytes before it end in an escape";
  /// "8 stars right before a
  /// start are no left edge."
  static func isEdge(_ text: [UInt8], _ place: Int) -> Bool {
    if text[..<place].suffix(8).elementsEqual(stars) { return false }
    return place == 0 || !ByteSet.word.contains(text[place - 1]) || endsEscape(text, place)
  }

  static func endsEscape(_ text: [UInt8], _ place: Int) -> Bool {
    escape(endOf: text[..<place]) != nil
  }

  /// How many bytes an escape takes, and what it stands for, if that is one byte.
  struct Escape {
    let byteCount: Int
    let value: Int?
  }

  /// The escape that the text ends in.
  static func escape(endOf before: ArraySlice<UInt8>) -> Escape? {
    guard let last = before.last else { return nil }
    return written(endOf: before)
      ?? (last == UInt8(ascii: ";") ? entity(endOf: before) : nil)
      ?? (letters.contains(last) ? control(endOf: before) : nil)
  }

  private static let letters = ByteSet(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
  private static let octal = ByteSet("01234567")

  private static let byLetter: [(text: [UInt8], value: Int)] = [
    ("\\n", 10), ("\\r", 13), ("\\t", 9), ("\\b", 8), ("\\f", 12), ("\\e", 27), ("\\0", 0),
  ].map { (Array($0.0.utf8), $0.1) }

  private static let byDigits:
    [(head: [UInt8], digits: ByteSet, count: Int, radix: Int, most: Int)] =
      [
        ("%", hex, 2, 16, 255), ("%25", hex, 2, 16, 255), ("=", upperHex, 2, 16, 255),
        ("\\x", hex, 2, 16, 255), ("\\u", hex, 4, 16, 65535), ("\\", octal, 3, 8, 255),
        ("#", octal, 3, 8, 31),
      ].map { (Array($0.0.utf8), $0.1, $0.2, $0.3, $0.4) }

  private static func written(endOf before: ArraySlice<UInt8>) -> Escape? {
    for escape in byLetter where before.suffix(2).elementsEqual(escape.text) {
      return Escape(byteCount: 2, value: escape.value)
    }
    for form in byDigits {
      let digits = before.suffix(form.count)
      guard digits.count == form.count, digits.allSatisfy(form.digits.contains),
        before.dropLast(form.count).suffix(form.head.count).elementsEqual(form.head),
        let value = Int(String(decoding: digits, as: UTF8.self), radix: form.radix),
        value <= form.most
      else { continue }
      return Escape(byteCount: form.head.count + form.count, value: value < 256 ? value : nil)
    }
    return nil
  }

  /// "`&quot;`, `&apos;`, `&gt;`, or `&#` and up to 4 digits, or `&#x` and up to 4 hex digits, and `;`"
  private static func entity(endOf before: ArraySlice<UInt8>) -> Escape? {
    let tail = before.suffix(8)
    guard let start = tail.lastIndex(of: UInt8(ascii: "&")) else { return nil }
    let name = String(decoding: tail[(start + 1)...].dropLast(), as: UTF8.self)
    let count = tail.endIndex - start
    if let value = ["quot": 34, "apos": 39, "gt": 62][name] {
      return Escape(byteCount: count, value: value)
    }
    guard name.first == "#" else { return nil }
    let isHex = name.dropFirst().first == "x" || name.dropFirst().first == "X"
    let digits = name.dropFirst(isHex ? 2 : 1)
    guard (1...4).contains(digits.utf8.count), digits.utf8.allSatisfy({ $0 != 0x2B && $0 != 0x2D }),
      let value = Int(digits, radix: isHex ? 16 : 10)
    else { return nil }
    return Escape(byteCount: count, value: value < 256 ? value : nil)
  }

  /// "`ESC [` + up to 12 of `0-9 ;` + a letter", where ESC is the byte, an escape for it, or `^[`.
  private static func control(endOf before: ArraySlice<UInt8>) -> Escape? {
    let colours = ByteSet("0123456789;")
    let codes = before.dropLast().suffix(13).reversed().prefix { colours.contains($0) }.prefix(12)
    let opening = before.dropLast(codes.count + 1)
    guard opening.last == UInt8(ascii: "[") else { return nil }
    let own = codes.count + 2
    if opening.dropLast().last == 0x1B { return Escape(byteCount: own + 1, value: nil) }
    if let written = written(endOf: opening.dropLast()), written.value == 0x1B {
      return Escape(byteCount: own + written.byteCount, value: nil)
    }
    return opening.dropLast().suffix(2).elementsEqual("^[".utf8)
      ? Escape(byteCount: own + 2, value: nil) : nil
  }
}
