internal import WeirCore

/// Base64 of which a shape gives some digits: texts and objects that have them where they stand.
struct Base64Draft {
  private static let plain = Alphabet.named["base62"]!.bytes
  private static let printable = Array(0x20...0x7E as ClosedRange<UInt8>)
  private static let decimal = Alphabet.named["digits"]!.bytes
  private static let colon = UInt8(ascii: ":")
  /// Where the number of a text ends that goes on behind it.
  private static let numberBytes = 12

  private let digitCount: Int
  private let padding: [UInt8]
  private let isURL: Bool
  /// Of each byte the bits that are given.
  private var given: [UInt8]
  private var bits: [UInt8]

  /// - Parameters:
  ///   - text: digits, and what pads them.
  ///   - members: what each of its characters may be. Where there is no choice it is given.
  init(like text: [UInt8], members: [ByteSet]) {
    digitCount = text.withUnsafeBytes { EncodedText.digits(of: $0).count }
    padding = Array(text[digitCount...])
    isURL = members.contains { $0.contains(0x2D) && $0.contains(0x30) && !$0.contains(0x2B) }
    given = [UInt8](repeating: 0, count: digitCount * 3 / 4)
    bits = given
    for place in 0..<digitCount where members[place].bytes.count == 1 {
      let value = Base64.digits.firstIndex {
        $0 == text[place] || Base64URL.digit($0) == text[place]
      }
      guard let value else { continue }
      for bit in 0..<6 {
        let (byte, shift) = ((6 * place + bit) / 8, 7 - (6 * place + bit) % 8)
        guard byte < given.count else { continue }
        given[byte] |= 1 << UInt8(shift)
        bits[byte] |= UInt8(value >> (5 - bit) & 1) << UInt8(shift)
      }
    }
  }

  /// Text of letters and digits where it is free.
  func text(_ random: inout SplitMix64) -> [UInt8]? {
    plainBytes(&random).map(encoded)
  }

  /// The same with a colon.
  func login(_ random: inout SplitMix64) -> [UInt8]? {
    guard var bytes = plainBytes(&random) else { return nil }
    if !bytes.contains(Self.colon) {
      let places = bytes.indices.dropFirst().dropLast().filter { allows(Self.colon, at: $0) }
      guard !places.isEmpty else { return nil }
      bytes[random.pick(Array(places))] = Self.colon
    }
    return encoded(bytes)
  }

  /// A number, and where there is room for it a colon and any bytes.
  func number(_ random: inout SplitMix64) -> [UInt8]? {
    var bytes: [UInt8] = []
    for place in given.indices {
      var choices = Self.decimal
      if given.count > 2 * Self.numberBytes, place >= Self.numberBytes {
        choices = place == Self.numberBytes ? [Self.colon] : Array(0...255)
      }
      guard let byte = byte(of: choices, at: place, &random) else { return nil }
      bytes.append(byte)
    }
    return encoded(bytes)
  }

  /// A JSON object.
  func object(_ random: inout SplitMix64) -> [UInt8]? {
    FlatObject.bytes(count: given.count, allows: allows, random: &random).map(encoded)
  }

  /// A JSON object that names an algorithm, at its end if it does not yet.
  func header(_ random: inout SplitMix64) -> [UInt8]? {
    func isHeader(_ text: [UInt8]) -> Bool { text.withUnsafeBytes(TokenHeader.isValid) }
    guard let made = object(&random) else { return nil }
    if isHeader(made) { return made }
    var named = self
    let end = Array(#","alg":"RS256"}"#.utf8)
    let start = given.count - end.count
    guard start > 0, end.indices.allSatisfy({ allows(end[$0], at: start + $0) }) else {
      return nil
    }
    named.given.replaceSubrange(start..., with: repeatElement(0xFF, count: end.count))
    named.bits.replaceSubrange(start..., with: end)
    return named.object(&random).flatMap { isHeader($0) ? $0 : nil }
  }

  private func plainBytes(_ random: inout SplitMix64) -> [UInt8]? {
    var bytes: [UInt8] = []
    for place in given.indices {
      let byte =
        byte(of: Self.plain, at: place, &random) ?? byte(of: Self.printable, at: place, &random)
      guard let byte = given[place] == 0xFF ? bits[place] : byte else { return nil }
      bytes.append(byte)
    }
    return bytes
  }

  private func byte(of choices: [UInt8], at place: Int, _ random: inout SplitMix64) -> UInt8? {
    let allowed = given[place] == 0 ? choices : choices.filter { allows($0, at: place) }
    return allowed.isEmpty ? nil : random.pick(allowed)
  }

  private func allows(_ byte: UInt8, at place: Int) -> Bool {
    byte & given[place] == bits[place]
  }

  private func encoded(_ bytes: [UInt8]) -> [UInt8] {
    var digits =
      isURL ? Base64URL.encoded(bytes) : Base64.encode(bytes).filter { $0 != UInt8(ascii: "=") }
    // A digit that holds no whole byte.
    if digits.count < digitCount { digits.append(UInt8(ascii: "A")) }
    return digits + padding
  }
}
