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
    escapeBytes(text[..<place]) > 0
  }

  /// The length of the escape that the text ends in; 0 if it ends in none.
  static func escapeBytes(_ before: ArraySlice<UInt8>) -> Int {
    func ends(_ head: String, _ digits: ByteSet, _ count: Int) -> Int? {
      let isEscape =
        before.suffix(count).count == count && before.suffix(count).allSatisfy(digits.contains)
        && before.dropLast(count).suffix(head.utf8.count).elementsEqual(head.utf8)
      return isEscape ? head.utf8.count + count : nil
    }
    for escape in ["\\n", "\\t", "\\r", "&quot;"]
    where before.suffix(escape.utf8.count).elementsEqual(escape.utf8) {
      return escape.utf8.count
    }
    if let count = ends("\\u", hex, 4) ?? ends("%", hex, 2) ?? ends("=", upperHex, 2) {
      return count
    }
    // `ESC [` + up to 12 of `0-9 ;` + `m`
    guard before.last == UInt8(ascii: "m") else { return 0 }
    let colours = ByteSet("0123456789;")
    let codes = before.dropLast().suffix(14).reversed().prefix { colours.contains($0) }.prefix(12)
    let opening = before.dropLast(codes.count + 1).suffix(2)
    return opening.elementsEqual([0x1B, UInt8(ascii: "[")]) ? codes.count + 3 : 0
  }
}
