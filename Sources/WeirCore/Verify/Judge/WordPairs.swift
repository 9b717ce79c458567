/// Tells words from dice: the pairs of letters that names and prose are made of.
enum WordPairs {
  /// For each first letter the second ones. Nine of ten pairs in the words of source code (C, Python, Swift, JavaScript; each word counted by the logarithm of how
  /// often it stands there) are among these 240; of random letters one in three is.
  private static let common: [UInt32] = [
    0x1BEB94E, 0x0164911, 0x01E5DB5, 0x0164919, 0x1EFB87F, 0x0124931, 0x0162191, 0x0024111,
    0x22EF87F, 0x0000000, 0x0040110, 0x11C4919, 0x014D113, 0x03EE97D, 0x07EF86F, 0x01ED91D,
    0x0100000, 0x11E795D, 0x11CC99D, 0x11EC995, 0x00EB937, 0x0008115, 0x0000111, 0x0088000,
    0x0048000, 0x0000010,
  ]

  /// Of so many pairs of letters or more most are those that words have.
  static func areMost(of text: UnsafeRawBufferPointer, fewestPairs: Int = 3) -> Bool {
    let (pairs, common) = count(in: text)
    return pairs >= fewestPairs && common * 100 >= pairs * 70
  }

  /// How many pairs of neighbouring letters there are, and how many of them are common in words.
  private static func count(in text: UnsafeRawBufferPointer) -> (pairs: Int, common: Int) {
    var pairs = 0
    var known = 0
    for index in text.indices.dropFirst() {
      let first = text[index - 1] | 0x20
      let second = text[index] | 0x20
      guard isLetter(text[index - 1]), isLetter(text[index]) else { continue }
      pairs += 1
      known += Int(common[Int(first - 0x61)] >> UInt32(second - 0x61) & 1)
    }
    return (pairs, known)
  }

  static func isLetter(_ byte: UInt8) -> Bool {
    let letter = byte | 0x20
    return letter >= 0x61 && letter <= 0x7A
  }
}
