internal import CSodium
internal import WeirCore

/// A wallet's phrase, read over the whole text: first all its words, then how many of them it is.
struct PhraseText {
  private static let letters = Alphabet.named["alpha"]!
  private static let stars = [UInt8](repeating: UInt8(ascii: "*"), count: 8)

  let end: Int

  init?(_ text: [UInt8], at start: Int, kind: PhraseKind) {
    // "A phrase's words follow each other, each with a gap before it, and are in one case."
    var words: [(range: Range<Int>, place: Int)] = []
    var next: Int? = start
    let most = kind.counts.last!
    while let place = next, words.count < most, let range = Self.word(in: text, at: place),
      let spelling = Self.spelling(of: text[range]),
      let number = Self.places[kind]![text[range].map(lowerCase)],
      words.allSatisfy({ Self.spelling(of: text[$0.range]) == spelling })
    {
      words.append((range, number))
      next = Self.nextStart(in: text, behind: range.upperBound)
    }
    // "The greatest of the counts."
    let count = kind.counts.last { count in
      count <= words.count && Self.isPhrase(words.prefix(count).map(\.place), kind)
    }
    guard let count else { return nil }
    end = words[count - 1].range.upperBound
  }

  /// The words of each kind by their places.
  private static let places: [PhraseKind: [[UInt8]: Int]] = Dictionary(
    uniqueKeysWithValues: PhraseKind.allCases.map { kind in
      let list = kind.list
      return (
        kind,
        Dictionary(uniqueKeysWithValues: (0..<list.count).map { (list.word(at: $0), $0) })
      )
    })

  /// "3 to 12 letters, all that stand there; no word byte follows, nor 8 stars."
  private static func word(in text: [UInt8], at start: Int) -> Range<Int>? {
    let end = start + text[start...].prefix { letters.contains($0) }.count
    guard (3...12).contains(end - start), !text[end...].starts(with: stars),
      end == text.count || !isWordByte(text[end])
    else { return nil }
    return start..<end
  }

  /// "In lower case, in upper case, or capitalised."
  private static func spelling(of word: some Collection<UInt8>) -> String? {
    let lower = word.map(lowerCase)
    let upper = word.map(upperCase)
    if word.elementsEqual(lower) { return "lower" }
    if word.elementsEqual(upper) { return "upper" }
    return word.elementsEqual(upper.prefix(1) + lower.dropFirst()) ? "capitalised" : nil
  }

  private static func nextStart(in text: [UInt8], behind end: Int) -> Int? {
    (end...min(end + 32, text.count)).first {
      $0 < text.count && letters.contains(text[$0]) && isGap(text[end..<$0])
    }
  }

  /// "A gap is 1 to 32 bytes: separators, then perhaps a number and more separators."
  private static func isGap(_ gap: ArraySlice<UInt8>) -> Bool {
    let number = dropSeparators(gap)
    guard (1...32).contains(gap.count), number.count < gap.count else { return false }
    if number.isEmpty { return true }
    let digits = number.prefix { (0x30...0x39).contains($0) }.count
    let sign = number.dropFirst(digits)
    guard (1...2).contains(digits), let first = sign.first, ".):".utf8.contains(first) else {
      return false
    }
    return dropSeparators(sign.dropFirst()).isEmpty
  }

  /// "Blanks, tabs, CR, LF, commas, quotes, and one or more backslashes with one of n r t, a quote, CR or LF behind."
  private static func dropSeparators(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var rest = text
    while let first = rest.first {
      if " \t\r\n,\"'".utf8.contains(first) {
        rest.removeFirst()
        continue
      }
      let escaped = rest.drop { $0 == UInt8(ascii: "\\") }
      guard escaped.count < rest.count, let letter = escaped.first,
        "nrt\"'\r\n".utf8.contains(letter)
      else { break }
      rest = escaped.dropFirst()
    }
    return rest
  }

  /// "No gap alone stands between a word of the list, or 8 stars, and the start."
  ///
  /// - Parameter floor: what begins before it does not count.
  static func isJoined(_ text: [UInt8], _ start: Int, kind: PhraseKind, floor: Int) -> Bool {
    (max(floor, start - 32)..<max(floor, start)).contains { end in
      guard isGap(text[end..<start]) else { return false }
      if end - floor >= 8, text[..<end].suffix(8).elementsEqual(stars) { return true }
      return (3...12).contains { count in
        let first = end - count
        guard first >= floor, text[first..<end].allSatisfy(letters.contains),
          spelling(of: text[first..<end]) != nil,
          places[kind]![text[first..<end].map(lowerCase)] != nil
        else { return false }
        let before = text[..<first]
        return before.last.map { !letters.contains($0) } ?? true
          || before.count > 1 && before[first - 2] == UInt8(ascii: "\\")
            && "nrt".utf8.contains(before[first - 1])
      }
    }
  }

  // MARK: Checks

  private static func isPhrase(_ words: [Int], _ kind: PhraseKind) -> Bool {
    // "Stands for none."
    if zip(words, words.dropFirst()).allSatisfy(<) { return false }
    if (words.count - Set(words).count) * 3 > words.count { return false }
    switch kind {
    case .bip39:
      let bits = words.flatMap { binary($0, 11) }
      let entropy = bytes(of: bits.prefix(words.count * 32 / 3))
      if Set(entropy).count == 1 { return false }
      let digest = sha256(entropy)
      let head = digest.prefix(8).reduce(0 as UInt64) { $0 * 256 + UInt64($1) }
      return digest.flatMap { binary(Int($0), 8) }.starts(
        with: bits.dropFirst(entropy.count * 8))
        && !PhraseCheck.published.contains(head)
    case .electrum:
      let text = words.map { String(decoding: kind.list.word(at: $0), as: UTF8.self) }
      let version = hex(hmac512(key: "Seed version", text.joined(separator: " ")))
      return ["01", "100", "101", "102"].contains { version.hasPrefix($0) }
    case .algorand:
      let bits = words.dropLast().flatMap { binary($0, 11).reversed() }
      let key = (0..<33).map { place in
        bytes(of: bits[(place * 8)..<(place * 8 + 8)].reversed())[0]
      }
      let sum = SHA512.truncated256(key.prefix(32))
      let head = Int(sum >> 56) + Int(sum >> 48 & 0xFF) * 256
      return key[32] == 0 && words.last == head % 2048
    case .monero:
      let text = words.dropLast().flatMap { kind.list.word(at: $0).prefix(3) }
      return words.last == words[Int(text.withUnsafeBytes(CRC32.checksum)) % 24]
    case .slip39:
      let name = binary(words[1], 10)[5] ? "shamir_extendable" : "shamir"
      return remainder(name.utf8.map { Int($0) } + words) == 1
    }
  }

  private static func binary(_ value: Int, _ count: Int) -> [Bool] {
    (0..<count).map { value >> (count - 1 - $0) & 1 == 1 }
  }

  private static func bytes(of bits: some Collection<Bool>) -> [UInt8] {
    let bits = Array(bits)
    return (0..<bits.count / 8).map { place in
      bits[(place * 8)..<(place * 8 + 8)].reduce(0) { $0 * 2 + ($1 ? 1 : 0) }
    }
  }

  private static func sha256(_ bytes: [UInt8]) -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: 32)
    crypto_hash_sha256(&digest, bytes, UInt64(bytes.count))
    return digest
  }

  /// HMAC by its definition: two hashes, of the key under two pads.
  private static func hmac512(key: String, _ text: String) -> [UInt8] {
    func hash(_ bytes: [UInt8]) -> [UInt8] {
      var digest = [UInt8](repeating: 0, count: 64)
      crypto_hash_sha512(&digest, bytes, UInt64(bytes.count))
      return digest
    }
    let key = Array(key.utf8) + [UInt8](repeating: 0, count: 128 - key.utf8.count)
    return hash(key.map { $0 ^ 0x5C } + hash(key.map { $0 ^ 0x36 } + Array(text.utf8)))
  }

  private static func hex(_ bytes: [UInt8]) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  /// RS1024, as SLIP-39 has it.
  private static func remainder(_ values: [Int]) -> Int {
    let generators = [
      0xE0E040, 0x1C1_C080, 0x383_8100, 0x707_0200, 0xE0E_0009, 0x1C0C_2412, 0x3808_6C24,
      0x3090_FC48, 0x21B1_F890, 0x3F3_F120,
    ]
    var sum = 1
    for value in values {
      let top = sum >> 20
      sum = (sum & 0xF_FFFF) << 10 ^ value
      for bit in 0..<10 where top >> bit & 1 == 1 { sum ^= generators[bit] }
    }
    return sum
  }
}
